"""Both sides of the channel within the tray program (issue 3 point 1)."""

import asyncio
import logging

import pytest

from tests.fakes.notifier import FakeNotifier
from tests.ui.recorder import Recorder
from tray_app.adapters.channel.memory import memory_channel
from tray_app.adapters.locations import find_locations
from tray_app.app.toasts import NativeSide, opened_channel
from tray_app.app.workshop import Workshop
from tray_app.core.notification import Notification
from tray_app.core.settings import Settings
from tray_app.core.toasts import Slot
from tray_app.engine.store import Store
from tray_app.ui.balloons import TrayBalloons


class Job:
    """Counts how often the system job was brought in step."""

    def __init__(self):
        self.done = 0

    async def __call__(self):
        await asyncio.sleep(0)
        self.done += 1


async def test_update_notification_reaches_the_toast_it_is_for():
    app, native = memory_channel()
    screen = FakeNotifier()
    NativeSide(native, screen, None)
    total = Notification(title="Backup Progress", content="Uploading photo 5 of 100")
    app.call("updateNotification", total)
    app.call("updateNotification", Notification(title="t", content="a.jpg", is_detail=True))
    assert screen.said(Slot.TOTAL) == "Uploading photo 5 of 100"
    assert screen.said(Slot.DETAIL) == "a.jpg"


@pytest.mark.parametrize("method", ["start", "stop"])
async def test_start_and_stop_bring_the_system_job_in_step(method):
    app, native = memory_channel()
    job = Job()
    side = NativeSide(native, FakeNotifier(), job)
    app.call(method)
    await side.close()  # waits for it
    assert job.done == 1


async def test_the_native_side_says_when_it_is_there_and_when_the_system_stops(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    workshop = Workshop.open(find_locations({"IMMICH_TRAY_HOME": str(tmp_path)}))
    service, job = Recorder(), Job()
    try:
        async with opened_channel(
            workshop, Store(), service, TrayBalloons(), job, lambda: None
        ) as channel:
            assert "The desktop's side says: initialized." in caplog.messages
            channel.settings_changed(Settings(background_backup=True))
            assert service.asked == []
            channel.native.system_stop()
            assert service.asked == ["quit"]
    finally:
        workshop.close()
    assert job.done == 1
