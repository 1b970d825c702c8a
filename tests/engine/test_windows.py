"""Windows and the service: foreground and background (requirement, On App Resume and On Pause)."""

import asyncio
from datetime import timedelta

from tests.engine.test_supervisor import Runs, serving, until
from tray_app.app.window import following_windows
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Phase
from tray_app.engine.foreground import Foreground, Presence

SEEN, ACTIVE = Presence(visible=True), Presence(visible=True, active=True)


async def test_a_window_that_appears_resumes_what_needed_a_person(both_loops):
    runs = Runs()
    runs.error = NeedsUser("No.", need=Need.SIGN_IN, remedy="")
    foreground = Foreground()
    async with serving(runs) as (supervisor, store), following_windows(foreground, supervisor):
        runs.go.set()
        supervisor.back_up_now()
        await until(store, Phase.NEEDS_USER)
        runs.error = None
        foreground.tell(SEEN)
        await until(store, Phase.IDLE)
        foreground.tell(ACTIVE)  # no other window, nothing to do
    assert runs.count == 2


async def test_going_to_the_background_starts_the_delay_if_the_service_is_on(both_loops):
    foreground = Foreground()
    async with serving(Runs()) as (supervisor, store), following_windows(foreground, supervisor):
        foreground.tell(SEEN)
        foreground.tell(Presence())
        await until(store, Phase.IDLE)
        assert store.snapshot.resume_at is None
        supervisor.settings_changed(Settings(background_backup=True, backup_trigger_delay=30))
        await until(store, Phase.DELAYED)
        before = store.snapshot.resume_at
        await asyncio.sleep(0.01)
        foreground.tell(SEEN)
        foreground.tell(Presence())
        async with asyncio.timeout(5):
            while store.snapshot.resume_at == before:
                await asyncio.sleep(0.01)
        assert timedelta() < store.snapshot.resume_at - before < timedelta(seconds=30)


def test_who_listens_hears_changes_only_and_may_leave():
    foreground, heard = Foreground(), []
    end = foreground.subscribe(heard.append)
    foreground.tell(Presence())
    foreground.tell(SEEN)
    foreground.tell(SEEN)
    end()
    foreground.tell(Presence())
    assert heard == [SEEN]
    foreground.show()  # nobody shows windows: nothing happens


def test_one_of_several_windows_is_enough():
    foreground, heard = Foreground(), []
    foreground.subscribe(heard.append)
    foreground.tell(Presence(visible=True, active=True), of="onboarding")
    foreground.tell(Presence(visible=True))
    foreground.tell(Presence(), of="onboarding")
    foreground.tell(Presence())
    assert heard == [Presence(visible=True, active=True), Presence(visible=True), Presence()]
