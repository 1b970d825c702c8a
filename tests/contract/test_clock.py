"""The fake clock keeps the promises of the real one."""

import asyncio
import time
from datetime import UTC, timedelta

import pytest

from tests.fakes.clock import FakeClock, ShiftedClock
from tray_app.adapters.clock import SystemClock


def clocks():
    return [SystemClock(), FakeClock(automatic=True), ShiftedClock(time.time() - 1000)]


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: type(clock).__name__)
async def test_both_times_pass_alike(clock):
    wall, steady = clock.now(), clock.monotonic()
    assert wall.tzinfo is UTC
    await clock.sleep(0.05)
    assert clock.monotonic() - steady >= 0.049
    assert timedelta(seconds=0.045) <= clock.now() - wall < timedelta(seconds=1)


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: type(clock).__name__)
async def test_sleepers_wake_in_their_order(clock):
    woken: list[float] = []

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    await asyncio.gather(*[sleeper(seconds) for seconds in (0.06, 0.02, 0.04)])
    assert woken == [0.02, 0.04, 0.06]


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: type(clock).__name__)
@pytest.mark.parametrize("seconds", [0, -1])
async def test_no_time_is_no_wait_but_lets_others_run(clock, seconds):
    ran: list[int] = []
    asyncio.get_running_loop().call_soon(ran.append, 1)
    begin = clock.monotonic()
    await clock.sleep(seconds)
    assert ran
    assert clock.monotonic() - begin < 0.05


@pytest.mark.parametrize("clock", clocks(), ids=lambda clock: type(clock).__name__)
async def test_a_sleep_can_be_cancelled(clock):
    if isinstance(clock, FakeClock):
        clock.automatic = False
    task = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
