"""Conditions as the engine sees them: what is logged, what passes, what a person chose."""

import asyncio
import logging
import os
import stat
import time as real_time
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.clock import BEGIN, FakeClock
from tests.fakes.machine import FakeMachine
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.core.choices import Choices
from tray_app.core.conditions import Blocker, Readings, Rules
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.host import HostEvent
from tray_app.core.pauses import Pause
from tray_app.engine import conditions as module
from tray_app.engine.choices import PersonalChoices
from tray_app.engine.conditions import Conditions
from tray_app.engine.passing import PORTAL_SECONDS, SLEEP_SECONDS, Passing


def judge(machine, clock=None, rules=None, **more):
    return Conditions(machine, lambda: rules or Rules(), clock or FakeClock(), **more)


async def test_one_line_when_reasons_change_and_none_while_they_stay(caplog):
    caplog.set_level(logging.INFO)
    machine = FakeMachine(Readings(on_ac=False, battery_percent=19.0, network_name="Our home"))
    conditions = judge(machine)
    for percent in (19.0, 18.0, 17.0):
        machine.change(battery_percent=percent)
        await conditions.look()
    machine.change(metered=True)
    await conditions.look()
    machine.change(metered=False, battery_percent=90.0)
    for _ in range(3):
        assert await conditions.look() == ()
    assert [record.getMessage() for record in caplog.records] == [
        "The backup has to wait: The battery is at 19 %, below 20 %.",
        "The backup has to wait: This network is metered. The battery is at 17 %, below 20 %.",
        "The backup has to wait: no longer.",
    ]
    assert {record.levelno for record in caplog.records} == {logging.INFO}


async def test_going_to_sleep_ends_the_wait_for_a_blocker_at_once(monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 60.0)
    clock = FakeClock()
    passing = Passing(clock)
    conditions = judge(FakeMachine(), clock, passing=passing)
    watching = asyncio.create_task(conditions.until_blocked())
    await asyncio.sleep(0)
    await clock.advance(1)
    passing.heard(HostEvent.UNLOCKED)
    passing.heard(HostEvent.ABOUT_TO_SLEEP)
    (reason,) = await asyncio.wait_for(watching, 1)
    assert reason.words == "The computer goes to sleep."
    passing.heard(HostEvent.WOKE)
    assert await conditions.look() == ()


async def test_a_sleep_that_never_comes_is_over_after_a_minute_awake():
    clock = FakeClock()
    passing = Passing(clock)
    passing.heard(HostEvent.ABOUT_TO_SLEEP)
    await clock.advance(SLEEP_SECONDS - 1)
    assert passing.asleep
    await clock.advance(1)
    assert not passing.asleep


async def test_a_login_page_is_remembered_for_its_network_and_less_than_a_minute():
    assert PORTAL_SECONDS < 60, "a waiting backup must try again at its next look"
    clock, machine = FakeClock(), FakeMachine(Readings(network_id="café"))
    conditions = judge(machine, clock, passing=Passing(clock))
    assert await conditions.look() == ()
    (reason,) = await conditions.met_portal()
    assert reason.words == "This network wants you to log in first (captive portal)."
    assert (await conditions.look())[0].blocker is Blocker.CAPTIVE_PORTAL
    machine.change(network_id="home")
    assert await conditions.look() == ()
    machine.change(network_id="café")
    await clock.advance(PORTAL_SECONDS)
    assert await conditions.look() == ()


BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.fixture
def berlin(monkeypatch):
    monkeypatch.setenv("TZ", BERLIN)
    real_time.tzset()
    yield
    monkeypatch.undo()
    real_time.tzset()


@pytest.mark.parametrize(
    ("utc", "quiet"),
    [
        ("2026-01-10T20:59:59", False),  # 21:59:59
        ("2026-01-10T21:00:00", True),
        ("2026-01-10T22:59:59", True),  # just before and after midnight
        ("2026-01-10T23:00:00", True),
        ("2026-01-11T01:29:59", True),  # 02:29:59
        ("2026-01-11T01:30:00", False),
        ("2026-03-29T00:59:59", True),  # 01:59:59, then the clocks jump over the end: 03:00
        ("2026-03-29T01:00:00", False),
        ("2026-10-25T00:29:59", True),  # 02:29:59, the first time
        ("2026-10-25T00:30:00", False),
        ("2026-10-25T01:00:00", True),  # 02:00 again: the end comes twice
        ("2026-10-25T01:30:00", False),
        ("2026-07-10T20:00:00", True),  # 22:00 in summer
        ("2026-07-10T19:59:59", False),
    ],
)
async def test_quiet_hours_follow_the_clock_on_the_wall(berlin, utc, quiet):
    clock = FakeClock()
    await clock.advance((datetime.fromisoformat(utc).replace(tzinfo=UTC) - BEGIN).total_seconds())
    hours = tuple(datetime.strptime(it, "%H:%M").time() for it in ("22:00", "02:30"))  # noqa: DTZ007
    reasons = await judge(FakeMachine(), clock, Rules(quiet_hours=hours)).look()
    assert [it.words for it in reasons] == (["It is quiet hours until 02:30."] if quiet else [])


# What a person chose.


@pytest.fixture
def file(tmp_path):
    return tmp_path / "choices.json"


def opened(file, clock=None):
    return PersonalChoices(ChoicesFile(file), clock or FakeClock())


@pytest.mark.parametrize("minutes", [30, 60, None])
async def test_a_pause_survives_a_restart_and_ends_by_itself(file, minutes):
    clock = FakeClock()
    choices = opened(file, clock)
    choices.set_pause(Pause.of(clock.now(), minutes))
    await choices.close()
    again = opened(file, clock)
    assert again.pause == Pause(minutes and BEGIN + timedelta(minutes=minutes))
    await clock.advance((minutes or 60) * 60)
    assert again.pause == (None if minutes else Pause())
    again.set_pause(None)
    await again.close()
    assert opened(file).pause is None


async def test_networks_are_remembered_one_by_one(file):
    choices = opened(file)
    choices.allow("uuid-1", "Our home")
    choices.allow("gateway aa:bb", "")
    choices.forget("unknown")
    await choices.close()
    again = opened(file)
    assert again.allowed() == {"uuid-1", "gateway aa:bb"}
    assert again.networks()["uuid-1"] == "Our home"
    again.forget("uuid-1")
    again.set_pause(Pause())
    await again.close()
    assert opened(file).allowed() == {"gateway aa:bb"}
    assert opened(file).pause == Pause()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_network_without_an_id_is_allowed_until_it_is_left(file):
    choices = opened(file)
    choices.allow(None)
    choices.seen(Readings(metered=True))
    assert choices.allowed() == {None}
    choices.seen(Readings(network_id="home"))
    assert choices.allowed() == frozenset()
    choices.allow(None)
    choices.seen(Readings(online=False))
    assert choices.allowed() == frozenset()
    choices.allow(None)
    choices.forget(None)
    assert choices.allowed() == frozenset()
    choices.allow(None)
    await choices.close()
    assert opened(file).allowed() == frozenset(), "kept beyond this session"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"pause": 7}',
        b'{"networks": {"a": 1}}',
        b"\xff",
        b'{"pause": {"until": "2026-01-01T00:00:00"}, "networks": {}}',
    ],
)
async def test_a_damaged_file_is_no_choice_and_is_told(file, caplog, content):
    file.write_bytes(content)
    choices = opened(file)
    assert (choices.pause, choices.allowed()) == (None, frozenset())
    assert len(caplog.records) == 1
    choices.allow("x")
    await choices.close()
    assert opened(file).allowed() == {"x"}


async def test_a_full_disk_keeps_the_choice_and_says_what_will_be_lost(caplog):
    class Full:
        def load(self):
            return Choices()

        def save(self, choices):
            raise NeedsUser("The disk is full.", need=Need.DISK, remedy="Free space.")

    choices = PersonalChoices(Full(), FakeClock())
    choices.set_pause(Pause())
    await choices.close()
    assert choices.pause == Pause()
    assert "The disk is full. Free space." in caplog.text


async def test_many_changes_end_in_the_last_one(file):
    choices = opened(file)
    for number in range(50):
        choices.allow(f"network {number}")
    await choices.close()
    assert len(opened(file).allowed()) == 50
    assert os.listdir(file.parent) == [file.name]
