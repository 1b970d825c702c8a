"""Albums: the list with members, and the contents of those that look different."""

import hashlib
from collections.abc import Iterable

import msgspec

from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase
from tray_app.core.server import ServerVersion
from tray_app.core.sync.answers import Album
from tray_app.core.sync.passes import album_passes
from tray_app.engine.etag.reading import Reading
from tray_app.engine.etag.timeline import Timeline
from tray_app.ports import Fetched

_Raws = list[msgspec.Raw]


def _paths(version: ServerVersion) -> tuple[str, ...]:
    """Return the lists that together show all albums (protocol 8.1)."""
    if version.lists_owned_albums_by_flag:
        return ("/albums",)
    return ("/albums", "/albums?shared=true")


async def take_albums(reading: Reading, version: ServerVersion) -> None:
    """Read which albums there are, and who sees them."""
    paths = _paths(version)
    answers = {path: await reading.get(path, _Raws) for path in paths}
    if not any(answers.values()):
        return
    fresh: dict[str, Fetched[_Raws]] = {}
    for path, answer in answers.items():
        # What is gone can only be told from all lists.
        if whole := answer or await reading.resources.get(path, _Raws, None):
            fresh[path] = whole
    albums = _decoded(raw for answer in fresh.values() for raw in answer.value)
    etags = {path: answer.etag for path, answer in fresh.items()}
    changed, gone = await reading.mirror.put_albums(etags, albums)
    reading.upserted += changed
    reading.deleted += gone


def _decoded(raws: Iterable[msgspec.Raw]) -> list[tuple[Album, str]]:
    found: dict[object, tuple[Album, str]] = {}
    try:
        for raw in raws:
            album = msgspec.json.decode(raw, type=Album)
            mark = hashlib.sha1(bytes(raw), usedforsecurity=False).hexdigest()
            found.setdefault(album.id, (album, mark))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as exc:
        raise TryLater(phrase("The server describes an album as Immich does not.")) from exc
    return list(found.values())


async def take_contents(reading: Reading, timeline: Timeline) -> None:
    """Read what the albums hold that look different, and lists that albums do not count."""
    for album_id, mark, whole in await reading.mirror.albums_to_read():
        passes = [one for one in album_passes(album_id) if whole or one.uncounted]
        await timeline.take(passes)
        if not timeline.refused.isdisjoint(one.query for one in passes):
            continue  # it is gone by now, as the next list will say
        reading.deleted += await reading.mirror.album_read(album_id, mark)
