"""The look for new versions over weeks: once a week, only where wanted, never where it costs."""

import asyncio
from contextlib import asynccontextmanager

from tests.fakes.announcements import FakeAnnouncements
from tests.fakes.clock import FakeClock
from tests.fakes.machine import FakeMachine
from tests.fakes.site import Answer
from tray_app.adapters.updates import CheckFile
from tray_app.core.conditions import Readings
from tray_app.core.settings import Settings
from tray_app.engine.updates import UpdateCheck

DAY = 86_400
URL = "https://example.org/new"
ON = Settings(update_check=True, update_check_url=URL)


class World:
    def __init__(self, folder, **readings):
        self.answers = {"/new": Answer({"version": "0.2.0"})}
        self.web = FakeAnnouncements(self.answers)
        self.machine = FakeMachine(Readings(**readings))
        self.clock = FakeClock()
        self.file = CheckFile(folder / "update.json")
        self.said = []

    def check(self):
        return UpdateCheck("0.1.0", self.web, self.file, self.machine, self.clock, self.said.append)

    async def settle(self):
        """Let what is due happen."""
        for _ in range(50):
            await asyncio.sleep(0)

    @asynccontextmanager
    async def running(self, settings):
        check = self.check()
        check.settings_changed(settings)
        task = asyncio.create_task(check.serve())
        await self.settle()
        try:
            yield check
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def days(self, count):
        for _ in range(count * 24):
            await self.clock.advance(3600)
            await self.settle()


async def test_off_it_asks_nothing_and_needs_no_timer(tmp_path):
    world = World(tmp_path)
    async with world.running(Settings(update_check_url=URL)):
        await world.days(30)
    async with world.running(Settings(update_check=True)):  # no address
        await world.days(30)
    assert world.web.asked == []
    assert world.clock.slept == []
    assert world.said == []


async def test_on_it_asks_once_a_week_over_restarts_and_tells_once(tmp_path):
    world = World(tmp_path)
    async with world.running(ON):
        assert world.web.asked == [URL]
        await world.days(6)
    assert len(world.web.asked) == 1
    async with world.running(ON):
        assert len(world.web.asked) == 1
        await world.days(2)
    assert len(world.web.asked) == 2
    assert len(world.said) == 2  # once in each life of the program
    assert all("Version 0.2.0" in said for said in world.said)


async def test_a_muted_version_is_silent_and_the_next_is_told(tmp_path):
    world = World(tmp_path)
    async with world.running(ON) as check:
        check.settings_changed(
            Settings(update_check=True, update_check_url=URL, update_muted="0.2.0")
        )
        await world.settle()
        assert world.said[-1] == ""
        world.answers["/new"] = Answer({"version": "0.3.0"})
        await world.days(8)
        assert "Version 0.3.0" in world.said[-1]


async def test_switched_off_the_notice_goes(tmp_path):
    world = World(tmp_path)
    async with world.running(ON) as check:
        check.settings_changed(Settings())
        await world.settle()
        assert world.said[-1] == ""


async def test_on_a_metered_network_it_waits(tmp_path):
    world = World(tmp_path, metered=True)
    async with world.running(ON):
        await world.days(10)
        assert world.web.asked == []
        world.machine.change(metered=False)
        await world.days(1)
        assert world.web.asked == [URL]


async def test_an_answer_of_no_use_is_asked_for_again_after_a_day_and_keeps_what_was_known(
    tmp_path,
):
    world = World(tmp_path)
    async with world.running(ON):
        world.answers["/new"] = Answer(None, 500)
        await world.days(8)
        assert len(world.web.asked) == 3  # the first, after a week, and a day later
        assert len(world.said) == 1


async def test_another_address_is_asked_at_once_and_what_the_first_one_said_is_forgotten(tmp_path):
    world = World(tmp_path)
    world.answers["/other"] = Answer({"version": "0.1.0"})
    other = "https://example.org/other"
    async with world.running(ON) as check:
        check.settings_changed(Settings(update_check=True, update_check_url=other))
        await world.settle()
        assert world.web.asked == [URL, other]
        assert world.said[-1] == ""
