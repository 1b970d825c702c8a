"""Answers that are kept whole with their ETag: about the server, our account, our key."""

import logging
from typing import TypeVar

import msgspec

from tray_app.core.errors import AssetRejected, TryLater
from tray_app.core.phrase import phrase
from tray_app.ports import Cache, Resources

T = TypeVar("T")
log = logging.getLogger(__name__)

ME = "/users/me"
ABOUT_SERVER = ("/server/config", "/server/features", "/server/media-types")


async def cached(
    resources: Resources, cache: Cache, path: str, kind: type[T], *, full: bool = False
) -> T:
    """Return a resource, sent only if it changed; `full`: in any case."""
    known = await cache.known(path)
    fresh = await resources.get(path, kind, known.etag if known.body and not full else None)
    if fresh is None and known.body is not None:
        try:
            return msgspec.json.decode(known.body, type=kind)
        except msgspec.MsgspecError:  # kept by a version that read it otherwise
            fresh = await resources.get(path, kind, None)
    if fresh is None:
        raise TryLater(phrase("The server says that nothing changed, and was not asked that."))
    await cache.keep(path, fresh.etag, fresh.body)
    return fresh.value


async def refresh_about(
    resources: Resources, cache: Cache, *, me: bool = True, full: bool = False
) -> None:
    """Bring what is kept about server and account up to date; what fails stays as it was.

    `me`: we may read our account. Raises NeedsUser.
    """
    for path in (*ABOUT_SERVER, *((ME,) if me else ())):
        try:
            await cached(resources, cache, path, dict[str, msgspec.Raw], full=full)
        except (TryLater, AssetRejected) as exc:
            log.info("%s was not refreshed: %s", path, exc.reason)
