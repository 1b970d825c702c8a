# ruff: noqa: S608  the statements are made of constants of this file
"""Two real databases with rows a test writes, and what a plain model says the timeline shows."""

import hashlib
import uuid
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tray_app.adapters.sqlite import library_sql
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.reader import Reader
from tray_app.adapters.sqlite.timeline import SqliteTimeline

OWNERS = ("me", "partner", "hidden partner", "stranger")
ME = str(uuid.uuid5(uuid.NAMESPACE_OID, "me"))


def user_id(name: str) -> bytes:
    return uuid.uuid5(uuid.NAMESPACE_OID, name).bytes


def sha1(name: object) -> bytes:
    return hashlib.sha1(repr(name).encode()).digest()


class Asset(NamedTuple):
    content: int
    owner: str = "me"
    taken: int | None = 0
    visibility: str = "timeline"
    trashed: bool = False
    favourite: bool = False
    video: bool = False
    stack: int | None = None
    name: str = "a.jpg"


class File(NamedTuple):
    content: int | None  # None: not hashed
    mtime: int = 0  # seconds
    present: bool = True
    failed: bool = False
    video: bool = False
    name: str = "f.jpg"


class Rows(NamedTuple):
    """`stacks`: number of a stack to the place of its primary asset in `assets`."""

    assets: tuple[Asset, ...] = ()
    files: tuple[File, ...] = ()
    stacks: Mapping[int, int] = MappingProxyType({})
    tombstones: tuple[int, ...] = ()
    confirmations: Mapping[int, str] = MappingProxyType({})


def asset_id(place: int) -> bytes:
    return uuid.UUID(int=place + 1000).bytes


class Bench:
    def __init__(self, folder: Path) -> None:
        self.library = Database(folder / "library.db", "library")
        self.backup = Database(folder / "backup.db", "backup")
        self.reader = Reader(folder / "library.db", folder / "backup.db")
        self.user: str | None = ME
        self.timeline = SqliteTimeline(self.reader, lambda: self.user)

    def fill(self, rows: Rows, *, indexed: bool = True) -> None:
        """Make the databases hold just these."""

        self.library.run_now(lambda conn: _fill_library(conn, rows, indexed=indexed))
        self.backup.run_now(lambda conn: _fill_backup(conn, rows))

    def close(self) -> None:
        self.reader.close()
        self.library.close()
        self.backup.close()


def _fill_library(conn, rows: Rows, *, indexed: bool) -> None:
    for table in ("asset", "stack", "partner"):
        conn.execute(f"DELETE FROM {table}")
    for name in library_sql.INDEXES:
        conn.execute(f"DROP INDEX IF EXISTS {name}")
    for place, asset in enumerate(rows.assets):
        _put_asset(conn, place, asset)
    for stack, primary in rows.stacks.items():
        values = (uuid.UUID(int=stack).bytes, user_id("me"), asset_id(primary), 0, 0)
        conn.execute("INSERT INTO stack VALUES (?, ?, ?, ?, ?)", values)
    for owner, shown in (("partner", 1), ("hidden partner", 0)):
        values = (user_id(owner), user_id("me"), shown)
        conn.execute("INSERT INTO partner VALUES (?, ?, ?)", values)
    for name, what in library_sql.INDEXES.items() if indexed else ():
        conn.execute(f"CREATE INDEX {name} ON {what}")


def _fill_backup(conn, rows: Rows) -> None:
    for table in ("failure", "confirmation", "tombstone", "file", "folder", "account"):
        conn.execute(f"DELETE FROM {table}")
    conn.execute("INSERT INTO account VALUES (1, ?, '', '')", (ME,))
    conn.execute("INSERT INTO account VALUES (2, 'another', '', '')")
    conn.execute("INSERT INTO folder (id, path) VALUES (1, ?)", (b"/photos",))
    for place, file in enumerate(rows.files):
        _put_file(conn, place, file)
    for content in rows.tombstones:
        conn.execute("INSERT INTO tombstone VALUES (1, ?, ?, '')", (sha1(content), ME))
    for content, state in rows.confirmations.items():
        values = (sha1(content), ME, state)
        conn.execute("INSERT INTO confirmation VALUES (1, ?, ?, ?, '', '', NULL)", values)


def _put_asset(conn, place: int, asset: Asset) -> None:
    row = {
        "id": asset_id(place),
        "owner_id": user_id(asset.owner),
        "checksum": sha1(asset.content),
        "file_name": asset.name,
        "kind": "VIDEO" if asset.video else "IMAGE",
        "visibility": asset.visibility,
        "is_favorite": asset.favourite,
        "deleted_at": 1 if asset.trashed else None,
        "local_date_time": None if asset.taken is None else asset.taken * 1000,
        "stack_id": None if asset.stack is None else uuid.UUID(int=asset.stack).bytes,
        "is_edited": 0,
    }
    marks = ", ".join(f":{name}" for name in row)
    conn.execute(f"INSERT INTO asset ({', '.join(row)}) VALUES ({marks})", row)


def _put_file(conn, place: int, file: File) -> None:
    name = f"{place}-{file.name}".encode()
    kind = "video" if file.video else "image"
    content = None if file.content is None else sha1(file.content)
    values = (place + 1, name, kind, file.mtime * 10**9, content, file.present)
    conn.execute(
        "INSERT INTO file (id, folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns,"
        " inode, sha1, present) VALUES (?, 1, ?, x'00', ?, 0, 5, ?, 0, '1', ?, ?)",
        values,
    )
    if file.failed:
        conn.execute(
            "INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts,"
            " next_attempt_at, since) VALUES (1, ?, 'The disk is tired.', 'Let it rest.', NULL, 1,"
            " NULL, '')",
            (place + 1,),
        )


@contextmanager
def timeline_bench(folder: Path):
    folder.mkdir(exist_ok=True)
    bench = Bench(folder)
    try:
        yield bench
    finally:
        bench.close()


class Item(NamedTuple):
    """What the model says of one item: `who` is an asset's place, or a file's as ("file", n)."""

    who: object
    taken: int | None  # ms
    state: str
    favourite: bool
    video: bool
    name: str


def local_ms(seconds: int) -> int:
    local = datetime.fromtimestamp(seconds).astimezone()
    offset = local.utcoffset()
    return (seconds + round(offset.total_seconds())) * 1000


def model(rows: Rows) -> list[Item]:
    """Say it plainly, row by row."""
    mine = [(n, a) for n, a in enumerate(rows.assets) if a.owner == "me"]
    live = {a.content for _, a in mine if not a.trashed}
    trash = {a.content for _, a in mine if a.trashed} - live
    here = {f.content for f in rows.files if f.present and f.content is not None}
    items = []
    for place, asset in enumerate(rows.assets):
        primary = rows.stacks.get(asset.stack, place) if asset.stack is not None else place
        have = asset.owner == "me" and asset.content in here
        facts = (None if asset.taken is None else asset.taken * 1000,)
        rest = (asset.favourite, asset.video, asset.name)
        if asset.trashed:
            if asset.owner == "me" and not have and asset.visibility != "hidden":
                items.append(Item(place, *facts, "only trashed", *rest))
        elif (
            asset.owner in ("me", "partner") and asset.visibility == "timeline" and primary == place
        ):
            items.append(Item(place, *facts, "both" if have else "server", *rest))
    seen = set()
    for place, file in enumerate(rows.files):
        if not file.present or file.content in live or file.content in seen:
            continue
        if file.content is not None:
            seen.add(file.content)
        told = rows.confirmations.get(file.content)
        if file.content is not None and (
            file.content in trash or file.content in rows.tombstones or told == "trashed"
        ):
            state = "trashed"
        elif told in ("uploaded", "duplicate"):
            state = "both"
        else:
            state = "failed" if file.failed else "local"
        name = f"{place}-{file.name}"
        items.append(Item(("file", place), local_ms(file.mtime), state, False, file.video, name))
    return items


SHOWN = {
    "all": lambda item: item.state != "only trashed",
    "local": lambda item: item.state in ("local", "failed"),
    "server": lambda item: item.state == "server",
    "failed": lambda item: item.state == "failed",
    "trashed": lambda item: "trashed" in item.state,
    "favourites": lambda item: item.favourite and item.state in ("both", "server"),
    "videos": lambda item: item.video and item.state != "only trashed",
}
