"""Second stage: wait until a file is finished, hash what changed, find what is known.

Hashing and uploading overlap, so that the first photo arrives long before the last is hashed.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from tray_app.core.asset import LocalFile, Stamp
from tray_app.core.errors import AssetRejected, ChangedWhileReading, TrayError
from tray_app.core.live_photo import StillFacts, VideoFacts, is_pair
from tray_app.core.phrase import phrase
from tray_app.core.snapshot import Phase
from tray_app.engine.run.gather import fill
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes
from tray_app.ports import Hashed

WORKERS = 2
PAGE = 500
_MOST_DELAYED = 2000
_MOST_RESTLESS = 8
_TOGETHER_FILES = 16  # small files hashed in one go: a way to a thread and back costs more
_TOGETHER_BYTES = 1 << 20
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
        self._to_hash: asyncio.Queue[list[Item]] = asyncio.Queue(PAGE // _TOGETHER_FILES)
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
            items = [self._outcomes.begin(Item.planned(planned)) for planned in page]
            waits = [self._wait(item) for item in items]
            quiet = [item for item, wait in zip(items, waits, strict=True) if wait <= 0]
            if quiet and self._run.tally.phase is Phase.SCANNING:  # else it only waits
                self._run.tally.enter(Phase.HASHING)
            for group in _groups(quiet):
                await self._to_hash.put(group)
            for item, wait in zip(items, waits, strict=True):
                if wait > 0:  # fresh: too many that wait hold the feed
                    await self._room.acquire()
                    self.later(item, wait, self._room.release)
            position = page[-1].position

    def later(self, item: Item, seconds: float, done: Callable[[], None] = _nothing) -> None:
        """Look at the file again after some seconds, then hash it if it holds still."""

        async def again() -> None:
            await self._run.clock.sleep(seconds)
            await self._look_again(item)
            done()

        if self._tasks is None:
            raise RuntimeError("start() comes first")
        self._tasks.create_task(again(), name="settle")

    def _wait(self, item: Item) -> float:
        """Seconds until the files count as finished; a time in the future waits once."""
        now, quiet = self._run.clock.now().timestamp(), self._run.options.quiet
        stamps = [file.stamp for file in (item.file, item.video) if file]
        latest = min(max(max(s.ctime_ns, s.mtime_ns) for s in stamps), int(now * 1e9))
        return max(quiet - (now - latest / 1e9), 0.0)

    async def _look_again(self, item: Item) -> None:
        try:
            if await self._restless(item):
                self.later(item, self._run.options.quiet)
                return
        except TrayError as exc:
            await self._outcomes.failed(item, exc)
            return
        await self._to_hash.put([item])

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
            group = await self._to_hash.get()
            found = await self._hash([item.file for item in group])
            for item, file in zip(group, found, strict=True):
                await self._pass_on(item, file)

    async def _pass_on(self, item: Item, found: LocalFile | TrayError) -> None:
        if isinstance(found, LocalFile):
            item.file = found
            found = await self._with_video(item)
        if isinstance(found, ChangedWhileReading):
            await self.changed(item)
        elif isinstance(found, TrayError):
            await self._outcomes.failed(item, found)
        else:
            for part in self._paired(item):
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

    async def _hash(self, files: Sequence[LocalFile]) -> list[LocalFile | TrayError]:
        """Hash those without a checksum; an error stands in the place of its file."""
        due = [file for file in files if file.sha1 is None]
        if not due:
            return list(files)
        tally = self._run.tally
        if tally.phase is Phase.SCANNING:
            tally.enter(Phase.HASHING)
        read = [0]

        def count(bytes_read: int) -> None:
            read[0] += bytes_read

        found = await self._run.source.hash(due, count)
        done = sum(not isinstance(digest, TrayError) for digest in found)
        tally.change(bytes_hashed=read[0], hashed_count=done)
        digests = iter(found)
        return [
            file if file.sha1 is not None else _with_digest(file, next(digests)) for file in files
        ]

    async def _with_video(self, item: Item) -> LocalFile | TrayError:
        """Hash what may be the other half; only a change of it concerns the still, too."""
        if item.video is None:
            return item.file
        [found] = await self._hash([item.video])
        if isinstance(found, LocalFile):
            item.video = found
        elif isinstance(found, ChangedWhileReading):
            return found
        elif (alone := item.split()) and item.video_due:
            await self._outcomes.failed(self._outcomes.begin(alone), found)
        return item.file

    def _paired(self, item: Item) -> list[Item]:
        """Decide about the video with the same name: half of a Live Photo, or its own asset."""
        if item.video is None or is_pair(_still(item.file), _clip(item.video)):
            return [item]
        alone = item.split()
        return [item, self._outcomes.begin(alone)] if alone and item.video_due else [item]

    async def _save(self) -> None:
        """Store checksums in batches; every batch is one commit (complaint 3)."""
        while True:
            batch = [await self._hashed.get()]
            await fill(batch, self._hashed, lambda: _SAVE_FILES, _SAVE_SECONDS)
            files = [f for item in batch for f in (item.file, item.video) if f]
            await self._run.index.save_hashes(files)
            for item in await self._outcomes.unknown(batch):
                await self._to_check.put(item)


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Put small neighbours together; a larger file ends its group."""
    group: list[Item] = []
    size = 0
    for item in items:
        large = item.file.stamp.size >= _TOGETHER_BYTES
        if group and (large or len(group) == _TOGETHER_FILES or size >= _TOGETHER_BYTES):
            yield group
            group, size = [], 0
        group.append(item)
        size += item.file.stamp.size
    if group:
        yield group


def _with_digest(file: LocalFile, found: Hashed | TrayError) -> LocalFile | TrayError:
    if isinstance(found, TrayError):
        return found
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


def _count_change(item: Item) -> None:
    item.restless += 1
    if item.restless > _MOST_RESTLESS:
        raise AssetRejected(
            phrase("The file is still being written."),
            remedy=phrase("It will be tried again when it is finished."),
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
