"""The sync with an API key against both generations of the demo server (issue 4, part 2)."""

import sqlite3
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from tests.sync.key_client import Faults, KeyClient
from tests.sync.world import World, ident
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.sync.standing import SyncMode
from tray_app.demo.options import Version
from tray_app.demo.server import DemoServer


@pytest.fixture(params=["2.7.5", "3.0.3"])
def server(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as running:
        yield running


@pytest.fixture
def world(server):
    world = World(server)
    world.fill()
    return world


@pytest.fixture
def client(server, tmp_path):
    return KeyClient(server, tmp_path / "library.db")


async def test_the_tables_are_those_of_the_stream(world, client):
    result = await client.sync()
    assert result.mode is SyncMode.ETAG
    client.check(world)


async def test_the_second_sync_is_all_304_and_writes_nothing(server, world, client):
    await client.sync()
    server.log.clear()
    before = trace(client)
    result = await client.sync()
    assert trace(client) == before
    statuses = {entry.status for entry in server.log.entries()}
    assert statuses == {304}
    assert {entry.method for entry in server.log.entries()} == {"GET"}
    assert result.not_modified == client.requests == len(server.log.entries())
    assert (result.applied.upserted, result.applied.deleted) == (0, 0)


def trace(client) -> tuple:
    """What every write would leave behind."""
    main = client.path.stat()
    wal = client.path.with_name("library.db-wal")
    return main.st_mtime_ns, main.st_size, wal.exists() and wal.stat().st_size


async def test_every_answer_stands_with_its_tag(world, client):
    await client.sync()
    paths = {row[0].split("?")[0] for row in rows(client, "SELECT path FROM resource")}
    assert paths >= {
        "/users/me",
        "/server/config",
        "/server/features",
        "/server/media-types",
        "/server/version",
        "/api-keys/me",
        "/users",
        "/partners",
        "/stacks",
        "/albums",
        "/timeline/buckets",
        "/timeline/bucket",
    }
    assert rows(client, "SELECT path FROM resource WHERE etag IS NULL") == []
    ((body,),) = rows(client, "SELECT body FROM resource WHERE path = '/server/media-types'")
    assert b".jpg" in body


def rows(client, sql, *values):
    with closing(sqlite3.connect(client.path)) as connection:
        return connection.execute(sql, values).fetchall()


async def test_full_goes_by_no_tag_and_changes_nothing(server, world, client):
    await client.sync()
    server.log.clear()
    result = await client.sync(full=True)
    assert (result.applied.upserted, result.applied.deleted, result.not_modified) == (0, 0, 0)
    assert server.log.count("POST", "/api/search/metadata") == 0  # few are asked one by one
    client.check(world)


async def test_a_key_after_another_goes_on_with_what_is_stored(world, client):
    await client.sync()
    client.new_key()
    result = await client.sync()
    assert result.applied == (0, 0)
    assert result.not_modified == client.requests - 1  # only about itself the key says news


async def test_another_version_of_the_server_is_read_anew(server, world, client):
    await client.sync()
    object.__setattr__(server.options, "version", Version.parse("3.0.4"))
    result = await client.sync()
    assert result.not_modified < client.requests / 2
    client.check(world)


@pytest.mark.parametrize("at", range(0, 60, 8))
async def test_a_move_during_the_sync_loses_nothing(server, world, client, at):
    await client.sync()
    world.like("me", 0)  # so that lists are read at all
    moves = {at: lambda: world.redate("me", 1), at + 2: lambda: world.show("me", 2)}
    result = await client.sync(faults=Faults(meanwhile=moves))
    own = "SELECT count(*) FROM asset WHERE file_name IN ('0.jpg', '1.jpg', '2.jpg')"
    assert rows(client, own) == [(result.counts.assets + 6,)] == [(9,)]
    assert rows(client, "SELECT * FROM removal") == []
    await client.sync()
    client.check(world)


@pytest.mark.parametrize("fault", ["request", "answer", "before", "after"])
async def test_wherever_it_breaks_off_the_next_one_goes_on(world, client, fault):
    for at in range(0, 60, 7):
        for owner in ("me", "ann", "bob"):
            world.redate(owner, at % 3)
            world.like(owner, at % 2)
        with suppress(TryLater):
            await client.sync(faults=Faults(**{fault: at}))
        await client.sync()
        client.check(world)


async def test_a_key_that_may_not_read_the_assets_says_so_and_breaks_nothing(world, client):
    await client.sync()
    before = client.tables()
    client.new_key(["asset.upload", "user.read"])
    world.upload("me", 5)
    with pytest.raises(NeedsUser) as caught:
        await client.sync()
    assert caught.value.need is Need.PERMISSION
    assert "lacks the permissions album.read, asset.read, partner.read" in caught.value.words()
    assert "backup goes on" in caught.value.words()
    assert client.tables() == before


async def test_what_a_key_may_read_is_synced(world, client):
    await client.sync()
    albums = client.tables()["album"]
    client.new_key(["asset.upload", "asset.read", "user.read"])
    world.like("me", 0)
    world.rename_album("me", 3)
    world.part("ann", 0)
    result = await client.sync()
    assert result.missing == ("album.read", "partner.read", "stack.read")
    assert result.applied == (1, 0)
    assert client.tables()["album"] == albums
    client.new_key()
    await client.sync()
    client.check(world)


async def test_details_that_show_in_no_list_are_found_by_searching(server, world, client):
    await client.sync()
    server.state.library.describe([ident("me", 0)], {"description": "Grandma"})
    described = "SELECT count(*) FROM exif WHERE description = 'Grandma'"
    await client.sync()
    assert rows(client, described) == [(0,)]  # nothing but tags was compared
    client.clock.ahead += timedelta(hours=2)
    assert (await client.sync()).applied.upserted >= 1
    assert rows(client, described) == [(1,)]


async def test_a_full_pass_comes_by_itself_now_and_then(world, client):
    await client.sync()
    client.clock.ahead += timedelta(days=8)
    result = await client.sync()
    assert result.not_modified < client.requests / 2
    assert result.applied == (0, 0)
