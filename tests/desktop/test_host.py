"""Sleep, wake, shutdown and unlock, from a stand-in logind and from clocks that a test moves."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from dbus_fast import Variant

from tests.rig.system_bus import SESSION, Logind
from tray_app.core.host import HostEvent
from tray_app.desktop import host as host_module
from tray_app.desktop.clock_gap import SECONDS, ClockGap, Clocks, read_clocks
from tray_app.desktop.host import SystemHost
from tray_app.desktop.linux import logind as module
from tray_app.desktop.pick import pick_host


class Events:
    """Collects the events of a host."""

    def __init__(self, host):
        self.all = []
        self._come = asyncio.Event()
        host.on_event(self._take)

    def _take(self, event):
        self.all.append(event)
        self._come.set()

    async def next(self):
        async with asyncio.timeout(1):
            await self._come.wait()
        self._come.clear()
        return self.all[-1]


@asynccontextmanager
async def host_of(login):
    """A host that has found its session, and its events."""
    async with pick_host() as host:
        async with asyncio.timeout(2):
            while not login.asked:
                await asyncio.sleep(0.01)
        yield host, Events(host)


async def test_sleep_and_wake(both_loops, bus):
    async with Logind(bus) as login, host_of(login) as (_, events):
        login.prepare("Sleep", begins=True)
        assert await events.next() is HostEvent.ABOUT_TO_SLEEP
        login.prepare("Sleep", begins=False)
        assert await events.next() is HostEvent.WOKE
        login.prepare("Shutdown", begins=True)
        assert await events.next() is HostEvent.ABOUT_TO_SHUT_DOWN
        assert login.inhibitors == [], "nothing was transferred, so nothing may be delayed"


async def test_a_sleep_that_never_comes_ends(bus, monkeypatch):
    monkeypatch.setattr(host_module, "SLEEPLESS_SECONDS", 0.2)
    async with Logind(bus) as login, host_of(login) as (_, events):
        login.prepare("Sleep", begins=True)
        assert await events.next() is HostEvent.ABOUT_TO_SLEEP
        assert await events.next() is HostEvent.WOKE
        login.prepare("Sleep", begins=True)
        await events.next()
        login.prepare("Sleep", begins=False)
        assert await events.next() is HostEvent.WOKE
        await asyncio.sleep(0.4)
        assert events.all.count(HostEvent.WOKE) == 2


async def test_unlocking_is_told_once_and_only_of_our_session(bus):
    async with Logind(bus) as login, host_of(login) as (_, events):
        other = SESSION[0].replace("_32", "_99")
        login.signal(other, SESSION[1], "Unlock")
        login.prepare("Sleep", begins=False)
        assert await events.next() is HostEvent.WOKE
        assert events.all == [HostEvent.WOKE]
        login.change(*SESSION, LockedHint=Variant("b", True))
        login.change(*SESSION, IdleHint=Variant("b", False))
        login.change(*SESSION, LockedHint=Variant("b", False))
        login.signal(*SESSION, "Unlock")
        login.prepare("Sleep", begins=False)
        async with asyncio.timeout(1):
            while events.all.count(HostEvent.WOKE) < 2:
                await events.next()
        assert events.all == [HostEvent.WOKE, HostEvent.UNLOCKED, HostEvent.WOKE]


async def test_a_transfer_delays_sleep_until_it_ended(both_loops, bus):
    async with Logind(bus) as login, host_of(login) as (host, events):
        host.transferring(on=True)
        await login.until(held=True, seconds=1)
        assert login.inhibitors[0][0] == "sleep:shutdown"
        assert login.inhibitors[0][3] == "delay"
        login.prepare("Sleep", begins=True)
        await events.next()
        await asyncio.sleep(0.3)
        assert login.held
        host.transferring(on=False)
        assert await login.until(held=False, seconds=1) < 0.5
        assert len(login.inhibitors) == 1


async def test_a_transfer_that_does_not_end_is_slept_through(bus, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_DELAY", 0.4)
    async with Logind(bus) as login, host_of(login) as (host, events):
        host.transferring(on=True)
        await login.until(held=True, seconds=1)
        login.prepare("Sleep", begins=True)
        await events.next()
        assert 0.2 < await login.until(held=False, seconds=1) < 0.9
        login.prepare("Sleep", begins=False)
        await events.next()
        await login.until(held=True, seconds=1)
        assert len(login.inhibitors) == 2


def test_our_delay_is_below_that_of_logind():
    assert module.LONGEST_DELAY < 5


async def test_an_answer_that_comes_after_the_transfer_is_let_go(bus):
    async with Logind(bus) as login, host_of(login) as (host, _):
        host.transferring(on=True)
        host.transferring(on=False)
        async with asyncio.timeout(1):
            while not login.inhibitors:
                await asyncio.sleep(0.01)
        assert login.held, "the stand-in keeps its end until the answer was sent"
        await login.until(held=False, seconds=1)
        host.transferring(on=True)
        await login.until(held=True, seconds=1)


async def test_leaving_lets_the_inhibitor_go(bus):
    async with Logind(bus) as login:
        async with host_of(login) as (host, _):
            host.transferring(on=True)
            await login.until(held=True, seconds=1)
        await login.until(held=False, seconds=1)


async def test_without_logind_nothing_is_told_and_nothing_breaks(both_loops, no_bus):
    async with pick_host() as host:
        host.transferring(on=True)
        await asyncio.sleep(0.05)
        host.transferring(on=False)
    assert asyncio.all_tasks() == {asyncio.current_task()}


class Time:
    """Both clocks of a computer, and naps that a test ends."""

    def __init__(self):
        self.clocks = Clocks(1000.0, 500.0)
        self.naps = asyncio.Queue()
        self.napping = asyncio.Event()

    def read(self):
        return self.clocks

    async def sleep(self, seconds):
        assert seconds >= SECONDS >= 60, "an idle program wakes at most once a minute"
        self.napping.set()
        await self.naps.get()

    async def pass_(self, awake, asleep=0.0):
        """Let time pass to the end of a nap."""
        self.clocks = Clocks(self.clocks.all + awake + asleep, self.clocks.awake + awake)
        self.napping.clear()
        self.naps.put_nowait(None)
        await self.napping.wait()


@pytest.mark.parametrize(
    ("awake", "asleep", "expected"),
    [(60, 0, []), (75, 0, []), (60, 9, []), (60, 11, [HostEvent.WOKE]), (3, 1e5, [HostEvent.WOKE])],
)
async def test_the_clocks_tell_of_sleep(awake, asleep, expected):
    times = Time()
    async with SystemHost(gap=ClockGap(times.read), sleep=times.sleep) as host:
        events = Events(host)
        await times.napping.wait()
        await times.pass_(awake, asleep)
        await times.pass_(60)
        assert events.all == expected


async def test_a_wake_that_was_announced_is_not_told_again(bus):
    times = Time()
    async with (
        Logind(bus) as login,
        SystemHost(module.Logind(), ClockGap(times.read), times.sleep) as host,
    ):
        events = Events(host)
        await times.napping.wait()
        times.clocks = Clocks(times.clocks.all + 5000, times.clocks.awake + 5)
        login.prepare("Sleep", begins=False)
        await events.next()
        await times.pass_(55)
        assert events.all == [HostEvent.WOKE]


def test_a_changed_time_of_day_is_no_sleep():
    """The clocks that are compared do not follow it; they run alike while the computer is awake."""
    before = read_clocks()
    after = read_clocks()
    assert 0 <= after.all - before.all < 1
    assert abs((after.all - before.all) - (after.awake - before.awake)) < 0.1
    gap = ClockGap()
    assert not gap.slept()
