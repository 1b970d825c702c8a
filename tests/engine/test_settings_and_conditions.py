"""Every setting and every condition of the service starts, holds and stops a run, and says why.

Fake readings and a fake clock; the real supervisor, conditions, rules, choices and words.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.fakes.clock import BEGIN, FakeClock
from tests.fakes.machine import FakeMachine
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.app.channel import status_json
from tray_app.app.conditions import held_by
from tray_app.app.world import rules_of
from tray_app.core.conditions import Medium, Readings
from tray_app.core.host import HostEvent
from tray_app.core.run import Outcome, RunResult
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Overview, Phase, UploadState
from tray_app.engine import conditions as module
from tray_app.engine.choices import PersonalChoices
from tray_app.engine.conditions import Conditions
from tray_app.engine.passing import PORTAL_SECONDS, Passing
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.ui.view import tray_view

SERVER = "https://photos.example.org/api"
HOME = Readings(
    online=True,
    metered=False,
    medium=Medium.WIFI,
    network_id="home",
    network_name="Home",
    on_ac=True,
    battery_percent=80.0,
)


class Transfer:
    """A run that sends until it is told to end, watched by the real conditions."""

    def __init__(self, ended):
        self.ended, self.held = ended, ()

    def hold(self, reasons):
        self.held = tuple(reasons)
        self.ended.set()

    def stop(self):
        self.ended.set()

    abort = stop


class Life:
    """The service of one laptop; a test changes the laptop and the settings under it."""

    def __init__(self, file, settings, readings):
        self.clock, self.store, self.machine = FakeClock(), Store(), FakeMachine(readings)
        self.settings = settings
        self.choices = PersonalChoices(ChoicesFile(file), self.clock)
        self.passing = Passing(self.clock)
        self.running = None
        self.begun = 0
        self.quit = asyncio.Event()
        self.of = {
            asked: Conditions(
                self.machine,
                lambda asked=asked: replace(
                    rules_of(self.settings, SERVER, background=not asked),
                    allowed_networks=self.choices.allowed(),
                ),
                self.clock,
                passing=self.passing,
                seen=self.choices.seen,
            )
            for asked in (False, True)
        }

        async def look():
            return Overview()

        async def hold(asked):
            return await self.of[asked].look()

        self.service = Supervisor(
            self.store,
            self.clock,
            self._backup,
            look,
            hold,
            print,
            self.quit,
            allow_network=self._allow,
        )
        self.machine.on_change(self.service.conditions_changed)

    async def _backup(self, hooks, order):
        self.begun += 1
        self.running = ended = asyncio.Event()
        transfer = Transfer(ended)
        hooks.begun(transfer)
        hooks.publish(Phase.UPLOADING, UploadState(total_count=3))
        try:
            async with held_by(transfer, self.of[order.asked]):
                await ended.wait()
        finally:
            self.running = None
        outcome = Outcome.WAITING if transfer.held else Outcome.STOPPED
        reason = " ".join(it.words for it in transfer.held)
        blockers = tuple(it.blocker for it in transfer.held)
        return RunResult(
            outcome=outcome, upload=UploadState(), seconds=1.0, reason=reason, blockers=blockers
        )

    async def _allow(self):
        readings = await self.machine.read()
        self.choices.allow(readings.network_id)

    def change(self, **settings):
        self.settings = replace(self.settings, **settings)
        self.service.settings_changed(self.settings)

    def hear(self, event):
        self.passing.heard(event)
        self.service.sleeps() if event is HostEvent.ABOUT_TO_SLEEP else self.service.woke()

    async def settle(self):
        """Let everything happen that needs no time."""
        for _ in range(60):
            await asyncio.sleep(0)

    async def minutes(self, count):
        await self.settle()
        await self.clock.advance(count * 60.0)
        await self.settle()

    async def until(self, met):
        """Wait for what a run's own look at the conditions brings; bounded, in real time."""
        async with asyncio.timeout(10):
            while not met():
                await asyncio.sleep(0.005)

    @property
    def phase(self):
        return self.store.snapshot.phase

    @property
    def sends(self):
        return self.running is not None

    def says(self, reason):
        """Check that tray, status and snapshot name the reason."""
        status = status_json(self.store.snapshot, self.clock.now())
        assert reason in " ".join(status["reasons"])
        view = tray_view(self.store.snapshot, self.clock.now())
        short = "Paused" if self.phase is Phase.PAUSED else reason[1:]
        assert short in view.tooltip
        assert short in status["words"]


@asynccontextmanager
async def living(tmp_path, readings=HOME, **settings):
    chosen = {"background_backup": True, "backup_trigger_delay": 0, **settings}
    it = Life(tmp_path / "choices.json", Settings(), readings)
    it.change(**chosen)
    task = asyncio.create_task(it.service.serve())
    try:
        yield it
    finally:
        it.quit.set()
        await asyncio.wait_for(task, 10)
        await it.choices.close()


def reads(**readings):
    return lambda it: it.machine.change(**readings)


def sets(**settings):
    return lambda it: it.change(**settings)


def quiet(it):
    now = it.clock.now().astimezone()
    begin, end = now - timedelta(hours=1), now + timedelta(hours=1)
    it.change(quiet_hours=f"{begin:%H:%M}-{end:%H:%M}")


@dataclass(frozen=True)
class Case:
    """`block` and `free` change the world; `settings` hold from the start.

    `lasts`: minutes for which it must hold without a change (120: as good as for ever).
    """

    block: Callable[[Life], object]
    free: Callable[[Life], object]
    reason: str
    phase: Phase = Phase.WAITING
    settings: dict[str, object] = field(default_factory=dict)
    lasts: float = 120


UNPLUGGED, PLUGGED = reads(on_ac=False), reads(on_ac=True)
EMPTY = reads(on_ac=False, battery_percent=19.9)
CASES = {
    "metered": Case(reads(metered=True), reads(metered=False), "“Home” is metered."),
    "metered, allowed by setting": Case(
        reads(metered=True), sets(backup_require_wifi=False), "“Home” is metered."
    ),
    "metered, setting switched on": Case(
        sets(backup_require_wifi=True),
        sets(backup_require_wifi=False),
        "“Home” is metered.",
        settings={"readings": replace(HOME, metered=True), "backup_require_wifi": False},
    ),
    "metered, this network allowed": Case(
        reads(metered=True),
        lambda it: it.service.upload_anyway(),
        "“Home” is metered.",
    ),
    "cellular": Case(
        reads(medium=Medium.CELLULAR), reads(medium=Medium.WIFI), "“Home” is a mobile connection."
    ),
    "tethered": Case(
        reads(tethered=True), reads(tethered=False), "“Home” is a phone's connection (tethering)."
    ),
    "bluetooth": Case(
        reads(medium=Medium.BLUETOOTH), reads(medium=Medium.ETHERNET), "(tethering)."
    ),
    "no route to the server": Case(
        reads(online=False), reads(online=True), "no network leads to the server."
    ),
    "offline, no network at all": Case(
        reads(online=False, medium=None, network_id=None, network_name=None),
        reads(online=True, medium=Medium.WIFI, network_id="home", network_name="Home"),
        "This computer is offline",
    ),
    "captive portal": Case(
        reads(captive=True), reads(captive=False), "“Home” wants you to log in first"
    ),
    "not charging": Case(
        UNPLUGGED,
        PLUGGED,
        "The computer runs on battery.",
        settings={"backup_require_charging": True},
    ),
    "not charging, setting switched on and off": Case(
        sets(backup_require_charging=True),
        sets(backup_require_charging=False),
        "The computer runs on battery.",
        settings={"readings": replace(HOME, on_ac=False)},
    ),
    "battery low": Case(EMPTY, PLUGGED, "The battery is at 19 %, below 20 %."),
    "battery level lowered": Case(
        EMPTY, sets(backup_min_battery_percent=10), "The battery is at 19 %, below 20 %."
    ),
    "battery level raised": Case(
        sets(backup_min_battery_percent=90),
        sets(backup_min_battery_percent=20),
        "The battery is at 80 %, below 90 %.",
        settings={"readings": replace(HOME, on_ac=False)},
    ),
    "power saver": Case(
        reads(on_ac=False, power_saver=True), reads(power_saver=False), "The power saver is on."
    ),
    "quiet hours": Case(quiet, sets(quiet_hours=""), "It is quiet hours until ", lasts=58),
    "paused": Case(
        lambda it: it.service.pause(None),
        lambda it: it.service.resume(),
        "You paused the backup until you resume it.",
        Phase.PAUSED,
    ),
    "asleep": Case(
        lambda it: it.hear(HostEvent.ABOUT_TO_SLEEP),
        lambda it: it.hear(HostEvent.WOKE),
        "The computer goes to sleep.",
        lasts=0.9,  # a computer that is awake for a minute did not go to sleep
    ),
}
EVERY = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture(autouse=True)
def soon(monkeypatch, caplog):
    """Let a run look at the conditions more often than once a second of the test's time."""
    monkeypatch.setattr(module, "POLL_SECONDS", 0.02)
    caplog.set_level(logging.INFO)


@EVERY
async def test_holds_what_is_due_says_why_and_lets_it_start(case, tmp_path, caplog):
    async with living(tmp_path, **case.settings, background_backup=False) as it:
        case.block(it)
        await it.settle()
        it.change(background_backup=True)
        await it.settle()
        assert (it.begun, it.phase) == (0, case.phase)
        it.says(case.reason)
        await it.minutes(case.lasts)
        assert it.begun == 0, "it began although nothing had changed"
        it.says(case.reason)
        case.free(it)
        await it.until(lambda: it.sends)
        assert it.phase is Phase.UPLOADING
        assert it.store.snapshot.reasons == ()
    if case.phase is Phase.PAUSED:
        assert f"The backup has to wait: {case.reason}" in caplog.text


@EVERY
async def test_stops_a_run_says_why_and_goes_on(case, tmp_path, caplog):
    async with living(tmp_path, **case.settings) as it:
        await it.until(lambda: it.sends)
        case.block(it)
        await it.until(lambda: it.phase is case.phase)
        assert not it.sends
        it.says(case.reason)
        assert "The backup has to wait: " in caplog.text
        assert case.reason.replace("“Home”", "This network") in caplog.text
        case.free(it)
        await it.until(lambda: it.sends)
        assert (it.begun, it.phase) == (2, Phase.UPLOADING)


@pytest.mark.parametrize(
    "readings",
    [
        pytest.param(Readings(), id="nothing is known"),
        pytest.param(replace(HOME, metered=None), id="unknown is not metered"),
        pytest.param(replace(HOME, medium=Medium.ETHERNET), id="a cable is no mobile data"),
        pytest.param(replace(HOME, medium=Medium.OTHER), id="a VPN"),
        pytest.param(replace(HOME, battery_percent=5.0), id="an empty battery that charges"),
        pytest.param(replace(HOME, power_saver=True), id="the power saver while plugged in"),
        pytest.param(replace(HOME, on_ac=None, battery_percent=None), id="power is not known"),
    ],
)
async def test_what_is_no_reason_to_wait(readings, tmp_path):
    async with living(tmp_path, readings, backup_require_charging=True) as it:
        await it.until(lambda: it.sends)
        assert it.store.snapshot.reasons == ()


async def test_several_reasons_are_all_told_and_the_last_one_lets_go(tmp_path):
    reading = replace(HOME, metered=True, on_ac=False, battery_percent=3.0)
    async with living(tmp_path, reading) as it:
        await it.settle()
        it.says("“Home” is metered. The battery is at 3 %, below 20 %.")
        it.machine.change(metered=False)
        await it.settle()
        assert it.store.snapshot.reasons == ("The battery is at 3 %, below 20 %.",)
        it.machine.change(on_ac=True)
        await it.until(lambda: it.sends)


@pytest.mark.parametrize(
    ("readings", "would_help"),
    [
        pytest.param({"metered": True}, True, id="metered"),
        pytest.param({"tethered": True}, True, id="a phone"),
        pytest.param({"medium": Medium.CELLULAR}, True, id="mobile"),
        pytest.param(
            {"metered": True, "on_ac": False, "battery_percent": 3.0}, False, id="and low"
        ),
        pytest.param({"online": False}, False, id="offline"),
        pytest.param({}, False, id="nothing in the way"),
    ],
)
async def test_upload_anyway_is_offered_where_it_helps(readings, would_help, tmp_path):
    async with living(tmp_path) as it:
        await it.until(lambda: it.sends)
        it.machine.change(**readings)
        if readings:
            await it.until(lambda: it.phase is Phase.WAITING)
        assert it.store.snapshot.costly is would_help
        await it.minutes(5)
        assert it.store.snapshot.costly is would_help
        assert tray_view(it.store.snapshot, it.clock.now()).can_upload_anyway is would_help


async def test_a_system_without_signals_lets_go_within_a_minute(tmp_path):
    async with living(tmp_path, replace(HOME, metered=True)) as it:
        it.machine.silent = True
        await it.settle()
        it.machine.change(metered=False)
        await it.minutes(1)
        assert it.sends


async def test_a_login_page_is_tried_again_within_a_minute(tmp_path):
    async with living(tmp_path) as it:
        it.passing.met_portal("home")
        it.service.conditions_changed()
        await it.until(lambda: it.phase is Phase.WAITING)
        it.says("“Home” wants you to log in first (captive portal).")
        await it.clock.advance(PORTAL_SECONDS + 5)
        await it.until(lambda: it.sends)


@pytest.mark.parametrize("minutes", [30, 60, 24 * 60])
async def test_a_pause_ends_by_itself(minutes, tmp_path):
    async with living(tmp_path) as it:
        await it.until(lambda: it.sends)
        it.service.pause(minutes)
        await it.until(lambda: it.phase is Phase.PAUSED)
        it.says("You paused the backup until ")
        assert it.store.snapshot.resume_at == BEGIN + timedelta(minutes=minutes)
        await it.minutes(minutes - 1)
        assert not it.sends
        await it.minutes(1)
        assert it.sends


async def test_quiet_hours_begin_and_end_by_the_clock(tmp_path):
    hours = [(BEGIN + timedelta(hours=hour)).astimezone() for hour in (2, 4)]
    async with living(tmp_path, quiet_hours=f"{hours[0]:%H:%M}-{hours[1]:%H:%M}") as it:
        await it.until(lambda: it.sends)
        await it.minutes(119)
        assert it.sends
        await it.clock.advance(60)
        await it.until(lambda: it.phase is Phase.WAITING)
        it.says("It is quiet hours until ")
        await it.minutes(119)
        assert not it.sends
        await it.minutes(2)
        assert it.sends


async def test_back_up_now_passes_delay_pause_and_quiet_hours_and_nothing_else(tmp_path):
    async with living(tmp_path, background_backup=False) as it:
        quiet(it)
        it.service.pause(None)
        it.service.back_up_now()
        await it.until(lambda: it.sends)
        it.running.set()
        await it.settle()
        it.machine.change(metered=True)
        it.service.back_up_now()
        await it.settle()
        assert (it.begun, it.phase) == (1, Phase.WAITING)
        it.says("“Home” is metered.")


async def test_the_switch_starts_and_stops(tmp_path):
    async with living(tmp_path, background_backup=False) as it:
        await it.minutes(600)
        assert (it.begun, it.store.snapshot.automatic) == (0, False)
        it.change(background_backup=True)
        await it.until(lambda: it.sends)
        it.change(background_backup=False)
        await it.until(lambda: not it.sends)
        await it.minutes(600)
        assert (it.begun, it.store.snapshot.automatic) == (1, False)
        it.service.start()
        await it.until(lambda: it.sends)
        it.service.stop()
        await it.until(lambda: not it.sends)


@pytest.mark.parametrize("delay", [1, 30, 120])
async def test_the_delay_its_extension_and_its_cap(delay, tmp_path):
    async with living(tmp_path, backup_trigger_delay=delay, background_backup=False) as it:
        await it.settle()
        it.change(background_backup=True)
        await it.settle()
        assert it.phase is Phase.DELAYED
        assert it.store.snapshot.resume_at == BEGIN + timedelta(minutes=delay)
        half = delay / 2
        for _ in range(19):  # a new file after each half of the delay, up to 9.5 delays
            await it.minutes(half)
            it.service.files_changed(frozenset({"/photos"}))
            it.service.look_again()
        assert it.begun == 0
        await it.settle()
        assert it.store.snapshot.resume_at == BEGIN + timedelta(minutes=10 * delay)
        await it.minutes(half)
        assert it.sends, "the cap of ten delays"


async def test_a_shorter_delay_acts_at_once(tmp_path):
    async with living(tmp_path, backup_trigger_delay=30) as it:
        await it.minutes(10)
        it.change(backup_trigger_delay=10)
        await it.until(lambda: it.sends)
