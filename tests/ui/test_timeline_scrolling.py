"""From end to end of a large timeline: the longest frame, the time to open, the memory."""

import asyncio
import time
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from tests.ui.timeline_examples import Stage, fill
from tray_app.core.timeline import Show
from tray_app.ui.timeline_model import MOST_CELLS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
STEPS = 400


@pytest.fixture
def both_loops():
    return "qasync"


class Frames(QObject):
    """Notes how long it takes from asking for a frame until it is painted."""

    def __init__(self, viewport) -> None:
        super().__init__()
        self._painted = asyncio.Event()
        self.wall: list[float] = []
        self.cpu: list[float] = []
        viewport.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802  Qt's name
        if event.type() is QEvent.Type.Paint:
            self._painted.set()
        return False

    async def measure(self, act) -> None:
        begin, used = time.perf_counter(), time.thread_time()
        self._painted.clear()
        act()
        await self._painted.wait()
        self.wall.append((time.perf_counter() - begin) * 1000)
        self.cpu.append((time.thread_time() - used) * 1000)


def peak_mib() -> float:
    return psutil.Process().memory_info().rss / 2**20


async def scroll(stage: Stage, frames: Frames) -> None:
    """Drag through all of it, turn the wheel here and there, and go by keys."""
    grid = stage.page.grid
    bar = grid.verticalScrollBar()
    for step in range(1, STEPS + 1):
        await frames.measure(lambda s=step: bar.setValue(bar.maximum() * s // STEPS))
        if step % 40 == 0:
            for _ in range(20):
                await frames.measure(lambda: bar.setValue(bar.value() - 55))
    bar.setValue(0)
    grid.setFocus()
    grid.setCurrentIndex(stage.page.model.index(0))
    for key in [Qt.Key.Key_PageDown] * 20 + [Qt.Key.Key_End, Qt.Key.Key_Home] * 3:
        await frames.measure(lambda k=key: QTest.keyClick(grid, k))
    bar.setValue(bar.maximum())
    await stage.until(stage.has_pictures)


async def run(folder: Path, count: int, record) -> tuple[Frames, float]:
    fill(folder, count)
    before = peak_mib()
    stage = Stage(folder)
    try:
        begin = time.perf_counter()
        stage.page.resize(1280, 900)
        stage.page.show()
        await asyncio.sleep(0)
        opened = time.perf_counter() - begin
        await stage.until(lambda: stage.page.model.total >= count)
        listed = time.perf_counter() - begin
        await stage.until(stage.has_pictures)
        frames = Frames(stage.page.grid.viewport())
        await scroll(stage, frames)
        model = stage.page.model
        begin = time.perf_counter()
        stage.page.filter.show_box.setCurrentIndex([*Show].index(Show.FAILED))
        await stage.until(lambda: 0 < model.total < count)
        record(
            items=count,
            open_ms=opened * 1000,
            months_after_ms=listed * 1000,
            frames=len(frames.wall),
            frame_max_ms=max(frames.wall),
            frame_p99_ms=sorted(frames.wall)[len(frames.wall) * 99 // 100],
            frame_cpu_max_ms=max(frames.cpu),
            failed_filter_ms=(time.perf_counter() - begin) * 1000,
            grown_mib=peak_mib() - before,
        )
        assert len(model._cells) <= MOST_CELLS
        return frames, peak_mib() - before
    finally:
        stage.close()


async def test_no_frame_takes_long(tmp_path, both_loops, qapp, record):
    frames, _ = await run(tmp_path, 50_000, record)
    # What this thread worked, not what it waited for: other programs may be busy.
    assert max(frames.cpu) < 50


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_500_000_items_end_to_end(tmp_path, both_loops, qapp, record):
    frames, grown = await run(tmp_path, 500_000, record)
    assert max(frames.cpu) < 50
    assert sorted(frames.wall)[len(frames.wall) // 2] < 50
    assert grown < 200
