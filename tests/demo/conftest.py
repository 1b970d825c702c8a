"""A demo server per test, in both versions, and clients that check every answer they get."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.rig import Client
from tray_app.demo.server import DemoServer


@pytest.fixture(params=["2.7.5", "3.0.3"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path, version: str) -> Iterator[DemoServer]:
    with DemoServer(tmp_path / "demo", version=version) as running:
        yield running


@pytest.fixture
def anonymous(server: DemoServer, version: str) -> Iterator[Client]:
    with Client(server, version) as client:
        yield client


@pytest.fixture
def client(server: DemoServer, version: str) -> Iterator[Client]:
    with Client(server, version, headers={"x-api-key": server.add_api_key()}) as client:
        yield client


@pytest.fixture
def signed_in(server: DemoServer, version: str) -> Iterator[Client]:
    token = server.add_session()
    with Client(server, version, headers={"authorization": f"Bearer {token}"}) as client:
        yield client
