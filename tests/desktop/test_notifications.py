"""Toasts over D-Bus: what is sent, and a service that is late, gone, slow or poor."""

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.contract.test_notifier import news, progress
from tests.rig.notifications import Notifications
from tests.rig.system_bus import running_bus
from tray_app.core.notification import Notification
from tray_app.core.toasts import Button, Slot, progress_toast
from tray_app.desktop.linux.notifications import FreedesktopToasts


@pytest.fixture
def session(monkeypatch):
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,
        running_bus(Path(folder, "bus")) as address,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


class Balloon:
    def __init__(self, *, there=False):
        self.there = there
        self.asked = asyncio.Queue()

    def __call__(self, toast):
        self.asked.put_nowait(toast)
        return self.there


@asynccontextmanager
async def opened(balloon=None):
    toasts = FreedesktopToasts(
        balloon or Balloon(), app_name="Immich Tray", icon="", entry="immich-tray"
    )
    yield toasts
    await toasts.close()


def shows(*contents):
    return lambda service: [shown.content for shown in service.screen.values()] == [*contents]


async def test_progress_is_silent_passing_and_has_a_share(both_loops, session):
    async with opened() as toasts, Notifications(session) as service:
        said = Notification(title="T", content="Uploading photo 5 of 8", progress=5, max=8)
        toasts.show(progress_toast(said))
        toasts.show(progress("a.jpg", detail=True))
        toasts.show(news(Slot.ERROR, "help", Button.RETRY, Button.WHY))
        await service.until(lambda it: len(it.screen) == 3)
        total, detail, error = service.asked
        assert total.hints["value"] == 62
        for it in (total, detail):
            assert (it.hints["suppress-sound"], it.hints["transient"]) == (True, True)
            assert it.hints["urgency"] == 0
            assert it.timeout == 60_000
        assert total.actions == ["default", "Show", "pause", "Pause for 1 hour", "show", "Show"]
        assert error.actions == ["default", "Show", "retry", "Retry", "why", "Why?"]
        assert (error.hints["urgency"], error.timeout) == (1, 0)
        assert not {"transient", "suppress-sound", "value"} & error.hints.keys()


async def test_without_a_share_there_is_no_bar(session):
    async with opened() as toasts, Notifications(session) as service:
        looking = Notification(title="T", content="Looking", indeterminate=True)
        toasts.show(progress_toast(looking))
        await service.until(shows("Looking"))
        assert "value" not in service.asked[0].hints


async def test_foreign_text_is_never_markup_and_a_poor_service_gets_no_buttons(session):
    async with opened() as toasts:
        name = "<b>a & b</b>.jpg"
        async with Notifications(session) as service:
            toasts.show(progress(name, detail=True))
            await service.until(shows("&lt;b&gt;a &amp; b&lt;/b&gt;.jpg"))
        async with Notifications(session, abilities=("body",)) as service:
            await service.until(shows(name))  # taken over from the one that went
            assert service.asked[0].actions == []


async def test_it_waits_for_a_service_that_comes_later_and_again(session):
    balloon = Balloon()
    async with opened(balloon) as toasts:
        toasts.show(news(Slot.ERROR, "sign in"))
        assert (await asyncio.wait_for(balloon.asked.get(), 5)).slot is Slot.ERROR
        for _ in range(2):
            async with Notifications(session) as service:
                await service.until(shows("sign in"))
                assert service.asked[0].replaces == 0  # numbers of another service mean nothing
        assert balloon.asked.empty()  # shown once, so no balloon tells it again


async def test_where_a_balloon_told_it_no_later_service_tells_it_again(session):
    balloon = Balloon(there=True)
    async with opened(balloon) as toasts:
        toasts.show(progress("1 of 3"))
        toasts.show(news(Slot.ERROR, "sign in"))
        assert (await asyncio.wait_for(balloon.asked.get(), 5)).slot is Slot.ERROR
        async with Notifications(session) as service:
            await service.until(shows("1 of 3"))
            toasts.withdraw(Slot.TOTAL)
            await service.until(shows())
            assert [it.content for it in service.asked] == ["1 of 3"]
        assert balloon.asked.empty()


async def test_a_service_that_hangs_blocks_nobody_and_gets_only_the_newest(session):
    async with opened() as toasts:
        async with Notifications(session) as service:
            toasts.show(progress("0"))
            await service.until(shows("0"))
            service.hangs = True
            loop = asyncio.get_running_loop()
            begin = loop.time()
            for number in range(1, 1000):
                toasts.show(progress(str(number)))
            assert loop.time() - begin < 1
            await service.until(lambda it: len(it.asked) == 2)
        async with Notifications(session) as service:  # it was started anew
            await service.until(shows("999"))
            assert len(service.asked) == 1


async def test_without_a_bus_nothing_breaks(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    balloon = Balloon(there=True)
    toasts = FreedesktopToasts(balloon, app_name="Immich Tray", icon="", entry="immich-tray")
    toasts.show(progress("1 of 3"))
    toasts.show(news(Slot.ERROR, "sign in"))
    assert (await asyncio.wait_for(balloon.asked.get(), 5)).slot is Slot.ERROR
    await toasts.close()


async def test_numbers_of_other_programs_mean_nothing(session):
    pressed = []
    async with opened() as toasts, Notifications(session) as service:
        toasts.on_press(pressed.append)
        toasts.show(news(Slot.ERROR, "sign in", Button.WHY))
        await service.until(shows("sign in"))
        number = service.number("Error")
        service.press(number + 1, "why")
        service.press(number, "unheard-of")
        service.press(number, "default")
        service.close(number + 1, 2)
        async with asyncio.timeout(5):
            while not pressed:
                await asyncio.sleep(0.01)
        assert pressed == [Button.SHOW]
