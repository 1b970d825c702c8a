"""Fourth stage: send file by file, each its own success or failure.

What broke is judged before anything is blamed: trouble of the server pauses the queue, a
fault of the file parks the file (design section 3, complaints 4 and 15).
"""

import asyncio
import logging
from datetime import timedelta

from tray_app.core.asset import LocalFile, sent_name, shown
from tray_app.core.backoff import TRIES_A_RUN, retry_pause
from tray_app.core.dates import created_ns, iso_z
from tray_app.core.errors import (
    AssetRejected,
    ChangedWhileReading,
    TooLarge,
    TrayError,
    TryLater,
    Vanished,
)
from tray_app.core.phrase import phrase
from tray_app.core.quantities import size
from tray_app.core.server import Upload, UploadAnswer
from tray_app.engine.run.hashing import Hashing
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes
from tray_app.engine.throttle import MeteredContent

log = logging.getLogger(__name__)
_SUSPECTS = 3  # files that must fail in a row before the server is suspected
_LIMIT_FORGOTTEN = timedelta(days=7)


class Uploading:
    """A set of workers of which as many work as the concurrency allows."""

    def __init__(
        self,
        context: RunContext,
        outcomes: Outcomes,
        hashing: Hashing,
        to_send: asyncio.Queue[Item],
        to_confirm: asyncio.Queue[Item],
    ) -> None:
        self._run = context
        self._outcomes = outcomes
        self._hashing = hashing
        self._to_send = to_send
        self._to_confirm = to_confirm
        self._suspects: set[int] = set()
        self._limit: int | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self._gate = asyncio.Condition()
        self.active = 0
        self.draining = False

    async def start(self, tasks: asyncio.TaskGroup) -> None:
        """Start the workers; they run until cancelled."""
        self._tasks = tasks
        since = self._run.clock.now() - _LIMIT_FORGOTTEN
        self._limit = await self._run.limits.known(self._run.server.address, since)
        for number in range(self._run.options.concurrency or self._run.options.highest_concurrency):
            tasks.create_task(self._work(), name=f"upload-{number}")

    async def _wake(self) -> None:
        async with self._gate:
            self._gate.notify_all()

    async def _work(self) -> None:
        while True:
            item = await self._to_send.get()
            async with self._gate:
                await self._gate.wait_for(
                    lambda: not self.draining and self.active < self._run.concurrency.limit
                )
                self.active += 1
            try:
                await self._send(item)
            finally:
                self.active -= 1
                await self._wake()

    async def _send(self, item: Item) -> None:
        try:
            await self._run.trouble.over()
            await self._send_video(item)
            self._hold_if_large(item.file)
            answer = await self._upload(item.file, item)
        except TryLater as exc:
            await self._later(item, exc)
        except ChangedWhileReading:
            self._let_followers_go(item)
            await self._hashing.changed(item)
        except TrayError as exc:
            await self._rejected(item, exc)
        else:
            self._succeeded(item, answer)
            await self._to_confirm.put(item)

    def _succeeded(self, item: Item, answer: UploadAnswer) -> None:
        item.remote_id, item.created = answer.remote_id, answer.created
        self._suspects.clear()
        self._run.trouble.success()
        self._run.concurrency.finished(self._run.clock.monotonic())

    async def _send_video(self, item: Item) -> None:
        """Send the motion video first, hidden; a video that cannot go leaves the still alone."""
        if item.video is None:
            return
        video = Item(item.video, hidden=True, attempts=item.video_attempts)
        try:
            self._hold_if_large(video.file)
            answer = await self._upload(video.file, video)
        except ChangedWhileReading:
            raise
        except AssetRejected as exc:
            item.video = None
            await self._learn(video.file, exc)
            await self._outcomes.failed(self._outcomes.begin(video), exc)
            return
        item.video, item.video_id = None, answer.remote_id
        self._outcomes.begin(video)
        self._run.inflight.setdefault(video.sha1, [])
        self._succeeded(video, answer)
        await self._to_confirm.put(video)

    async def _upload(self, file: LocalFile, item: Item) -> UploadAnswer:
        run = self._run
        upload = await self._describe(file, item)
        run.tally.sending(file.path, file.stamp.size)

        def sent(count: int) -> None:
            run.tally.sent(file.path, count)
            limit = run.concurrency.limit
            run.concurrency.progressed(count, run.clock.monotonic())
            if run.concurrency.limit > limit and self._tasks:
                # Else a large file would keep the new level's workers waiting for its end.
                self._tasks.create_task(self._wake(), name="wake")

        content = MeteredContent(run.source.content(file), run.bandwidth, sent)
        item.sent_before = True
        run.sending[item.sha1] = item.sidecar_mtime
        return await run.acquaintance.then(lambda: run.server.upload(upload, content))

    async def _describe(self, file: LocalFile, item: Item) -> Upload:
        source, stamp = self._run.source, file.stamp
        sidecar = await self._sidecar(file.sidecar, item) if file.sidecar else None
        birth = await source.birth_ns(file.path)
        name = sent_name(file.path)
        return Upload(
            file_name=name,
            size=stamp.size,
            sha1=item.sha1,
            created_at=iso_z(created_ns(birth, stamp.mtime_ns)),
            modified_at=iso_z(stamp.mtime_ns),
            device_asset_id=f"{shown(name)}-{stamp.size}".replace(" ", ""),
            sidecar=sidecar,
            live_video_id=item.video_id,
            hidden=item.hidden,
        )

    async def _sidecar(self, path: str, item: Item) -> bytes | None:
        """Read a sidecar; the photo goes without one that has gone or cannot be read."""
        source = self._run.source
        try:
            mtime = (await source.stamp(path)).mtime_ns
            data = await source.small_file(path)
        except AssetRejected as exc:
            item.sidecar_mtime = None
            if not isinstance(exc, Vanished):
                self._run.tally.notes.append(
                    phrase("{path} was not sent: {words}", path=shown(path), words=exc.words())
                )
            return None
        item.sidecar_mtime = mtime
        return data or None

    def _hold_if_large(self, file: LocalFile) -> None:
        if self._limit is None or file.stamp.size < self._limit:
            return
        if near := self._run.options.near:
            raise TooLarge(
                phrase(
                    "Waits for {near}: the way by {address} takes no files of {size} and "
                    "more (413).",
                    near=near,
                    address=self._run.server.address,
                    size=size(self._limit),
                ),
                remedy=phrase(
                    "It goes by itself once the address in your own network can be reached."
                ),
                status=413,
            )
        raise TooLarge(
            phrase(
                "Held back: a proxy before the server refuses files of {size} and more (413).",
                size=size(self._limit),
            ),
            remedy=phrase("Raise its body size limit, then: immich-tray failed --retry-all."),
            status=413,
        )

    async def _rejected(self, item: Item, error: TrayError) -> None:
        if not isinstance(error, AssetRejected):
            raise error
        if item.video_id and error.status == 400:
            # The video may have been deleted since we were told of it: two visible assets then.
            log.warning("%s: %s Sent without its video.", shown(item.file.path), error.reason)
            item.video_id = None
            self.retry(item, 0.0)
            return
        await self._learn(item.file, error)
        await self._outcomes.failed(item, error)

    async def _learn(self, file: LocalFile, error: TrayError) -> None:
        """Remember the size that the way to the server refused."""
        length = file.stamp.size
        if not isinstance(error, TooLarge) or error.status != 413:
            return
        if self._limit is None or length < self._limit:
            self._limit = length
            run = self._run
            await run.limits.learn(run.server.address, length, run.clock.now())

    async def _later(self, item: Item, error: TryLater) -> None:
        """Find out who is to blame, then pause the queue or try the file again later."""
        run = self._run
        run.concurrency.troubled(run.clock.monotonic())
        if error.server_wide or not await run.trouble.healthy():
            self.retry(item, 0.0)
            await run.trouble.meet(error)
            return
        self._suspects.add(item.file.id)
        if len(self._suspects) >= _SUSPECTS:
            # Several files in a row, and yet the server says it is well: wait, but count the
            # try, or a few bad files would hold the queue up in every run.
            await run.trouble.meet(error, sending=True)
        item.tries += 1
        log.warning("%s: %s Try %d.", shown(item.file.path), error.reason, item.tries)
        if item.tries >= TRIES_A_RUN:
            self._suspects.discard(item.file.id)
            await self._outcomes.failed(item, error)
        else:
            self.retry(item, retry_pause(item.tries))

    def retry(self, item: Item, seconds: float) -> None:
        """Ask the server about the item again after some seconds, then send it if need be."""
        if self._tasks is None:
            raise RuntimeError("start() comes first")
        self._let_followers_go(item)

        async def again() -> None:
            await self._run.clock.sleep(seconds)
            self._outcomes.again(item)

        self._tasks.create_task(again(), name="retry")

    def _let_followers_go(self, item: Item) -> None:
        """Files with equal bytes need not wait for one that cannot go now."""
        for follower in self._run.inflight.pop(item.sha1, []):
            self._outcomes.again(follower)
