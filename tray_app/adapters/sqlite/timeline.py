"""The timeline: what the server has and what this computer has, joined when asked."""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from tray_app.adapters.sqlite import timeline_sql as sql
from tray_app.adapters.sqlite.local_time import month_of_ns, wall_ms
from tray_app.adapters.sqlite.reader import Reader
from tray_app.core.timeline import (
    NO_DATE,
    Cell,
    Details,
    Key,
    Month,
    MonthCount,
    Query,
    State,
    month_of,
)

T = TypeVar("T")
# Above this many months one pass over everything is cheaper than a look at each.
_FEW_MONTHS = 24
_NOBODY = -1  # no account has this row


class SqliteTimeline:
    """Port `Timeline`. `user` tells who is signed in: None sees the files of this computer."""

    def __init__(self, reader: Reader, user: Callable[[], str | None]) -> None:
        self._reader = reader
        self._user = user

    async def months(
        self, query: Query, only: Collection[Month] | None = None
    ) -> Sequence[MonthCount]:
        """Count the items of each month, newest month first; no empty months."""

        def work(conn: sqlite3.Connection, who: "_Who") -> list[MonthCount]:
            counts: Counter[Month] = Counter()
            for source in who.sources(query):
                counts.update(_counted(conn, source, only))
            wanted = counts if only is None else set(only)
            return [
                MonthCount(m, counts[m])
                for m in sorted(counts, reverse=True)
                if counts[m] and m in wanted
            ]

        return await self._run(work)

    async def keys(self, query: Query, month: Month) -> Sequence[Key]:
        """List the items of a month, newest first."""

        def work(conn: sqlite3.Connection, who: "_Who") -> list[Key]:
            found: list[tuple[Key, int]] = []
            for source in who.sources(query):
                rows = conn.execute(*source.keys(month))
                found += rows if source.sign > 0 else ((key, wall_ms(ns)) for key, ns in rows)
            if month != NO_DATE:
                found.sort(key=itemgetter(1), reverse=True)
            return [key for key, _ in found]

        return await self._run(work)

    async def months_of(self, contents: Collection[bytes]) -> Collection[Month]:
        """Tell in which months items with these checksums are or would be."""

        def work(conn: sqlite3.Connection, who: "_Who") -> set[Month]:
            months: set[Month] = set()
            for sha1 in contents:
                taken = conn.execute(sql.TAKEN, (who.me, sha1))
                months.update(month_of(at) for (at,) in taken)
                changed = conn.execute(sql.CHANGED, (sha1,))
                months.update(month_of_ns(at) for (at,) in changed)
            return months

        return await self._run(work)

    async def cells(self, keys: Sequence[Key]) -> Mapping[Key, Cell]:
        """Read items; what is gone meanwhile is left out."""

        def work(conn: sqlite3.Connection, who: "_Who") -> dict[Key, Cell]:
            remote = json.dumps([key for key in keys if key > 0])
            local = json.dumps([-key for key in keys if key < 0])
            values = {"me": who.me, "account": who.account}
            cells = [
                *map(_server_cell, conn.execute(sql.SERVER_CELLS, {**values, "keys": remote})),
                *map(_local_cell, conn.execute(sql.LOCAL_CELLS, {**values, "keys": local})),
            ]
            return {cell.key: cell for cell in cells}

        return await self._run(work)

    async def details(self, key: Key) -> Details | None:
        """Read all about one item; None: it is gone."""
        cell = (await self.cells([key])).get(key)
        if cell is None:
            return None

        def work(conn: sqlite3.Connection, who: "_Who") -> Details:
            if key > 0:
                return _server_details(cell, conn.execute(sql.SERVER_DETAILS, (key,)).fetchone())
            values = {"account": who.account, "file": -key}
            return _local_details(cell, conn.execute(sql.LOCAL_DETAILS, values).fetchone())

        return await self._run(work)

    async def _run(self, work: "Callable[[sqlite3.Connection, _Who], T]") -> T:
        user = self._user()
        return await self._reader.run(lambda conn: work(conn, _Who(conn, user)))


class _Who:
    """Who looks: a user, the same one's account here, and the partners in the timeline."""

    def __init__(self, conn: sqlite3.Connection, user: str | None) -> None:
        self.me = UUID(user).bytes if user else b""
        row = conn.execute(sql.ACCOUNT, (user,)).fetchone()
        self.account: int = row[0] if row else _NOBODY
        self._partners = tuple(one for (one,) in conn.execute(sql.PARTNERS, {"me": self.me}))

    def sources(self, query: Query) -> tuple[sql.Source, ...]:
        return sql.sources(query, self.me, self.account, self._partners)


def _counted(
    conn: sqlite3.Connection, source: sql.Source, only: Collection[Month] | None
) -> dict[Month, int]:
    if only is not None and len(only) <= _FEW_MONTHS:
        return {month: conn.execute(*source.count(month)).fetchone()[0] for month in only}
    rows = conn.execute(source.grouped, source.values)
    counts = {int(text[:-2]) * 12 + int(text[-2:]) - 1: count for text, count in rows}
    counts[NO_DATE] = conn.execute(*source.count(NO_DATE)).fetchone()[0]
    return counts


def _server_cell(row: tuple[Any, ...]) -> Cell:
    rowid, uuid, name, kind, taken, duration, favourite, thumbhash, width, height = row[:10]
    trashed, mine, sha1, folder, file = row[10:]
    asset_id = str(UUID(bytes=uuid))
    return Cell(
        key=rowid,
        name=name,
        state=State.TRASHED if trashed else State.SERVER if file is None else State.BOTH,
        is_video=kind == "VIDEO",
        taken_ms=taken,
        duration_ms=duration,
        favourite=bool(favourite),
        mine=bool(mine),
        thumbhash=thumbhash,
        ratio=width / height if width and height else None,
        asset_id=asset_id,
        path=None if file is None else _path(folder, file),
        sha1=sha1,
        version=f"{asset_id}-{thumbhash or ''}",
    )


def _local_cell(row: tuple[Any, ...]) -> Cell:
    file_id, folder, name, kind, mtime, duration, sha1, trashed, held, failed, remote = row
    path = _path(folder, name)
    asset_id = str(UUID(remote)) if remote else None
    states = ((trashed, State.TRASHED), (held, State.BOTH), (failed, State.FAILED))
    return Cell(
        key=-file_id,
        name=os.fsencode(name).decode(errors="backslashreplace"),
        state=next((state for true, state in states if true), State.LOCAL),
        is_video=kind == "video",
        taken_ms=wall_ms(mtime),
        duration_ms=duration,
        asset_id=asset_id,
        path=path,
        sha1=sha1,
        version=f"{os.fsencode(path).hex()}-{mtime}",
    )


def _path(folder: bytes, name: bytes) -> str:
    return os.path.join(os.fsdecode(folder), os.fsdecode(name))  # noqa: PTH118  bytes-safe


def _server_details(cell: Cell, row: tuple[Any, ...] | None) -> Details:
    if row is None:
        return Details(cell)
    size, width, height, make, model, city, country, owner = row
    return Details(
        cell,
        size=size,
        width=width,
        height=height,
        camera=_camera(make, model),
        place=", ".join(part for part in (city, country) if part),
        owner="" if cell.mine else owner or "",
    )


def _camera(make: str | None, model: str | None) -> str:
    """Name the maker once: many cameras have it in the name of the model, too."""
    if make and model and model.lower().startswith(make.lower()):
        return model
    return " ".join(part for part in (make, model) if part)


def _local_details(cell: Cell, row: tuple[Any, ...] | None) -> Details:
    if row is None:
        return Details(cell)
    size, reason, remedy = row
    failed = cell.state is State.FAILED
    return Details(
        cell, size=size, reason=reason if failed else "", remedy=remedy if failed else ""
    )
