"""The fake notifier keeps the promises of the real one."""

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.notifier import FakeNotifier
from tests.rig.notifications import DISMISSED, Notifications
from tests.rig.system_bus import running_bus
from tray_app.core.notification import Notification
from tray_app.core.toasts import Button, Slot, Toast, progress_toast
from tray_app.desktop.linux.notifications import FreedesktopToasts

TITLES = {Slot.TOTAL: "Total", Slot.DETAIL: "Detail", Slot.ERROR: "Error"}


def progress(content, *, detail=False):
    title = TITLES[Slot.DETAIL if detail else Slot.TOTAL]
    return progress_toast(
        Notification(title=title, content=content, progress=1, max=100, is_detail=detail)
    )


def news(slot, content, *buttons):
    return Toast(slot, Notification(title=TITLES[slot], content=content), buttons=buttons)


class FakeScreen:
    def __init__(self, notifier):
        self.notifier = notifier

    async def shows(self, *contents):
        assert sorted(t.notification.content for t in self.notifier.screen.values()) == [*contents]

    async def dismiss(self, slot):
        self.notifier.dismiss(slot)

    def press(self, _slot, button):
        self.notifier.press(button)


class RealScreen:
    def __init__(self, service, bus):
        self.service = service

    async def shows(self, *contents):
        def fits(service):
            return sorted(shown.content for shown in service.screen.values()) == [*contents]

        await self.service.until(fits)

    async def dismiss(self, slot):
        number = self.service.number(TITLES[slot])
        self.service.close(number, DISMISSED)
        await asyncio.sleep(0.1)  # nothing answers a signal

    def press(self, slot, button):
        self.service.press(self.service.number(TITLES[slot]), button.value)


@asynccontextmanager
async def fake(_monkeypatch):
    notifier = FakeNotifier()
    yield notifier, FakeScreen(notifier)


@asynccontextmanager
async def linux(monkeypatch):
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,
        running_bus(Path(folder, "bus")) as address,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        async with Notifications(address) as service:
            toasts = FreedesktopToasts(
                lambda _toast: False, app_name="Immich Tray", icon="", entry="immich-tray"
            )
            yield toasts, RealScreen(service, address)
            await toasts.close()


@pytest.fixture(params=[fake, linux], ids=lambda it: it.__name__)
def any_notifier(request, monkeypatch):
    return request.param(monkeypatch)


async def test_each_slot_has_one_toast_which_is_replaced_and_withdrawn(any_notifier):
    async with any_notifier as (notifier, screen):
        notifier.show(progress("1 of 3"))
        await screen.shows("1 of 3")
        notifier.show(progress("2 of 3"))
        notifier.show(progress("a.jpg", detail=True))
        notifier.show(news(Slot.ERROR, "sign in"))
        await screen.shows("2 of 3", "a.jpg", "sign in")
        notifier.show(news(Slot.TOTAL, "3 photos"))
        notifier.withdraw(Slot.DETAIL)
        notifier.withdraw(Slot.DETAIL)
        await screen.shows("3 photos", "sign in")
        await notifier.close()
        await screen.shows()


async def test_progress_sent_away_stays_away_until_something_else_is_told(any_notifier):
    async with any_notifier as (notifier, screen):
        notifier.show(progress("1 of 3"))
        await screen.shows("1 of 3")
        await screen.dismiss(Slot.TOTAL)
        notifier.show(progress("2 of 3"))
        notifier.show(progress("a.jpg", detail=True))
        await screen.shows("a.jpg")
        notifier.show(news(Slot.TOTAL, "3 photos"))
        await screen.shows("3 photos", "a.jpg")
        await screen.dismiss(Slot.TOTAL)
        notifier.withdraw(Slot.TOTAL)
        notifier.show(progress("1 of 9"))
        await screen.shows("1 of 9", "a.jpg")


async def test_what_is_pressed_is_told(any_notifier):
    async with any_notifier as (notifier, screen):
        pressed = asyncio.Queue()
        notifier.on_press(pressed.put_nowait)
        notifier.show(news(Slot.ERROR, "3 photos failed", Button.RETRY, Button.WHY))
        await screen.shows("3 photos failed")
        for button in (Button.RETRY, Button.WHY):
            screen.press(Slot.ERROR, button)
            assert await asyncio.wait_for(pressed.get(), 5) is button
