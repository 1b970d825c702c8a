"""The local index follows the disk; the plan is in the order of the design."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.ledger import Ledger, open_account
from tray_app.adapters.sqlite.plan import Plan
from tray_app.core.asset import LARGE_BYTES, Kind, Stamp
from tray_app.core.ledger import FailureRecord
from tray_app.core.listing import Entry, FolderListing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STAMPS = st.builds(
    Stamp, st.integers(1, 3), st.integers(-2, 3), st.integers(0, 2), st.integers(0, 2**64 - 1)
)
ENTRIES = st.dictionaries(st.sampled_from(["a.jpg", "b.JPG", "\udcff.jpg", "c.mov"]), STAMPS)
LISTINGS = st.dictionaries(st.sampled_from(["/p", "/p/q", "/pq"]), st.none() | ENTRIES)


def listing(path, found):
    if found is None:
        return FolderListing(path, (), (), error="no")
    entries = tuple(Entry(name, Kind.IMAGE, stamp) for name, stamp in found.items())
    return FolderListing(path, entries, ())


def present(conn):
    rows = conn.execute(
        "SELECT d.path, f.name, f.size, f.mtime_ns, f.ctime_ns, f.inode FROM file f"
        " JOIN folder d ON d.id = f.folder_id WHERE f.present"
    )
    return {(bytes(d), bytes(n)): Stamp(s, m, c, int(i)) for d, n, s, m, c, i in rows}


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(LISTINGS, min_size=1, max_size=5))
def test_the_index_equals_what_was_seen_last(tmp_path_factory, looks):
    database = Database(tmp_path_factory.mktemp("db") / "backup.db", "backup")
    index, expected = Index(database), {}

    async def look(folders) -> None:
        await index.begin_scope()
        await index.reconcile([listing(path, found) for path, found in folders.items()])
        await index.forget_unseen("/", [path for path, found in folders.items() if found is None])

    try:
        for folders in looks:
            asyncio.run(look(folders))
            closed = [path for path, found in folders.items() if found is None]
            for path, name in list(expected):
                below = any(path == one or path.startswith(f"{one}/") for one in closed)
                if folders.get(path) is None and below:
                    continue  # unavailable, not gone
                if name not in (folders.get(path) or {}):
                    del expected[path, name]
            for path, found in folders.items():
                expected |= {(path, name): stamp for name, stamp in (found or {}).items()}
        seen = database.run_now(present)
        wanted = {
            (p.encode(), n.encode("utf-8", "surrogateescape")): s for (p, n), s in expected.items()
        }
        assert seen.keys() == wanted.keys()
        assert all(stamp.same_as(wanted[key]) for key, stamp in seen.items())
    finally:
        database.close()


@pytest.fixture
def database(tmp_path):
    opened = Database(tmp_path / "backup.db", "backup")
    yield opened
    opened.close()


async def test_the_order_of_the_plan(database):
    index = Index(database)
    account = await open_account(database, "user", "http://x", "a@b")
    ledger, plan = Ledger(database, account), Plan(database, account)
    files = {
        "old.jpg": Stamp(1, 10, 1, 1),
        "new.jpg": Stamp(LARGE_BYTES, 30, 1, 2),
        "mid.jpg": Stamp(1, 20, 1, 3),
        "large new.mov": Stamp(LARGE_BYTES + 1, 99, 1, 4),
        "large old.mov": Stamp(LARGE_BYTES * 900, 5, 1, 5),
        "retry.jpg": Stamp(1, 999, 1, 6),
        "parked.jpg": Stamp(1, 998, 1, 7),
        "given up.jpg": Stamp(1, 997, 1, 8),
    }
    await index.begin_scope()
    await index.reconcile([listing("/p", files)])
    ids = dict(database.run_now(lambda c: c.execute("SELECT name, id FROM file").fetchall()))
    for name, due in (
        (b"retry.jpg", NOW - timedelta(seconds=1)),
        (b"parked.jpg", NOW + timedelta(seconds=1)),
        (b"given up.jpg", None),
    ):
        await ledger.fail(FailureRecord(ids[name], "why", "", 500, 3, due), NOW)
    assert await plan.make(NOW) == 6
    first = await plan.page(0, 4)
    rest = await plan.page(first[-1].position, 4)
    assert [planned.file.path for planned in [*first, *rest]] == [
        f"/p/{name}"
        for name in ("new.jpg", "mid.jpg", "old.jpg", "large new.mov", "large old.mov", "retry.jpg")
    ]
    assert sorted(failed.path for failed in await plan.parked()) == [
        "/p/given up.jpg",
        "/p/parked.jpg",
    ]
    assert await ledger.next_attempt(NOW) == NOW + timedelta(seconds=1)
    assert await ledger.next_attempt(NOW + timedelta(seconds=1)) is None
    await index.mark_absent(ids[b"parked.jpg"])
    assert await ledger.next_attempt(NOW) is None


async def test_a_folder_that_can_be_read_again_is_no_longer_listed(tmp_path):
    """Also by a look at some folders only, after which nothing is forgotten."""
    database = Database(tmp_path / "backup.db", "backup")
    index = Index(database)
    try:
        await index.begin_scope()
        await index.reconcile([listing("/p", {}), listing("/p/q", None), listing("/p/r", None)])
        assert [found.path for found in await index.unreadable()] == ["/p/q", "/p/r"]
        await index.reconcile([listing("/p/q", {})])
        assert [found.path for found in await index.unreadable()] == ["/p/r"]
    finally:
        database.close()
