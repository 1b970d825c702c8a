"""Benches: one on the newest server, or one on each generation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.rig import Bench
from tests.engine.synced import SyncedBench
from tray_app.demo.server import DemoServer


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with DemoServer(tmp_path / "demo") as server:
        yield Bench(server, tmp_path)


@pytest.fixture(params=["2.7.5", "3.0.3"])
def each_bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        yield Bench(server, tmp_path)


@pytest.fixture(params=["2.7.5", "3.0.3"])
def synced(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SyncedBench]:
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        yield SyncedBench(server, tmp_path)


@pytest.fixture
def bench_synced(tmp_path: Path) -> Iterator[SyncedBench]:
    with DemoServer(tmp_path / "demo") as server:
        yield SyncedBench(server, tmp_path)
