"""Toasts over time: the real service and its runs, an invented screen."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import pytest

from tests.fakes.clock import FakeClock, HurriedClock
from tests.fakes.notifier import FakeNotifier
from tests.ui.recorder import Recorder
from tray_app.adapters.channel.memory import memory_channel
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.told_file import ToldFile
from tray_app.app.backup import Request, back_up
from tray_app.app.cards import Offers
from tray_app.app.overview import overview
from tray_app.app.workshop import Workshop
from tray_app.core.cards import Card
from tray_app.core.errors import Need
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.toasts import Button, Slot, Told, progress_toast
from tray_app.demo.faults import QuotaExceeded, WrongChecksum
from tray_app.engine.notes import Notes
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.toasts import Pictures, Toasts, answer
from tray_app.ui import toast_view

BOTH = Settings(background_backup_single_progress=True)
PICTURES = Pictures(toast_view.progress, toast_view.toast)


class Remembered:
    """Port `SavedTold` in memory."""

    def __init__(self):
        self.told = Told()

    def load(self):
        return self.told

    def save(self, told):
        self.told = told


class Scene:
    """A store that a test moves, under a fake clock."""

    def __init__(self, saved=None):
        self.clock, self.store, self.screen = FakeClock(), Store(), FakeNotifier()
        app, native = memory_channel()
        native.on_call(lambda call: self.screen.show(progress_toast(call.params)))
        self.saved = saved or Remembered()
        self.toasts = Toasts(self.store, self.clock, app, self.screen, self.saved, PICTURES)

    async def pass_(self, seconds):
        await asyncio.sleep(0)  # new sleepers lie down
        await self.clock.advance(seconds)
        await asyncio.sleep(0)

    def uploading(self, number=0, total=100, **more):
        counts = {"current_file": f"/p/{number}.jpg", "completed_count": number, **more}
        upload = UploadState(total_count=total, **counts)
        self.publish(phase=Phase.UPLOADING, upload=upload)

    def publish(self, **fields):
        self.store.publish(replace(self.store.snapshot, **fields))

    def end(self, completed):
        """End the run as the service does: first what came of it, then its state."""
        self.publish(run_number=self.store.snapshot.run_number + 1,
                     last_run={"completedCount": completed})  # fmt: skip
        self.publish(phase=Phase.IDLE)


@asynccontextmanager
async def scene(settings=BOTH, saved=None):
    made = Scene(saved)
    async with made.toasts as toasts:
        toasts.settings_changed(settings)
        yield made


async def test_a_steady_stream_is_shown_twice_a_second_and_its_end_too():
    async with scene() as it:
        for number in range(1000):
            it.uploading(number, 1000)
            await it.pass_(0.01)
        total = [toast for toast in it.screen.shown if toast.slot is Slot.TOTAL]
        assert 17 <= len(total) <= 20  # of ten seconds
        await it.pass_(1)  # nothing is published any more, and the last state is shown
        assert it.screen.said(Slot.TOTAL) == "Uploading photo 1,000 of 1,000"
        assert it.screen.said(Slot.DETAIL) == "999.jpg, 0 %"
        shown = len(it.screen.shown)
        await it.pass_(60)
        assert len(it.screen.shown) == shown
        assert len(it.screen.appeared) == 2


async def test_a_card_is_offered_and_taken_by_its_button(tmp_path):
    file = SettingsFile(tmp_path / "settings.toml")
    async with scene() as it:
        offers = Offers(file, Notes(it.store))
        card = Card("id", "EOS", "/media/me/EOS/DCIM")
        offers.stand((card,))  # before there is anything to show it
        offers.attach(it.toasts)
        assert it.screen.said(Slot.OFFER) == "/media/me/EOS/DCIM is not backed up yet."
        assert len(it.store.snapshot.notes) == 1
        offers.stand(())  # pulled out
        assert not it.screen.screen
        offers.accept()
        assert not file.load().settings.folders
        offers.stand((card,))
        offers.accept()
        assert file.load().settings.folders == (Folder(card.photos),)
        assert not it.screen.screen
        assert not it.store.snapshot.notes


async def test_a_card_that_cannot_be_taken_says_why(tmp_path):
    file = SettingsFile(tmp_path / "settings.toml")
    (tmp_path / "settings.toml").write_text("folders = 5\n")
    async with scene() as it:
        offers = Offers(file, Notes(it.store))
        offers.attach(it.toasts)
        offers.stand((Card("id", "EOS", "/media/me/EOS/DCIM"),))
        offers.accept()
        assert "folders = 5 is not allowed" in it.store.snapshot.notes[0]


async def test_a_short_run_shows_its_summary_only_and_an_empty_one_nothing():
    async with scene() as it:
        for completed in (1, 0):
            it.uploading()
            await it.pass_(0.9)
            it.end(completed)
            await it.pass_(10)
        assert [toast.notification.content for toast in it.screen.shown] == ["1 photo backed up"]


async def test_the_log_says_what_was_told_but_not_in_the_words_of_the_toast(caplog):
    caplog.set_level("INFO")
    async with scene() as it:
        it.uploading()
        it.end(7)
    assert "Summary(completed=7" in caplog.text
    assert "photos backed up" not in caplog.text  # of the person's language


async def test_the_summary_takes_the_place_of_the_progress_and_stays():
    async with scene() as it:
        it.uploading()
        await it.pass_(1)
        assert it.screen.screen.keys() == {Slot.TOTAL, Slot.DETAIL}
        it.publish(run_number=1, last_run={"completedCount": 12})
        await it.pass_(5)  # the service has not said yet that the run is over
        assert it.screen.said(Slot.TOTAL) == "12 photos backed up"
        it.publish(phase=Phase.IDLE)
        await it.pass_(5)
        assert it.screen.screen.keys() == {Slot.TOTAL}
        assert len(it.screen.appeared) == 2
        it.publish(phase=Phase.CONNECTING, upload=UploadState())
        it.uploading(3)
        await it.pass_(1)
        assert it.screen.said(Slot.TOTAL) == "Uploading photo 4 of 100"
        it.end(0)
        assert it.screen.screen == {}


async def test_two_runs_without_a_rest_have_a_summary_each():
    async with scene() as it:
        it.uploading()
        await it.pass_(1)
        it.publish(run_number=1, last_run={"completedCount": 2})
        it.publish(phase=Phase.CONNECTING, upload=UploadState())
        it.uploading()
        await it.pass_(1)
        assert it.screen.said(Slot.TOTAL) == "Uploading photo 1 of 100"
        it.end(3)
        said = [toast.notification.content for toast in it.screen.shown if not toast.progress]
        assert said == ["2 photos backed up", "3 photos backed up"]


async def test_beside_an_active_window_no_progress_is_seen():
    async with scene() as it:
        it.uploading()
        await it.pass_(1)
        it.toasts.window_active(active=True)
        assert it.screen.screen == {}
        it.uploading(5)
        await it.pass_(5)
        assert it.screen.screen == {}
        it.toasts.window_active(active=False)
        await it.pass_(1)
        assert it.screen.said(Slot.TOTAL) == "Uploading photo 6 of 100"


async def test_the_switches_act_at_once():
    async with scene() as it:
        it.uploading()
        await it.pass_(1)
        it.toasts.settings_changed(replace(BOTH, background_backup_total_progress=False))
        assert it.screen.screen.keys() == {Slot.DETAIL}
        it.toasts.settings_changed(Settings(background_backup_total_progress=False))
        assert it.screen.screen == {}


async def test_what_stands_still_is_renewed_for_a_toast_goes_by_itself():
    async with scene(Settings()) as it:
        for sent in range(60):
            it.uploading(0, bytes_sent=sent)
            await it.pass_(1)
        assert 3 <= len(it.screen.shown) <= 4


async def test_the_reminder_comes_after_a_week_once_and_not_at_a_start():
    saved = Remembered()
    due = Snapshot(phase=Phase.PAUSED, automatic=True, pending=4, reasons=("You paused.",))
    async with scene(saved=saved) as it:
        it.store.publish(due)
        await it.pass_(6.9 * 86400)
        assert it.screen.shown == []
    async with scene(saved=saved) as later:
        later.clock._passed = 8 * 86400.0
        later.store.publish(due)
        await later.pass_(0)
        assert later.screen.shown == []
        await later.pass_(16 * 60)
        assert "Nothing could be backed up" in later.screen.said(Slot.ERROR)
        await later.pass_(86400)
        assert len(later.screen.shown) == 1


@pytest.mark.parametrize(
    ("button", "asked"),
    [
        (Button.PAUSE, ["pause 60"]),
        (Button.RETRY, ["back up now"]),
        (Button.WHY, ["show"]),
        (Button.SHOW, ["show"]),
    ],
)
def test_buttons(button, asked):
    commands = Recorder()
    answer(button, commands, lambda: commands.asked.append("show"))
    assert commands.asked == asked


# With real runs.


class Program:
    def __init__(self, bench, settings):
        self.screen, self.store = FakeNotifier(), Store()
        self.shop = replace(Workshop.open(bench.locations), clock=HurriedClock())
        request = Request(sign_in=SignIn.with_key(f"{bench.server.url}/api", bench.key))

        async def backup(hooks, order):
            asked = replace(request, background=not order.asked)
            return await back_up(self.shop, settings, asked, hooks, {})

        async def look():
            return await overview(self.shop.backup_db, None, self.shop.clock.now())

        async def hold(_asked):
            return ()

        self.service = Supervisor(
            self.store, self.shop.clock, backup, look, hold, print, asyncio.Event()
        )
        app, native = memory_channel()
        native.on_call(lambda call: self.screen.show(progress_toast(call.params)))
        saved = ToldFile(bench.locations.told_file)
        self.toasts = Toasts(self.store, SystemClock(), app, self.screen, saved, PICTURES)
        self.toasts.settings_changed(settings)
        self.screen.on_press(partial(answer, commands=self.service, show=print))

    async def backs_up(self, press=None):
        """Back up, by the button that is pressed or by the menu, until the service rests."""
        number, over = self.store.snapshot.run_number, asyncio.Event()
        resting = (Phase.IDLE, Phase.NEEDS_USER)

        def look(snapshot):
            if snapshot.run_number > number and snapshot.phase in resting:
                over.set()

        end = self.store.subscribe(look)
        self.screen.press(press) if press else self.service.back_up_now()
        await asyncio.wait_for(over.wait(), 50)
        end()

    @property
    def told(self):
        """All that was told, progress apart."""
        return [it.notification.content for it in self.screen.shown if not it.progress]


@asynccontextmanager
async def running(bench, **settings):
    folder = Folder(str(bench.photos))
    chosen = Settings(folders=(folder,), backup_trigger_delay=0, **settings)
    program = Program(bench, chosen)
    async with program.toasts:
        serving = asyncio.create_task(program.service.serve())
        yield program
        program.service.quit()
        await serving
    program.shop.close()


ERROR = "3 photos could not be backed up."


async def test_two_failures_tell_nobody_the_third_does_once_and_all_survives_a_restart(bench):
    bench.put("good.jpg", "good")
    for name in ("bad1.jpg", "bad2.jpg"):
        bench.put(name, name)
    bench.server.faults.add(WrongChecksum(match="bad"))
    async with running(bench) as program:
        await program.backs_up()
        since = program.store.snapshot.backup_failed_since
        assert since is not None
        assert program.told == ["1 photo backed up"]
    async with running(bench) as program:
        bench.put("bad3.jpg", "bad3")
        await program.backs_up()
        assert program.told == [ERROR]
        assert program.store.snapshot.backup_failed_since == since
    async with running(bench) as program:
        await program.backs_up()
        assert program.told == []
        assert program.store.snapshot.failed == 3
        bench.server.faults.clear()
        await program.backs_up(press=Button.RETRY)
        assert program.told == ["3 photos backed up"]
        assert program.store.snapshot.backup_failed_since is None
    bench.server.faults.add(WrongChecksum(match="bad"))
    async with running(bench, upload_error_notification_grace_period=0) as program:
        bench.put("bad4.jpg", "bad4")
        await program.backs_up()
        assert program.told == ["1 photo could not be backed up."]
        bench.server.faults.clear()
        assert program.screen.screen.keys() == {Slot.ERROR}
        await program.backs_up()
        assert program.screen.screen.keys() == {Slot.TOTAL}


async def test_a_full_quota_is_told_once_not_per_run(bench):
    bench.put("a.jpg", "a")
    bench.server.faults.add(QuotaExceeded())
    for told in (1, 0):
        async with running(bench) as program:
            await program.backs_up()
            await program.backs_up()
            assert program.store.snapshot.need is Need.QUOTA
            assert len(program.told) == told
    bench.server.faults.clear()
    async with running(bench) as program:
        await program.backs_up()
        bench.put("b.jpg", "b")
        bench.server.faults.add(QuotaExceeded())
        await program.backs_up()
        assert program.told[0] == "1 photo backed up"
        assert "quota" in program.told[1].lower()


async def test_a_run_of_a_thousand_files_needs_three_toasts(bench, record):
    for number in range(1000):
        bench.put(f"{'bad' if number < 3 else 'good'}{number}.jpg", f"photo {number}")
    bench.server.faults.add(WrongChecksum(match="bad"))
    async with running(bench, background_backup_single_progress=True) as program:
        await program.backs_up()
        screen = program.screen
        assert program.told == [ERROR, "997 photos backed up, 3 could not be backed up"]
        assert screen.most <= 3
        assert len(screen.appeared) <= 3
        assert screen.screen.keys() == {Slot.TOTAL, Slot.ERROR}
        record(files=1000, toasts_shown=len(screen.shown), new_ones=len(screen.appeared))
