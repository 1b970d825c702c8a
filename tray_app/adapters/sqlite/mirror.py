"""The library as an API key reads it: each answer's ETag in the transaction of its rows.

Port `Mirror` over `library.db`. Nothing is written where nothing has changed.
"""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from tray_app.adapters.sqlite import mirror_albums, mirror_gone, mirror_months, mirror_people
from tray_app.adapters.sqlite import mirror_sql as sql
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import build_indexes, clear
from tray_app.adapters.sqlite.library_facts import SINCE, fact, forget, own, owner, remember
from tray_app.core.dates import is_recent
from tray_app.core.sync.answers import Album, Entry, FullAsset, Partner, Person, Stack
from tray_app.core.sync.passes import Pass
from tray_app.core.sync.removals import Removed
from tray_app.core.sync.standing import FULL_EVERY, NOTED_EVERY, Known, Owner, Place, Since
from tray_app.core.timeline_changes import EVERYTHING

T = TypeVar("T")
_VERSION, _BEGUN, _FULL = "lists version", "lists begun", "lists full"
_DETAILS, _ASKED = "details since", "details asked"


class Mirror:
    """Port `Mirror`; each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def _run(self, work: Callable[..., T], *values: object) -> T:
        return await self._db.run(lambda conn: work(conn, *values))

    async def _shown(self, work: Callable[..., int], *values: object) -> int:
        """Do what the timeline may show, and tell of it where rows changed."""
        changed = await self._run(work, *values)
        if changed:
            self._db.tell(EVERYTHING)
        return changed

    async def begin(self, by: Owner, version: str, now: datetime, *, full: bool) -> Since:
        """Make the library this owner's; what is stored stays valid for the same user."""
        return await self._run(_begin, by, version, now, full)

    async def finish(self, since: Since, begun: datetime) -> None:
        """Note that a sync came to its end; nothing is written where nothing is new."""
        await self._run(_finish, since, begun)

    async def known(self, path: str) -> Known:
        """Return what is stored of a resource."""

        def work(conn: sqlite3.Connection) -> Known:
            query = "SELECT etag, body FROM resource WHERE path = ?"
            row = conn.execute(query, (path,)).fetchone()
            return Known(*row) if row else Known()

        return await self._db.run(work)

    async def keep(self, path: str, etag: str | None, body: bytes) -> None:
        """Store an answer as it came."""
        await self._db.run(lambda conn: conn.execute(sql.KEEP, (path, etag, body)))

    async def put_people(self, path: str, etag: str | None, people: Sequence[Person]) -> int:
        """Let these be all users; return how many rows changed."""
        return await self._run(mirror_people.put_people, path, etag, people)

    async def put_partners(
        self, path: str, etag: str | None, partners: Sequence[Partner], *, sharing: bool
    ) -> int:
        """Let these be all partners of one direction; `sharing`: they show us theirs."""
        return await self._shown(mirror_people.put_partners, path, etag, partners, sharing)

    async def partners(self) -> list[str]:
        """List who shows us everything."""
        return await self._run(mirror_people.partners)

    async def put_stacks(self, path: str, etag: str | None, stacks: Sequence[Stack]) -> int:
        """Let these be all own stacks."""
        return await self._shown(mirror_people.put_stacks, path, etag, stacks)

    async def set_months(self, one: Pass, etag: str | None, months: Collection[str]) -> None:
        """Let these be all months of a list."""
        await self._run(mirror_months.set_months, one, etag, months)

    async def months(self, one: Pass) -> list[Place]:
        """List the months of a list, the newest first."""
        return await self._run(mirror_months.months, one)

    async def differing(self, entries: Sequence[Entry]) -> set[bytes]:
        """Return the ids that are unknown, or look different here."""
        return await self._run(mirror_months.differing, entries)

    async def put_assets(self, assets: Sequence[FullAsset]) -> int:
        """Store assets with their details; return how many rows changed."""
        return await self._shown(mirror_months.put_assets, assets)

    async def put_known(self, assets: Sequence[FullAsset]) -> int:
        """Store the details of those that are known here; return how many rows changed."""
        return await self._shown(mirror_months.put_known, assets)

    async def list_month(
        self,
        place: Place,
        etag: str | None,
        entries: Sequence[Entry],
        refused: Collection[bytes],
        now: datetime,
    ) -> int:
        """Let a month show these; of `refused` ones no more is known than that."""
        return await self._shown(mirror_months.list_month, place, etag, entries, refused, now)

    async def put_albums(
        self, etags: Mapping[str, str | None], albums: Sequence[tuple[Album, str]]
    ) -> tuple[int, int]:
        """Let these be all albums, each with a mark of how it looks; rows changed and gone."""
        return await self._run(mirror_albums.put_albums, etags, albums)

    async def albums_to_read(self) -> list[tuple[str, str, bool]]:
        """List album, mark, and whether all is to be read, or what the album does not count."""
        return await self._run(mirror_albums.to_read)

    async def album_read(self, album_id: str, mark: str) -> int:
        """Note that the contents were read while the album looked so; return links gone."""
        return await self._run(mirror_albums.album_read, album_id, mark)

    async def any_lost(self) -> bool:
        """Tell whether own or partners' assets are in no list now."""
        return await self._run(mirror_gone.any_lost)

    async def missing(self) -> list[Removed]:
        """List own assets that no list shows any more."""
        return await self._run(mirror_gone.missing)

    async def hide(self, remote_ids: Sequence[str]) -> None:
        """Note that these are there, and shown to no API key: they are locked."""
        await self._shown(mirror_gone.hide, remote_ids)

    async def hold(self, remote_ids: Sequence[str]) -> None:
        """Note that these are there."""
        await self._run(mirror_gone.hold, remote_ids)

    async def remove(self, remote_ids: Sequence[str], *, told: bool) -> int:
        """Take own assets away; `told`: a person deleted them. Returns how many."""
        return await self._shown(mirror_gone.remove, remote_ids, told)

    async def tidy(self, *, partners: bool) -> int:
        """Take away what nothing shows any more; `partners`: theirs, too. Returns how many."""
        return await self._shown(mirror_gone.tidy, partners)

    async def own_assets(self) -> int:
        """Count own assets."""
        return await self._run(mirror_gone.own_assets)


def _begin(conn: sqlite3.Connection, by: Owner, version: str, now: datetime, full: bool) -> Since:  # noqa: FBT001  one call
    known = owner(conn)
    if known and known.user_id != by.user_id:
        clear(conn)
    if known != by:
        own(conn, by)
    done = fact(conn, _FULL)
    due = done is None or not is_recent(datetime.fromisoformat(done), now, FULL_EVERY)
    if full or fact(conn, _VERSION) != version or (due and not fact(conn, _BEGUN)):
        remember(conn, _VERSION, version)
        remember(conn, _BEGUN, now.isoformat())
        conn.execute(sql.FORGET_TAGS)
        conn.execute(sql.SET_ADRIFT)
        conn.execute("DELETE FROM stale")
    return Since(fact(conn, _BEGUN) is not None, _moment(conn, _DETAILS), _moment(conn, _ASKED))


def _moment(conn: sqlite3.Connection, key: str) -> datetime | None:
    text = fact(conn, key)
    return datetime.fromisoformat(text) if text else None


def _finish(conn: sqlite3.Connection, since: Since, begun: datetime) -> None:
    build_indexes(conn)
    if since.full:
        remember(conn, _FULL, begun.isoformat())
        forget(conn, _BEGUN)
    noted = _moment(conn, SINCE)
    if noted is None or not timedelta(0) <= begun - noted <= NOTED_EVERY:
        remember(conn, SINCE, begun.isoformat())
    for key, moment in ((_DETAILS, since.details), (_ASKED, since.asked)):
        if moment and moment != _moment(conn, key):
            remember(conn, key, moment.isoformat())
