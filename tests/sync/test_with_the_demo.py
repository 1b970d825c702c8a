"""The stream against both generations of the demo server, with its faults (issue 4)."""

import asyncio
from contextlib import suppress

import pytest

from tests.sync.client import Client
from tests.sync.world import World
from tray_app.adapters.immich.blocks import Limits
from tray_app.core.errors import NeedsUser, TryLater
from tray_app.demo.options import Version
from tray_app.demo.server import DemoServer
from tray_app.demo.stream_faults import (
    CutStream,
    EndlessStream,
    GarbageLine,
    GzipBomb,
    HangingStream,
    HugeLine,
    SplitStream,
)


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
    return Client(server, tmp_path)


async def test_a_bad_ack_makes_the_stream_hang_and_it_recovers_by_itself(world, client, both_loops):
    await client.sync()
    world.delete("me", 0)
    await client.acknowledge("UserV1|not-a-uuid")
    client.limits = Limits(silence=2)
    start = asyncio.get_running_loop().time()
    await client.sync()
    assert asyncio.get_running_loop().time() - start < 20
    client.check(world)


async def test_the_server_is_upgraded_under_a_live_library(server, world, client):
    await client.sync()
    object.__setattr__(server.options, "version", Version.parse("3.0.3"))
    world.like("me", 0)
    world.delete("ann", 1)
    result = await client.sync()
    client.check(world)
    assert result.applied.upserted == 1  # sent again as V2, and all but one the same


async def test_with_an_account_goes_all_it_showed(world, client):
    await client.sync()
    world.leave("ann")
    await client.sync()
    client.check(world)
    world.leave("bob")
    await client.sync()
    client.check(world)


FAULTS = [
    CutStream(after_lines=5, after_bytes=10, times=2),
    SplitStream(size=700, times=1),
    GarbageLine(after_lines=3, times=1),
    HugeLine(after_lines=3, size=10_000_000, times=1),
    GzipBomb(size=200_000_000, times=1),
    EndlessStream(times=1),
    HangingStream(after_lines=4, times=1),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_whatever_went_wrong_the_next_sync_mends_it(server, world, client, fault):
    await client.sync()
    world.like("me", 0)
    world.like("me", 1)
    world.part("bob", 0)
    client.limits = Limits(silence=2, block=10_000, lines=20_000)
    server.faults.add(fault)
    with suppress(TryLater):
        await client.sync(full=True)
    await client.sync()
    client.check(world)


async def test_a_session_that_ended_needs_the_person(server, world, client):
    await client.sync()
    session = server.state.accounts.session_by_token(client.session.access_token)
    server.state.accounts.delete_session(session.user_id, session.id)
    with pytest.raises(NeedsUser, match="no longer accepts our sign-in"):
        await client.sync()
    client.check(world)
