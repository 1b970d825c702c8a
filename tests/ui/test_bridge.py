import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import qasync
from PySide6.QtCore import QTimer

from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.engine.store import Store
from tray_app.ui.bridge import THROTTLE_MS, Bridge
from tray_app.ui.view import Icon, tray_view

RUN = Snapshot(phase=Phase.UPLOADING, upload=UploadState(total_count=1000))


def at(done: int) -> Snapshot:
    return replace(RUN, upload=replace(RUN.upload, completed_count=done))


class Watched:
    """A bridge, its store, and the views it announced."""

    def __init__(self):
        self.now = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
        self.store = Store(Snapshot(phase=Phase.IDLE))
        self.bridge = Bridge(self.store, lambda: self.now, tray_view)
        self.views = []
        self.bridge.changed.connect(self.views.append)

    def timers(self) -> list[int]:
        return [t.interval() for t in self.bridge.findChildren(QTimer) if t.isActive()]


@pytest.fixture
def watched(qapp):
    it = Watched()
    yield it
    it.bridge.close()


def test_a_burst_becomes_one_view_the_last(watched, qtbot):
    with qtbot.waitSignal(watched.bridge.changed, timeout=5000):
        for done in range(500):
            watched.store.publish(at(done))
        assert watched.views == []
    assert [view.status for view in watched.views] == ["Uploading photo 500 of 1,000"]


def test_a_steady_stream_still_paints_and_ends_with_the_last(watched, qtbot):
    feed = QTimer(interval=THROTTLE_MS // 10)
    steps = iter(range(1, 61))

    def step() -> None:
        done = next(steps, None)
        if done is None:
            feed.stop()
        else:
            watched.store.publish(at(done))

    feed.timeout.connect(step)
    feed.start()
    qtbot.waitUntil(
        lambda: bool(watched.views) and watched.views[-1].status.startswith("Uploading photo 61 "),
        timeout=20_000,
    )
    assert 3 <= len(watched.views) <= 20


def test_nothing_but_the_hourly_timer_runs_while_idle(watched, qtbot):
    assert watched.timers() == [3_600_000]
    watched.store.publish(at(1))
    assert sorted(watched.timers()) == [THROTTLE_MS, 3_600_000]
    qtbot.waitUntil(lambda: len(watched.views) == 1)
    assert watched.timers() == [3_600_000]


def test_a_change_that_nobody_can_see_is_not_announced(watched):
    watched.store.publish(replace(watched.store.snapshot, account_name="Someone"))
    watched.bridge.refresh()
    assert watched.views == []


def test_today_becomes_yesterday(watched):
    watched.store.publish(Snapshot(phase=Phase.IDLE, last_success=watched.now))
    watched.bridge.refresh()
    watched.now = watched.now.replace(day=13)
    watched.bridge.refresh()
    told = [view.tooltip.splitlines()[-1].split()[2] for view in watched.views]
    assert told == ["today", "yesterday"]


def test_a_closed_bridge_is_silent(qapp):
    watched = Watched()
    watched.store.publish(at(1))
    watched.bridge.close()
    watched.store.publish(at(2))
    assert watched.timers() == []


def test_an_engine_on_the_shared_loop_is_seen(qapp):
    async def main() -> list[Icon]:
        watched = Watched()
        seen: asyncio.Queue = asyncio.Queue()
        watched.bridge.changed.connect(seen.put_nowait)
        watched.store.publish(at(5))
        first = await asyncio.wait_for(seen.get(), 5)
        watched.store.publish(Snapshot(phase=Phase.PAUSED))
        second = await asyncio.wait_for(seen.get(), 5)
        watched.bridge.close()
        return [first.icon, second.icon]

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        assert runner.run(main()) == [Icon.WORKING, Icon.PAUSED]
