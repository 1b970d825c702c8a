"""What vanishes from the lists of an API key: deleted, locked, or a matter for the audit."""

import sqlite3
from contextlib import closing

import pytest

from tests.sync.key_client import KeyClient
from tests.sync.test_new_assets import ready
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.sync.passes import counts_as_deleted
from tray_app.core.sync.ready import rows_of
from tray_app.demo.server import DemoServer


@pytest.fixture
def server(tmp_path):
    with DemoServer(tmp_path / "demo", version="3.0.3") as running:
        running.fill(100)
        yield running


@pytest.fixture
def client(server, tmp_path):
    return KeyClient(server, tmp_path / "library.db")


def rows(client, sql):
    with closing(sqlite3.connect(client.path)) as connection:
        return connection.execute(sql).fetchall()


def ids(server, number):
    return [asset.id for asset in server.assets()[:number]]


@pytest.mark.parametrize(
    ("gone", "known", "deleted"),
    [
        (1, 20, True),
        (1, 19, False),
        (5, 100, True),
        (6, 100, False),
        (100, 2000, True),
        (100, 50_000, True),
        (101, 50_000, False),
        (0, 0, True),
    ],
)
def test_at_most_100_and_5_per_cent_are_deletions(gone, known, deleted):
    assert counts_as_deleted(gone, known) is deleted


async def test_a_few_that_are_gone_were_deleted(server, client):
    await client.sync()
    server.state.library.delete(ids(server, 5))
    result = await client.sync()
    assert (result.applied.deleted, result.counts.assets) == (5, 95)
    assert rows(client, "SELECT count(*), min(told) FROM removal") == [(5, 1)]


async def test_many_that_are_gone_are_for_the_audit(server, client):
    await client.sync()
    server.state.library.delete(ids(server, 6))
    result = await client.sync()
    assert (result.applied.deleted, result.counts.assets) == (6, 94)
    assert rows(client, "SELECT count(*), max(told) FROM removal") == [(6, 0)]


async def test_a_server_that_was_set_back_and_comes_again_leaves_nothing_behind(server, client):
    await client.sync()
    saved = server.state.db.rows("SELECT * FROM asset")
    server.state.library.delete(ids(server, 100))
    assert (await client.sync()).counts.assets == 0
    assert rows(client, "SELECT count(*), max(told) FROM removal") == [(100, 0)]
    marks = ", ".join("?" * len(saved[0]))
    for row in saved:
        server.state.db.run(f"INSERT INTO asset VALUES ({marks})", row)  # noqa: S608  marks
    assert (await client.sync()).counts.assets == 100
    assert rows(client, "SELECT count(*) FROM removal") == [(0,)]


@pytest.mark.parametrize("permissions", [("all",), ("asset.read", "user.read", "asset.upload")])
async def test_a_locked_asset_is_not_gone(server, client, permissions):
    client.new_key(permissions)
    await client.sync()
    locked = ids(server, 3)
    server.state.library.change(locked, {"visibility": "locked"})
    client.heard.clear()
    result = await client.sync()
    assert client.heard  # the timeline shows them no longer
    assert (result.applied.deleted, result.counts.assets) == (0, 100)
    assert rows(client, "SELECT count(*) FROM asset WHERE visibility = 'locked'") == [(3,)]
    server.log.clear()
    await client.sync()
    assert {entry.status for entry in server.log.entries()} == {304}  # nor asked for again
    server.state.library.change(locked[:1], {"visibility": "archive"})
    server.state.library.delete(locked[1:])
    await client.sync()
    assert rows(client, "SELECT count(*) FROM asset WHERE visibility = 'archive'") == [(1,)]
    result = await client.sync(full=True)  # only then the locked ones are asked for
    assert (result.applied.deleted, result.counts.assets) == (2, 98)


async def test_the_trash_is_no_deletion_and_neither_is_a_restore(server, client):
    await client.sync()
    trashed = ids(server, 20)
    server.state.library.trash(trashed)
    result = await client.sync()
    assert (result.applied.deleted, result.counts.assets) == (0, 100)
    in_trash = "SELECT count(*) FROM asset WHERE deleted_at IS NOT NULL"
    assert rows(client, in_trash) == [(20,)]
    server.state.library.restore(server.user().id, trashed[:10])
    server.state.library.delete(trashed[16:])
    result = await client.sync()
    assert (result.applied.deleted, result.counts.assets) == (4, 96)
    assert rows(client, in_trash) == [(6,)]
    assert rows(client, "SELECT count(*), min(told) FROM removal") == [(4, 1)]


async def test_what_partners_and_albums_took_along_is_no_deletion(server, client):
    ann = server.add_user("ann@example.org")
    server.fill(30, email=ann.email)
    server.state.partners.add(ann.id, server.user().id)
    await client.sync()
    assert rows(client, "SELECT count(*) FROM asset") == [(130,)]
    server.state.partners.remove(ann.id, server.user().id)
    result = await client.sync()
    assert result.applied.deleted == 30
    assert rows(client, "SELECT count(*) FROM asset") == [(100,)]
    assert rows(client, "SELECT count(*) FROM removal") == [(0,)]


async def test_what_a_partner_shows_only_with_a_search_or_one_by_one(server, client):
    """A partner who is not in our timeline is found by no search."""
    ann = server.add_user("ann@example.org")
    server.fill(30, email=ann.email)
    server.state.partners.add(ann.id, server.user().id)
    await client.sync()
    assert len([e for e in server.log.entries() if e.path.startswith("/api/assets/")]) == 30
    server.log.clear()
    bob = server.add_user("bob@example.org")
    server.fill(30, email=bob.email)
    server.state.partners.add(bob.id, server.user().id)
    server.state.partners.set_in_timeline(bob.id, server.user().id, shown=True)
    await client.sync()
    assert [e for e in server.log.entries() if e.path.startswith("/api/assets/")] == []
    assert rows(client, "SELECT count(*) FROM asset") == [(160,)]


async def test_what_an_event_told_and_no_list_ever_shows_is_gone(server, client):
    await client.sync()
    # Uploaded, told, and deleted before the next sync: every list is as it was.
    me = server.user().id
    added = rows_of(ready("short", ownerId=me))
    with closing(Database(client.path, "library")) as database:
        assert await Library(database).add([added], me, client.clock.now())
    assert rows(client, "SELECT count(*) FROM asset") == [(101,)]
    result = await client.sync()
    assert (result.applied.deleted, result.counts.assets) == (1, 100)
