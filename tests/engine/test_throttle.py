"""The bandwidth cap, in simulated time and over a real line."""

import asyncio
import os
import time

import pytest

from tests.engine.rig import counts
from tests.fakes.clock import FakeClock
from tray_app.engine.throttle import Bandwidth


async def test_three_seconds_over_a_real_line(bench):
    size = 1_500_000
    bench.put("a.jpg", os.urandom(size))
    moments = []
    bench.on_publish = lambda state: (
        state.bytes_sent and moments.append((time.monotonic(), state.bytes_sent))
    )
    result = await bench.backup(bandwidth=500_000)
    assert counts(result) == (1, 1, 0, 0)
    (begin, first), (end, last) = moments[0], next(m for m in moments if m[1] == size)
    assert (last - first) / (end - begin) == pytest.approx(500_000, rel=0.05)


@pytest.mark.parametrize("uploads", [1, 4])
@pytest.mark.parametrize("rate", [20_000, 1_000_000])
async def test_all_uploads_share_the_cap(uploads, rate):
    clock = FakeClock(automatic=True)
    bandwidth = Bandwidth(clock, rate)
    piece = bandwidth.piece

    async def upload() -> None:
        for _ in range(100):
            await bandwidth.take(piece)

    await asyncio.gather(*[upload() for _ in range(uploads)])
    assert uploads * 100 * piece / clock.monotonic() == pytest.approx(rate, rel=0.05)


async def test_a_rest_earns_no_burst():
    clock = FakeClock()
    bandwidth = Bandwidth(clock, 1000)
    await clock.advance(3600)
    clock.automatic = True
    begin = clock.monotonic()
    for _ in range(10):
        await bandwidth.take(1000)
    assert clock.monotonic() - begin >= 9.8


async def test_no_cap_never_waits():
    clock = FakeClock()
    bandwidth = Bandwidth(clock, 0)
    assert bandwidth.piece is None
    await bandwidth.take(10**12)
    assert clock.slept == []
