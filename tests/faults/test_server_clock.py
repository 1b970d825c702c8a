"""A server whose clock differs from ours by seconds, hours or years: nothing is lost (issue 6)."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from tests.engine.rig import Bench, counts
from tests.sync.client import Client
from tests.sync.key_client import KeyClient
from tests.sync.world import World, ident
from tray_app.core.sync.acks import HOLD_MS, moment
from tray_app.demo import clock
from tray_app.demo.server import DemoServer

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
HELD = timedelta(milliseconds=HOLD_MS + 1000)
LONG = pytest.mark.long
APART = (
    -3 * HOUR,
    20 * YEAR,
    pytest.param(-20 * YEAR, marks=LONG),
    pytest.param(timedelta(seconds=2), marks=LONG),
    pytest.param(3 * HOUR, marks=LONG),
)
ACKS = "SELECT type, ack FROM checkpoint"


@pytest.fixture(params=APART, ids=str)
def apart(request, monkeypatch):
    monkeypatch.setattr(clock, "ahead", request.param)
    return request.param


@pytest.fixture(params=["2.7.5", "3.0.3"])
def server(request, apart, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as running:
        yield running


def acked(server):
    """When the checkpoints of the one session are from, in ms of the server's clock."""
    rows = server.state.db.rows(ACKS)
    found = {kind: moment(ack) for kind, ack in rows}
    return {kind: at for kind, at in found.items() if at is not None}


async def test_acks_advance_and_nothing_is_lost(server, tmp_path):
    """Acks go by the server's clock alone: held back a moment, then up to what was sent."""
    world, client = World(server), Client(server, tmp_path)
    world.fill()
    await client.sync()
    client.check(world)
    first = acked(server)
    for n in range(3):
        server.advance(HELD)
        world.like("me", n)
        world.delete("me", n + 3)
        await client.sync()
        client.check(world)
    server.advance(HELD)
    await client.sync()
    last = acked(server)
    assert first
    assert all(last[kind] > at for kind, at in first.items() if kind == "SyncCompleteV1")
    assert all(last[kind] >= at for kind, at in first.items())
    newest = max(at for kind, at in last.items() if kind != "SyncCompleteV1")
    assert newest > first["SyncCompleteV1"], "the acks stay where they were"
    assert (await client.sync()).applied == (0, 0)
    client.check(world)


async def test_with_an_api_key_nothing_is_lost(server, tmp_path):
    world, client = World(server), KeyClient(server, tmp_path / "library.db")
    world.fill()
    await client.sync()
    client.check(world)
    for n in range(2):
        world.describe("me", n)  # shown by no list, only found by its date
        world.like("me", n)
        client.clock.ahead += 2 * HOUR
        await client.sync()
        client.check(world)


async def test_a_clock_that_is_set_right(server, tmp_path, monkeypatch):
    """Details are searched for by date; what changes now may be dated before what is known."""
    world, client = World(server), KeyClient(server, tmp_path / "library.db")
    world.fill()
    await client.sync()
    monkeypatch.setattr(clock, "ahead", timedelta())
    row = "SELECT count(*) FROM exif WHERE description = 'Grandma'"
    server.state.library.describe([ident("me", 0)], {"description": "Grandma"})
    client.clock.ahead += timedelta(days=2)
    await client.sync()
    with closing(sqlite3.connect(client.path)) as conn:
        assert conn.execute(row).fetchall() == [(1,)]


async def test_a_backup_does_not_look_at_the_servers_clock(server, tmp_path):
    bench = Bench(server, tmp_path)
    for n in range(3):
        bench.put(f"{n}.jpg", f"photo {n}")
    assert counts(await bench.backup()) == (3, 3, 0, 0)
    assert counts(await bench.backup()) == (0, 0, 0, 0)
    assert len(bench.assets()) == 3
