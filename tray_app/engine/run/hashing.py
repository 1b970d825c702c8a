"""Second stage: wait until a file is finished, hash what changed, find what is known.

Hashing and uploading overlap, so that the first photo arrives long before the last is hashed.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tray_app.core.asset import LocalFile, Stamp
from tray_app.core.errors import AssetRejected, ChangedWhileReading, TrayError
from tray_app.core.live_photo import StillFacts, VideoFacts, is_pair
from tray_app.core.snapshot import Phase
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes

WORKERS = 2
PAGE = 500
_MOST_DELAYED = 2000
_MOST_RESTLESS = 8
_SAVE_FILES = 200
_SAVE_SECONDS = 0.2


def _nothing() -> None:
    """Stand in for a callback nobody needs."""


class Hashing:
    """Turns planned files into hashed items and passes on those the server may lack."""

    def __init__(
        self, context: RunContext, outcomes: Outcomes, to_check: "asyncio.Queue[Item]"
    ) -> None:
        self._run = context
        self._outcomes = outcomes
        self._to_check = to_check
        self._to_hash: asyncio.Queue[Item] = asyncio.Queue(PAGE)
        self._hashed: asyncio.Queue[Item] = asyncio.Queue(_SAVE_FILES * 2)
        self._room = asyncio.Semaphore(_MOST_DELAYED)
        self._tasks: asyncio.TaskGroup | None = None

    def start(self, tasks: asyncio.TaskGroup) -> None:
        """Start the workers; they run until cancelled."""
        self._tasks = tasks
        for number in range(WORKERS):
            tasks.create_task(self._work(), name=f"hash-{number}")
        tasks.create_task(self._save(), name="save-hashes")

    async def feed(self) -> None:
        """Hand every planned file to the workers, page by page."""
        position = 0
        while page := await self._run.plan.page(position, PAGE):
            for planned in page:
                await self._offer(self._outcomes.begin(Item.planned(planned)))
            position = page[-1].position

    async def _offer(self, item: Item) -> None:
        """Queue an item; one whose file is fresh waits first, and too many hold the feed."""
        wait = max(self._wait(item.file), self._wait(item.video) if item.video else 0.0)
        if wait <= 0:
            await self._to_hash.put(item)
            return
        await self._room.acquire()
        self.later(item, wait, self._room.release)

    def later(self, item: Item, seconds: float, done: Callable[[], None] = _nothing) -> None:
        """Look at the file again after some seconds, then hash it if it holds still."""

        async def again() -> None:
            await self._run.clock.sleep(seconds)
            await self._look_again(item)
            done()

        if self._tasks is None:
            raise RuntimeError("start() comes first")
        self._tasks.create_task(again(), name="settle")

    def _wait(self, file: LocalFile) -> float:
        """Seconds until the file counts as finished; a time in the future waits once."""
        stamp, now = file.stamp, self._run.clock.now().timestamp()
        age = now - min(max(stamp.ctime_ns, stamp.mtime_ns), int(now * 1e9)) / 1e9
        return self._run.options.quiet - age if age < self._run.options.quiet else 0.0

    async def _look_again(self, item: Item) -> None:
        try:
            if await self._restless(item):
                self.later(item, self._run.options.quiet)
                return
        except TrayError as exc:
            await self._outcomes.failed(item, exc)
            return
        await self._to_hash.put(item)

    async def _restless(self, item: Item) -> bool:
        """Tell whether a file of this item has changed, and take it as it is now."""
        file, video = await self._restamped(item.file), None
        with suppress(TrayError):  # its own turn will tell what is wrong with the video
            video = await self._restamped(item.video) if item.video else None
        video = video or item.video
        if file is item.file and video is item.video:
            return False
        item.file, item.video, item.sent_before = file, video, False
        _count_change(item)
        return True

    async def _restamped(self, file: LocalFile) -> LocalFile:
        """Return the file as it is now: the same object while it is unchanged."""
        stamp = await self._run.source.stamp(file.path)
        if stamp.same_as(file.stamp):
            return file
        return await self._unhashed(file, stamp)

    async def _work(self) -> None:
        while True:
            item = await self._to_hash.get()
            try:
                item.file = await self._hash(item.file)
                parts = await self._paired(item)
            except ChangedWhileReading:
                await self.changed(item)
                continue
            except TrayError as exc:
                await self._outcomes.failed(item, exc)
                continue
            for part in parts:
                await self._hashed.put(part)

    async def changed(self, item: Item) -> None:
        """Begin again with a file that did not hold still."""
        try:
            if not await self._restless(item):
                await self._forget_checksums(item)
        except TrayError as exc:
            await self._outcomes.failed(item, exc)
        else:
            self.later(item, self._run.options.quiet)

    async def _forget_checksums(self, item: Item) -> None:
        """Read again: the bytes differ although size, times and inode are the same."""
        _count_change(item)
        item.file = await self._unhashed(item.file, item.file.stamp)
        if item.video:
            item.video = await self._unhashed(item.video, item.video.stamp)

    async def _unhashed(self, file: LocalFile, stamp: Stamp) -> LocalFile:
        await self._run.index.restamp(file, stamp)
        return LocalFile(file.id, file.path, file.kind, stamp, sidecar=file.sidecar)

    async def _hash(self, file: LocalFile) -> LocalFile:
        if file.sha1 is not None:
            return file
        tally = self._run.tally
        if tally.phase is Phase.SCANNING:
            tally.enter(Phase.HASHING)
        read = [0]

        def count(bytes_read: int) -> None:
            read[0] += bytes_read

        found = await self._run.source.hash(file, count)
        tally.change(bytes_hashed=read[0], hashed_count=1)
        return LocalFile(
            file.id,
            file.path,
            file.kind,
            found.stamp,
            found.sha1,
            file.sidecar,
            found.duration_ms,
            found.content_id,
        )

    async def _paired(self, item: Item) -> list[Item]:
        """Decide about the video with the same name: half of a Live Photo, or its own asset."""
        if item.video is None:
            return [item]
        try:
            item.video = await self._hash(item.video)
        except ChangedWhileReading:
            raise
        except TrayError as exc:
            alone = item.split()
            if alone and item.video_due:
                await self._outcomes.failed(self._outcomes.begin(alone), exc)
            return [item]
        if is_pair(_still(item.file), _clip(item.video)):
            return [item]
        alone = item.split()
        return [item, self._outcomes.begin(alone)] if alone and item.video_due else [item]

    async def _save(self) -> None:
        """Store checksums in batches; every batch is one commit (complaint 3)."""
        while True:
            batch = [await self._hashed.get()]
            ends = self._run.clock.monotonic() + _SAVE_SECONDS
            while len(batch) < _SAVE_FILES and (left := ends - self._run.clock.monotonic()) > 0:
                try:
                    batch.append(await asyncio.wait_for(self._hashed.get(), left))
                except TimeoutError:
                    break
            files = [f for item in batch for f in (item.file, item.video) if f]
            await self._run.index.save_hashes(files)
            for item in await self._outcomes.unknown(batch):
                await self._to_check.put(item)


def _count_change(item: Item) -> None:
    item.restless += 1
    if item.restless > _MOST_RESTLESS:
        raise AssetRejected(
            "The file is still being written.",
            remedy="It will be tried again when it is finished.",
            transient=True,
        )


def _still(file: LocalFile) -> StillFacts:
    folder, _, name = file.path.rpartition("/")
    return StillFacts(
        folder=folder,
        name=name,
        mtime_ns=file.stamp.mtime_ns,
        content_identifier=file.content_id,
    )


def _clip(file: LocalFile) -> VideoFacts:
    folder, _, name = file.path.rpartition("/")
    return VideoFacts(
        folder=folder,
        name=name,
        mtime_ns=file.stamp.mtime_ns,
        duration_ms=file.duration_ms,
        content_identifier=file.content_id,
    )
