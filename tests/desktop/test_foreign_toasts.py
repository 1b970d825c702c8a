"""The toasts of Windows and macOS over stand-ins of `windows-toasts` and `desktop-notifier`.

The stand-ins are ours, written from the sources of both libraries (1.3.1 and 6.2.0): neither
adapter has ever run for real.
"""

import asyncio
import sys
import threading
from contextlib import asynccontextmanager
from types import ModuleType, SimpleNamespace

import pytest

from tests.contract.test_notifier import news, progress
from tray_app.core.notification import Notification
from tray_app.core.toasts import Button, Slot, progress_toast
from tray_app.desktop.macos.toasts import MacScreen
from tray_app.desktop.pick import pick_notifier
from tray_app.desktop.screen_toasts import ScreenToasts
from tray_app.desktop.windows.toasts import WindowsScreen

CANCELED, TIMED_OUT = 0, 2  # ToastDismissalReason
FOREIGN = "<b>a&b</b> {x}.jpg"


class Balloons:
    def __init__(self):
        self.taken = asyncio.Queue()
        self.pressed = None

    def take(self, toast):
        self.taken.put_nowait(toast.notification.content)
        return not toast.progress

    def on_press(self, pressed):
        self.pressed = pressed


class Told:
    """What a library was told, in order."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.queue = asyncio.Queue()

    def __call__(self, *words):
        self.loop.call_soon_threadsafe(self.queue.put_nowait, words)

    async def next(self):
        return await asyncio.wait_for(self.queue.get(), 20)


def bare(**fields):
    return lambda **given: SimpleNamespace(**{**fields, **given})


class Windows(ModuleType):
    """`windows_toasts`."""

    def __init__(self):
        super().__init__("windows_toasts")
        self.told = Told()
        self.screen = {}
        self.refusing = False
        self.threads = set()
        self.Toast = bare(progress_bar=None, on_activated=None)
        self.ToastAudio = bare(silent=False)
        self.ToastButton = lambda content, arguments: (content, arguments)

    def ToastProgressBar(self, status, *, progress, progress_override):  # noqa: N802
        return (status, progress, progress_override)

    def InteractableWindowsToaster(self, name):  # noqa: N802
        assert name == "Immich Tray"
        return self

    def show_toast(self, toast):
        self.threads.add(threading.current_thread())
        if self.refusing:
            raise OSError(0x803E0111, "The notification platform is unavailable.")
        self.screen[toast.tag, toast.group] = toast
        self.told("show", toast.tag)

    def update_toast(self, toast):
        there = self.screen.get((toast.tag, toast.group))
        assert there in (None, toast)
        self.told("update", toast.tag)
        return there is not None

    def remove_toast(self, toast):
        del self.screen[toast.tag, toast.group]
        self.told("remove", toast.tag)

    def toast(self, slot):
        return self.screen[slot.value, "immich-tray"]

    def close(self, slot, reason):
        toast = self.screen.pop((slot.value, "immich-tray"))
        in_thread(toast.on_dismissed, SimpleNamespace(reason=reason))


def in_thread(call, *args):
    """Call back as the libraries do: not in the loop's thread."""
    thread = threading.Thread(target=call, args=args)
    thread.start()
    thread.join()


@asynccontextmanager
async def windows(monkeypatch):
    library, balloons = Windows(), Balloons()
    monkeypatch.setitem(sys.modules, "windows_toasts", library)
    toasts = ScreenToasts(WindowsScreen("Immich Tray"), balloons)
    yield toasts, library, balloons
    await toasts.close()
    assert library.screen == {}


async def test_windows_updates_progress_in_place_and_shows_the_summary_anew(
    both_loops, monkeypatch
):
    async with windows(monkeypatch) as (toasts, library, _balloons):
        said = Notification(title="T", content=FOREIGN, progress=5, max=8)
        toasts.show(progress_toast(said))
        assert await library.told.next() == ("show", "total")
        shown = library.toast(Slot.TOTAL)
        assert (shown.text_fields, shown.progress_bar) == (["T"], (FOREIGN, 0.625, None))
        assert shown.audio.silent
        assert shown.actions == [("Pause for 1 hour", "pause"), ("Show", "show")]
        toasts.show(progress_toast(Notification(title="T", content="scan", indeterminate=True)))
        assert await library.told.next() == ("update", "total")
        assert library.toast(Slot.TOTAL) is shown
        assert shown.progress_bar == ("scan", None, "")
        toasts.show(news(Slot.TOTAL, "3 photos"))
        assert await library.told.next() == ("show", "total")
        assert library.toast(Slot.TOTAL).text_fields == ["Total", "3 photos"]
        assert library.toast(Slot.TOTAL).progress_bar is None
        toasts.show(news(Slot.ERROR, "help"))
        assert await library.told.next() == ("show", "error")
        assert library.toast(Slot.ERROR).audio is None
        toasts.withdraw(Slot.TOTAL)
        toasts.withdraw(Slot.TOTAL)
        assert await library.told.next() == ("remove", "total")
        assert threading.main_thread() not in library.threads


async def test_windows_tells_what_is_pressed(both_loops, monkeypatch):
    async with windows(monkeypatch) as (toasts, library, balloons):
        pressed = asyncio.Queue()
        toasts.on_press(pressed.put_nowait)
        toasts.show(news(Slot.ERROR, "help", Button.RETRY, Button.WHY))
        await library.told.next()
        activated = library.toast(Slot.ERROR).on_activated
        for words, button in (("retry", Button.RETRY), ("error", Button.SHOW), (None, Button.SHOW)):
            in_thread(activated, SimpleNamespace(arguments=words))
            assert await asyncio.wait_for(pressed.get(), 20) is button
        assert balloons.pressed == pressed.put_nowait


@pytest.mark.parametrize("told", [True, False], ids=["told", "found out"])
async def test_windows_progress_sent_away_stays_away(monkeypatch, told):
    async with windows(monkeypatch) as (toasts, library, _balloons):
        toasts.show(progress("1 of 3"))
        await library.told.next()
        if told:
            library.close(Slot.TOTAL, CANCELED)
        else:
            library.screen.clear()
            toasts.show(progress("2 of 3"))
            assert await library.told.next() == ("update", "total")
        await asyncio.sleep(0)  # the loop hears of it
        toasts.show(progress("a.jpg", detail=True))
        assert await library.told.next() == ("show", "detail")
        toasts.show(progress("3 of 3"))
        toasts.show(news(Slot.ERROR, "help"))
        assert await library.told.next() == ("show", "error")
        toasts.show(news(Slot.TOTAL, "3 photos"))
        assert await library.told.next() == ("show", "total")


async def test_a_toast_that_windows_put_into_its_list_is_still_updated(monkeypatch):
    async with windows(monkeypatch) as (toasts, library, _balloons):
        toasts.show(progress("1 of 3"))
        await library.told.next()
        shown = library.toast(Slot.TOTAL)
        in_thread(shown.on_dismissed, SimpleNamespace(reason=TIMED_OUT))
        toasts.show(progress("2 of 3"))
        assert await library.told.next() == ("update", "total")


async def test_what_windows_refuses_is_a_balloon(monkeypatch):
    async with windows(monkeypatch) as (toasts, library, balloons):
        library.refusing = True
        toasts.show(progress("1 of 3"))
        toasts.show(news(Slot.ERROR, "help"))
        assert await asyncio.wait_for(balloons.taken.get(), 20) == "help"
        library.refusing = False
        toasts.show(news(Slot.ERROR, "help again"))
        await library.told.next()
        in_thread(library.toast(Slot.ERROR).on_failed, None)
        assert await asyncio.wait_for(balloons.taken.get(), 20) == "help again"
        library.screen.clear()


class Mac(ModuleType):
    """`desktop_notifier`, with what a person answers to the question of macOS."""

    DEFAULT_SOUND = "default"
    Urgency = SimpleNamespace(Low="low", Normal="normal")

    def __init__(self, *, bundle=True, granted=True):
        super().__init__("desktop_notifier")
        self.told = Told()
        self.screen = {}
        self.refusing = False
        self.bundle = bundle
        self.answer = asyncio.get_running_loop().create_future()
        if granted is not None:
            self.answer.set_result(granted)

    def DesktopNotifier(self, name):  # noqa: N802
        assert name == "Immich Tray"
        return self

    def Button(self, title, on_pressed, identifier):  # noqa: N802
        return SimpleNamespace(title=title, on_pressed=on_pressed, identifier=identifier)

    def Notification(self, title, message, **fields):  # noqa: N802
        return SimpleNamespace(title=title, message=message, **fields)

    async def get_capabilities(self):
        return frozenset({"title"} if self.bundle else ())

    async def request_authorisation(self):
        return await self.answer

    async def send_notification(self, it):
        if self.refusing:
            return
        assert it.identifier not in self.screen
        self.screen[it.identifier] = it
        it.on_dispatched()
        self.told("send", it.message, asyncio.get_running_loop().time())

    async def clear(self, identifier):
        self.screen.pop(identifier, None)
        self.told("clear", identifier)


@asynccontextmanager
async def mac(monkeypatch, library, pause=0.0, prompt=20.0):
    balloons = Balloons()
    monkeypatch.setitem(sys.modules, "desktop_notifier", library)
    toasts = ScreenToasts(MacScreen("Immich Tray", pause, prompt), balloons)
    yield toasts, balloons
    await toasts.close()
    assert not library or library.screen == {}


async def test_macos_replaces_by_clearing_first_and_tells_what_is_pressed(both_loops, monkeypatch):
    library = Mac()
    async with mac(monkeypatch, library) as (toasts, _balloons):
        pressed = asyncio.Queue()
        toasts.on_press(pressed.put_nowait)
        toasts.show(progress(FOREIGN))
        assert (await library.told.next())[:2] == ("send", FOREIGN)
        (shown,) = library.screen.values()
        assert (shown.title, shown.urgency, shown.sound) == ("Total", "low", None)
        toasts.show(news(Slot.TOTAL, "3 photos failed", Button.RETRY))
        assert await library.told.next() == ("clear", "immich-tray.total")
        assert (await library.told.next())[:2] == ("send", "3 photos failed")
        (shown,) = library.screen.values()
        (button,) = shown.buttons
        assert (button.title, button.identifier) == ("Retry", "retry")
        for call, meant in ((button.on_pressed, Button.RETRY), (shown.on_clicked, Button.SHOW)):
            in_thread(call)
            assert await asyncio.wait_for(pressed.get(), 20) is meant
        toasts.show(news(Slot.ERROR, "help"))
        await library.told.next()
        assert library.screen["immich-tray.error"].sound == "default"
        toasts.withdraw(Slot.ERROR)
        assert await library.told.next() == ("clear", "immich-tray.error")


async def test_macos_tells_progress_at_most_once_a_while_and_its_end_at_once(monkeypatch):
    library = Mac()
    async with mac(monkeypatch, library, pause=0.3) as (toasts, _balloons):
        first = asyncio.get_running_loop().time()
        toasts.show(progress("1 of 9"))
        await library.told.next()
        for count in range(2, 9):
            toasts.show(progress(f"{count} of 9"))
        await library.told.next()
        _, words, second = await library.told.next()
        assert words == "8 of 9"
        assert second - first >= 0.29
        toasts.show(progress("9 of 9"))
        toasts.show(news(Slot.TOTAL, "9 photos"))
        await library.told.next()
        assert (await library.told.next())[1] == "9 photos"
    assert MacScreen("").pause == 5


async def test_macos_progress_sent_away_stays_away_until_it_was_withdrawn(monkeypatch):
    library = Mac()
    async with mac(monkeypatch, library) as (toasts, _balloons):
        toasts.show(progress("1 of 3"))
        await library.told.next()
        in_thread(library.screen.pop("immich-tray.total").on_dismissed)
        await asyncio.sleep(0)  # the loop hears of it
        toasts.show(progress("2 of 3"))
        toasts.show(progress("a.jpg", detail=True))
        assert (await library.told.next())[1] == "a.jpg"
        toasts.withdraw(Slot.TOTAL)
        toasts.show(progress("1 of 5"))
        assert (await library.told.next())[1] == "1 of 5"


@pytest.mark.parametrize(
    "refused",
    [{"bundle": False}, {"granted": False}, {"granted": None}],
    ids=["no bundle", "forbidden", "not answered"],
)
async def test_what_macos_does_not_allow_is_a_balloon(monkeypatch, refused):
    async with mac(monkeypatch, Mac(**refused), prompt=0.01) as (toasts, balloons):
        toasts.show(progress("1 of 3"))
        toasts.show(news(Slot.ERROR, "help"))
        assert await asyncio.wait_for(balloons.taken.get(), 20) == "help"


async def test_an_answer_that_comes_late_counts(monkeypatch):
    library = Mac(granted=None)
    async with mac(monkeypatch, library, prompt=0.01) as (toasts, balloons):
        toasts.show(news(Slot.ERROR, "help"))
        await asyncio.wait_for(balloons.taken.get(), 20)
        library.answer.set_result(True)
        await asyncio.sleep(0)
        toasts.show(news(Slot.ERROR, "help again"))
        assert (await library.told.next())[1] == "help again"


async def test_what_macos_fails_to_send_is_a_balloon(monkeypatch):
    library = Mac()
    async with mac(monkeypatch, library) as (toasts, balloons):
        library.refusing = True
        toasts.show(news(Slot.ERROR, "help"))
        assert await asyncio.wait_for(balloons.taken.get(), 20) == "help"


@pytest.mark.parametrize(
    ("platform", "library"), [("win32", "windows_toasts"), ("darwin", "desktop_notifier")]
)
async def test_without_the_library_there_are_balloons(monkeypatch, platform, library):
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setattr(sys, "platform", platform)
    balloons = Balloons()
    toasts = pick_notifier(balloons, "Immich Tray", "", "immich-tray")
    assert isinstance(toasts, ScreenToasts)
    toasts.show(progress("1 of 3"))
    toasts.show(news(Slot.ERROR, "help"))
    assert await asyncio.wait_for(balloons.taken.get(), 20) == "help"
    await toasts.close()


async def test_nothing_is_heard_after_the_loop_has_ended(monkeypatch):
    loop = asyncio.new_event_loop()

    async def make():
        return ScreenToasts(WindowsScreen("Immich Tray"), Balloons())

    toasts = await asyncio.to_thread(loop.run_until_complete, make())
    loop.close()
    in_thread(toasts.pressed, Button.SHOW)
    in_thread(toasts.sent_away, Slot.TOTAL)
