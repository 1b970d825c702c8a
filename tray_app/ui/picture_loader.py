"""Gets pictures for the cells in sight: from memory, the store on disk, the file, the server."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from tray_app.core.errors import TrayError
from tray_app.core.timeline import Cell
from tray_app.ports.thumbnails import Thumbnails
from tray_app.ui import pictures
from tray_app.ui.tasks import Tasks

T = TypeVar("T")

AT_ONCE = 4
MOST_BYTES = 96_000_000
_THREADS = 2
_ROUGH_AT_ONCE = 8
RETRY_SECONDS = 60.0


class PictureLoader(QObject):
    """Works for what `want` named last, in its order; what was scrolled away is cancelled.

    `arrived`: there are more pictures than before. Nothing is asked of the server while
    `Thumbnails.may_fetch` says no. A picture that could not be had is not tried again at once.
    """

    arrived = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="pictures")
        self._tasks = Tasks()
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._held = 0
        self._failed: dict[str, float] = {}
        self._wanted: list[Cell] = []
        self._near: set[str] = set()
        self._jobs: dict[str, asyncio.Task[None]] = {}
        self._rough: asyncio.Task[None] | None = None
        self._side, self._ratio = 160, 1.0

    def scale(self, side: int, ratio: float) -> None:
        """Make pictures of `side` points on a screen of so many pixels a point."""
        if (round(side * ratio), ratio) != (self._side, self._ratio):
            self._side, self._ratio = round(side * ratio), ratio
            self.clear()

    def picture(self, cell: Cell) -> QImage | None:
        """Return the picture of a cell, or roughly what it is; None: nothing yet."""
        for name in (cell.version, _rough(cell)):
            image = self._images.get(name)
            if image is not None and not image.isNull():
                self._images.move_to_end(name)
                return image
        return None

    def want(self, cells: Sequence[Cell]) -> None:
        """Get pictures for these, the first ones first."""
        self._wanted = [cell for cell in cells if cell.version not in self._images]
        self._near = {cell.version for cell in cells} | {_rough(cell) for cell in self._wanted}
        for name, job in self._jobs.items():
            if name not in self._near:
                job.cancel()
        if self._rough is None and self._lacking_rough():
            self._rough = self._tasks.start(self._draw_rough(), self._rough_ended)
        self._go_on()

    def clear(self) -> None:
        """Stop, and let go of every picture."""
        self._wanted = []
        self._tasks.stop()
        self._images.clear()
        self._held = 0
        self._failed.clear()

    def close(self) -> None:
        """Do the same for good."""
        self.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _go_on(self) -> None:
        now = asyncio.get_running_loop().time()
        for cell in self._wanted:
            if len(self._jobs) >= AT_ONCE:
                return
            name = cell.version
            resting = now < self._failed.get(name, now)
            if name not in self._jobs and name not in self._images and not resting:
                self._jobs[name] = self._tasks.start(self._get(cell), partial(self._done, name))

    def _done(self, name: str) -> None:
        del self._jobs[name]
        if self._wanted:
            self._go_on()

    async def _get(self, cell: Cell) -> None:
        image = await self._kept(cell) or await self._local(cell)
        if image is None and cell.asset_id and not self._thumbnails.may_fetch():
            return self._rest(cell)  # asked again when it comes into sight anew
        if image is None and cell.asset_id:
            image = await self._remote(cell, cell.asset_id)
        if image is None:
            return self._rest(cell)
        self._keep(cell.version, image)
        return None

    def _rest(self, cell: Cell) -> None:
        self._failed[cell.version] = asyncio.get_running_loop().time() + RETRY_SECONDS

    async def _kept(self, cell: Cell) -> QImage | None:
        for name in (self._own_name(cell), cell.version):
            if data := await self._thumbnails.kept(name):
                return await self._in_thread(partial(pictures.of_bytes, data, self._side))
        return None

    async def _local(self, cell: Cell) -> QImage | None:
        if cell.path is None or cell.is_video:
            return None
        image = await self._in_thread(partial(pictures.of_file, cell.path, self._side))
        if image:
            data = await self._in_thread(partial(pictures.as_jpeg, image))
            await self._thumbnails.keep(self._own_name(cell), data)
        return image

    async def _remote(self, cell: Cell, asset_id: str) -> QImage | None:
        try:
            data = await self._thumbnails.fetch(asset_id)
        except TrayError:
            return None
        image = await self._in_thread(partial(pictures.of_bytes, data, self._side))
        if image:
            await self._thumbnails.keep(cell.version, data)
        return image

    def _own_name(self, cell: Cell) -> str:
        return f"{cell.version}@{self._side}"

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _lacking_rough(self) -> list[Cell]:
        return [
            cell for cell in self._wanted if cell.thumbhash and _rough(cell) not in self._images
        ]

    async def _draw_rough(self) -> None:
        while cells := self._lacking_rough()[:_ROUGH_AT_ONCE]:
            side = self._side

            def draw(cells: list[Cell] = cells, side: int = side) -> list[QImage | None]:
                return [pictures.of_thumbhash(cell.thumbhash or "", side) for cell in cells]

            for cell, image in zip(cells, await self._in_thread(draw), strict=True):
                self._keep(_rough(cell), image or QImage())

    def _rough_ended(self) -> None:
        if self._rough and self._rough.done():
            self._rough = None

    def _keep(self, name: str, image: QImage) -> None:
        image.setDevicePixelRatio(self._ratio)
        if (old := self._images.pop(name, None)) is not None:
            self._held -= old.sizeInBytes()
        self._images[name] = image
        self._held += image.sizeInBytes()
        if self._held > MOST_BYTES:
            self._make_room()
        self.arrived.emit()

    def _make_room(self) -> None:
        """Let go of what is not in sight: what is would only be asked for again."""
        for name in [name for name in self._images if name not in self._near]:
            if self._held <= MOST_BYTES:
                break
            self._held -= self._images.pop(name).sizeInBytes()


def _rough(cell: Cell) -> str:
    return f"rough {cell.thumbhash}"
