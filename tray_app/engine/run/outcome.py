"""Where every item ends: confirmed, a duplicate, failed, or never a candidate.

Knows how many items are under way, so that the run knows when it is done.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime

from tray_app.core.asset import Failure, LocalFile, shown
from tray_app.core.backoff import next_attempt
from tray_app.core.changes import below
from tray_app.core.errors import TrayError, Unreadable, Vanished
from tray_app.core.ledger import Confirmation, FailureRecord, Held, Known
from tray_app.core.phrase import phrase
from tray_app.core.setting_specs import AlbumMode
from tray_app.engine.run.item import UNAVAILABLE, Item, RunContext

log = logging.getLogger(__name__)


class Outcomes:
    """Ends items and counts them; equal bytes are sent once and end together."""

    def __init__(self, context: RunContext, started: datetime) -> None:
        self._run = context
        self._started = started
        self._alive = 0
        self._fed = False
        self.done = asyncio.Event()
        self.again: Callable[[Item], None] = lambda _item: None

    def begin(self, item: Item) -> Item:
        """Count an item as under way."""
        self._alive += 1
        return item

    def all_fed(self) -> None:
        """Note that the plan has no more; the run is done when nothing is under way."""
        self._fed = True
        self._look()

    @property
    def alive(self) -> int:
        """Items under way."""
        return self._alive

    def end(self, count: int = 1) -> None:
        """Take items off the road."""
        self._alive -= count
        self._look()

    def _look(self) -> None:
        if self._fed and not self._alive:
            self.done.set()

    # Equal bytes: one is sent, the others follow its fate.

    def lead(self, item: Item) -> bool:
        """Tell whether this item is the one to be sent; otherwise it waits for the leader."""
        followers = self._run.inflight.get(item.sha1)
        if followers is None:
            self._run.inflight[item.sha1] = []
            return True
        followers.append(item)
        return False

    def _followers(self, item: Item) -> list[Item]:
        return self._run.inflight.pop(item.file.sha1, []) if item.file.sha1 else []

    async def unknown(self, batch: Sequence[Item]) -> list[Item]:
        """End items whose bytes need no upload; returns the others.

        What a synced library holds needs no question to the server.
        Bytes confirmed before this run mean a moved or copied file: no candidate. Confirmed
        during it: a duplicate.
        """
        sums = {f.sha1 for item in batch for f in (item.file, item.video) if f and f.sha1}
        await self._run.voucher.adopt(self._run.clock.now(), sums)
        known = await self._run.ledger.known(list(sums))
        left: list[Item] = []
        moved: list[Confirmation] = []
        ended = 0
        for item in batch:
            self._know_video(item, known)
            found = known.get(item.sha1)
            if found is None:
                left.append(item)
                continue
            self._count_known(found)
            if found.held and (album := self.album(item.file)):
                moved.append(Confirmation(item.sha1, found.remote_id, Held.DUPLICATE, album))
            left.extend(self._split_video(item))
            ended += 1
        if moved:
            await self._run.ledger.join_albums(moved)
        self.end(ended)  # last: it may end the run, and this task with it
        return left

    def _know_video(self, item: Item, known: dict[bytes, Known]) -> None:
        video = item.video
        if video is None or video.sha1 is None:
            return
        if found := known.get(video.sha1):
            item.video, item.video_id = None, found.remote_id if found.held else None
            if item.video_due:
                self._count_known(found)
        elif not item.video_due:
            item.video = None

    def _count_known(self, found: Known) -> None:
        fresh = found.since >= self._started
        self._run.tally.change(**({"duplicate_count": 1} if fresh else {"total_count": -1}))

    def _split_video(self, item: Item) -> list[Item]:
        """Make an asset of its own of a video whose still goes another way."""
        alone = item.split()
        return [self.begin(alone)] if alone else []

    async def confirmed(self, items: Sequence[tuple[Item, Held]]) -> None:
        """Record that the server holds these bytes; followers are duplicates."""
        now = self._run.clock.now()
        rows: list[Confirmation] = []
        completed = duplicates = ended = 0
        for item, held in items:
            group = [item, *self._followers(item)]
            rows += [self._row(member, item, held) for member in group]
            mine = held is Held.UPLOADED
            completed += mine
            duplicates += len(group) - mine
            ended += len(group)
            for member in group:
                for video in self._split_video(member):
                    self.again(video)
        await self._run.ledger.confirm(rows, now)
        for item, _ in items:
            self._run.sending.pop(item.sha1, None)
        self._run.tally.change(completed_count=completed, duplicate_count=duplicates)
        self.end(ended)

    def _row(self, member: Item, leader: Item, held: Held) -> Confirmation:
        if leader.remote_id is None:
            raise ValueError("confirmed without an id")
        album = None if leader.hidden else self.album(member.file)
        return Confirmation(leader.sha1, leader.remote_id, held, album, leader.sidecar_mtime)

    def album(self, file: LocalFile) -> str | None:
        """Return the album this file goes into, by the person's choice."""
        options = self._run.options
        if options.album_mode is AlbumMode.FOLDER:
            return shown(os.path.basename(os.path.dirname(file.path))) or None  # noqa: PTH119, PTH120  bytes-safe
        return options.album_name or None if options.album_mode is AlbumMode.SINGLE else None

    async def failed(self, item: Item, error: TrayError) -> None:
        """Park a file with its reason; nothing else waits for it."""
        if isinstance(error, Vanished | Unreadable) and await self._left(item):
            return
        path = shown(item.file.path)
        log.error("%s: %s", path, error.words())
        attempts = item.attempts + 1
        self._run.sending.pop(item.file.sha1 or b"", None)
        if isinstance(error, Vanished):
            await self._run.index.mark_absent(item.file.id)
        else:
            now = self._run.clock.now()
            record = FailureRecord(
                file_id=item.file.id,
                reason=error.reason,
                remedy=error.remedy,
                status=error.status,
                attempts=attempts,
                next_attempt_at=next_attempt(now, attempts),
            )
            await self._run.ledger.fail(record, now)
        self._run.tally.fail(Failure(path, error.reason, error.remedy, error.status, attempts))
        self._free(item)

    async def _left(self, item: Item) -> bool:
        """Let a file wait whose drive has gone: neither it nor anything on it has failed."""
        path = item.file.path
        root = next((one for one in self._run.roots if one != path and below(path, one)), None)
        if root is None or await self._run.source.occupied(root):
            return False
        if (
            note := phrase("{path}: {words}", path=shown(root), words=UNAVAILABLE)
        ) not in self._run.tally.notes:
            self._run.tally.out_of_reach(note)
        self._run.sending.pop(item.file.sha1 or b"", None)
        self._run.tally.change(total_count=-1)
        self._free(item)
        return True

    def _free(self, item: Item) -> None:
        """End an item that is not backed up; what hung on it goes its own way."""
        for other in [*self._split_video(item), *self._followers(item)]:
            self.again(other)
        self.end()
