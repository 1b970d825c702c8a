"""The sync with an API key against both generations of the demo server (issue 4, part 2)."""

import sqlite3
from contextlib import closing, suppress

import pytest

from tests.sync.key_client import Faults, KeyClient
from tests.sync.world import World
from tray_app.core.errors import NeedsUser, TryLater
from tray_app.core.sync.standing import SyncMode
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
