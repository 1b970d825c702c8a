"""Before a run: who and what answers there, and whether we may do what a run does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.permissions import require_permissions
from tray_app.core.phrase import phrase
from tray_app.core.server import (
    NEWEST_KNOWN_MAJOR,
    Account,
    MediaTypes,
    ServerVersion,
)
from tray_app.engine.run.trouble import Trouble
from tray_app.ports import Clock, Server

log = logging.getLogger(__name__)
CONNECT_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Connected:
    """What a run needs to know of the server; `notes` a person should read."""

    version: ServerVersion
    account: Account
    media: MediaTypes
    notes: tuple[str, ...] = ()


async def connect(
    server: Server,
    clock: Clock,
    announce: Callable[[str, datetime | None], None],
    *,
    albums: bool,
) -> Connected:
    """Ask version, account, permissions and media types, waiting out short trouble.

    Raises NeedsUser, or GaveUp when the server stays in trouble.
    """
    trouble = Trouble(clock, server.health, announce, CONNECT_PATIENCE)
    await trouble.call(server.health)
    version = await trouble.call(server.version)
    if not version.supported:
        raise NeedsUser(
            phrase(
                "The server runs Immich {version}; Immich Tray needs 2.0 or newer.", version=version
            ),
            need=Need.VERSION,
            remedy=phrase("Update the server."),
        )
    # First of all, so that everything that is missing is named at once.
    require_permissions(await trouble.call(server.permissions), albums=albums)
    account = await trouble.call(server.me)
    notes: tuple[str, ...] = ()
    if version.major > NEWEST_KNOWN_MAJOR:
        notes = (
            phrase(
                "The server runs Immich {version}, newer than this program knows.", version=version
            ),
        )
    log.info("Connected to Immich %s at %s.", version, server.address)
    return Connected(version, account, await trouble.call(server.media_types), notes)
