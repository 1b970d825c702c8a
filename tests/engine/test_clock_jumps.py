"""A wall clock that is set back or forward, a week of sleep: nothing waits for years (issue 6)."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.test_telling import DUE, remembered, settings
from tests.engine.rig import sha1
from tests.engine.test_service_in_time import laptop
from tests.fakes.clock import BEGIN, ShiftedClock
from tray_app.adapters.clock import SystemClock
from tray_app.core.conditions import Readings, Rules, blockers
from tray_app.core.dates import is_recent
from tray_app.core.ledger import audit_is_due
from tray_app.core.pauses import minutes_until_tomorrow
from tray_app.core.run import Outcome
from tray_app.core.snapshot import Overview, Phase
from tray_app.core.telling import remind
from tray_app.engine.wall_clock import WallClock

YEARS = timedelta(days=3650)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
JUMPS = pytest.mark.parametrize("jump", [-YEARS, -DAY, YEARS], ids=["years back", "back", "ahead"])


@JUMPS
async def test_a_delay_is_no_longer_than_it_was(jump):
    async with laptop() as it:
        await it.minutes(5)
        it.clock.shift += jump
        await it.minutes(27)
        assert it.runs.count == 1
        assert it.phase is Phase.IDLE


@JUMPS
async def test_trouble_is_tried_again_as_before(jump):
    async with laptop() as it:
        it.runs.outcome = Outcome.TROUBLE
        await it.minutes(31)
        it.clock.shift += jump
        await it.minutes(60)
        assert 5 <= it.runs.count <= 13


@pytest.mark.parametrize("jump", [-YEARS, -DAY])
async def test_a_pause_ends_in_its_time_and_is_remembered_so(jump):
    async with laptop() as it:
        it.service.pause_until(it.clock.now() + timedelta(hours=1))
        await it.minutes(30)
        it.clock.shift += jump
        await it.minutes(29)
        assert it.phase is Phase.PAUSED
        await it.minutes(33)
        assert it.phase is not Phase.PAUSED


@JUMPS
async def test_a_parked_file_is_tried_again(jump):
    async with laptop() as it:
        await it.minutes(31)
        it.overview = Overview(pending=1, failed=1, retry_at=it.clock.now() + timedelta(minutes=20))
        it.service.back_up_now()
        await it.minutes(2)
        assert it.runs.count == 2
        it.clock.shift += jump
        await it.minutes(21)
        assert it.runs.count == 3


async def test_after_a_week_of_sleep_one_run_and_no_hurry():
    async with laptop() as it:
        await it.minutes(31)
        it.service.files_changed(None)
        it.clock.shift += timedelta(days=7)
        it.clock.slept.clear()
        await it.minutes(120)
        assert it.runs.count == 2
        assert len(it.clock.slept) < 125


async def test_jumps_back_and_forth_neither_spin_nor_stop():
    async with laptop() as it:
        it.runs.outcome = Outcome.TROUBLE
        for number in range(40):
            it.clock.shift += YEARS if number % 2 else -YEARS
            await it.minutes(5)
        assert 12 <= it.runs.count <= 45
        assert len(it.clock.slept) < 500


async def test_a_correction_of_seconds_is_none():
    async with laptop() as it:
        times = WallClock(it.clock)
        it.clock.shift -= timedelta(seconds=20)
        assert times.set_back() is None
        it.clock.shift -= timedelta(hours=1)
        assert times.set_back() == -timedelta(hours=1)
        it.clock.shift += timedelta(hours=1)
        assert times.set_back() is None


async def test_no_timer_is_longer_than_qts(both_loops):
    """A timer of Qt is 32 bits of milliseconds: 40 days would ring at once, or never."""
    sleep = asyncio.create_task(SystemClock().sleep(40 * 86_400))
    await asyncio.wait({sleep}, timeout=0.2)
    assert not sleep.done()
    sleep.cancel()


# What is kept in files was written while the clock was wrong.


@pytest.mark.parametrize("by", [-YEARS, YEARS])
def test_what_happened_years_away_is_not_recent(by):
    assert not is_recent(BEGIN + by, BEGIN, DAY)
    assert audit_is_due((BEGIN + by).isoformat(), BEGIN)
    assert not audit_is_due((BEGIN + timedelta(minutes=5)).isoformat(), BEGIN)


def test_the_reminder_counts_anew_from_a_clock_that_was_wrong():
    now = datetime(2026, 3, 4, tzinfo=UTC)
    memory = remembered(DUE, waiting_since=now + YEARS, last_done=now + YEARS)
    _, memory = remind(DUE, settings(), memory, now)
    assert memory.waiting_since == now
    assert remind(DUE, settings(), memory, now + 6 * DAY)[0] is None
    assert remind(DUE, settings(), memory, now + 7 * DAY)[0] is not None


async def test_a_file_that_failed_in_the_future_is_tried_today(bench):
    bench.put("a.jpg", b"bytes")
    bench.put("b.jpg", b"others")
    ahead = ShiftedClock((datetime.now(UTC) + YEARS).timestamp())
    await bench.backup(clock=ahead)
    bench.rows("DELETE FROM confirmation")
    bench.rows(
        "INSERT INTO failure SELECT a.id, f.id, 'why', '', NULL, 1, ?, ?, NULL"
        " FROM account a, file f",
        (datetime.now(UTC) + YEARS).isoformat(),
        datetime.now(UTC).isoformat(),
    )
    result = await bench.backup()
    assert result.upload.failed_count == 0
    assert set(bench.states()) == {sha1(b"bytes"), sha1(b"others")}


# Summer time.


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 3, 28, 23, 0, tzinfo=BERLIN), 6),
        (datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN), 8),
        (datetime(2026, 3, 29, 1, 59, tzinfo=BERLIN), 3 + 1 / 60),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), 3.5),
    ],
)
def test_tomorrow_is_six_by_the_clock_on_the_wall(now, hours):
    assert minutes_until_tomorrow(now, BERLIN) == round(hours * 60)
    until = (now.astimezone(UTC) + timedelta(hours=hours)).astimezone(BERLIN)
    assert (until.hour, until.minute) == (6, 0)


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)]
)
def test_quiet_hours_are_those_of_the_clock_on_the_wall(day):
    """Of each night from 22 to 7 o'clock no minute is loud and none of the day is quiet."""
    rules = Rules(quiet_hours=(datetime(1, 1, 1, 22).time(), datetime(1, 1, 1, 7).time()))  # noqa: DTZ001  of a wall
    for minute in range(0, 3 * 24 * 60, 10):
        local = (day + timedelta(minutes=minute)).astimezone(BERLIN)
        quiet = bool(blockers(Readings(), rules, local.time()))
        assert quiet is (local.hour >= 22 or local.hour < 7)
