"""Asks the server about every file, after reading it anew; changes no file and uploads nothing."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tray_app.core.asset import Failure, LocalFile, shown, unreadable_folder
from tray_app.core.errors import TrayError
from tray_app.core.ledger import Held
from tray_app.core.listing import FolderListing, WalkRules
from tray_app.core.phrase import join
from tray_app.core.server import CheckAnswer
from tray_app.core.snapshot import Phase, UploadState
from tray_app.core.verify import Finding, Past, Record, Standing, Verified, judge
from tray_app.engine.run.item import UNAVAILABLE
from tray_app.engine.run.trouble import Trouble
from tray_app.ports import Clock, Index, Ledger, PhotoSource, Records, Server

_TOGETHER = 2_500  # checksums a call; 5,000 is the most (protocol 3.2)
_READ_FILES = 16
_READ_BYTES = 8 << 20
_READERS = 2

Roots = Sequence[tuple[str, WalkRules]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """The ports a verification works with."""

    server: Server
    source: PhotoSource
    index: Index
    records: Records
    ledger: Ledger
    clock: Clock
    trouble: Trouble


class _Read(NamedTuple):
    """One file, what the index had of it, and its bytes now."""

    path: str
    before: Record
    now: Record


class Verify:
    """Looks at every photo and video below the roots, as a backup would.

    `quick`: believe the checksums of files that look unchanged, instead of reading them.
    `publish` gets the progress, `tell` each file that the server does not hold.
    """

    def __init__(
        self,
        witnesses: Witnesses,
        roots: Roots,
        publish: Callable[[Phase, UploadState], None],
        tell: Callable[[Finding], None],
        *,
        quick: bool = False,
    ) -> None:
        self._see = witnesses
        self._roots = roots
        self._publish = publish
        self._tell = tell
        self._quick = quick
        self._counts: Counter[Standing] = Counter()
        self._total = self._skipped = self._bytes = 0
        self._read: list[_Read] = []

    async def run(self) -> Verified:
        """Verify; what the records called backed up and is gone is noted in them as missing.

        Raises NeedsUser, or GaveUp when the server stays in trouble.
        """
        begin = self._see.clock.monotonic()
        async for listing in self._listings(Phase.SCANNING):
            self._total += len(listing.entries)
        async for listing in self._listings(Phase.HASHING):
            self._skipped += len(listing.skipped) + listing.unsupported + listing.excluded
            if listing.error is not None:
                self._found(_folder_finding(unreadable_folder(listing.path, listing.error)))
            await self._look(listing)
        await self._ask()
        seconds = self._see.clock.monotonic() - begin
        return Verified(
            counts=dict(self._counts),
            skipped=self._skipped,
            bytes_read=self._bytes,
            seconds=seconds,
        )

    async def _listings(self, phase: Phase) -> AsyncIterator[FolderListing]:
        for root, rules in self._roots:
            async for batch in self._see.source.walk(root, rules):
                self._show(phase)
                for listing in batch:
                    if not await self._away(root, listing):
                        yield listing
                    elif phase is Phase.HASHING:
                        self._found(Finding(shown(root), Standing.FAILED, UNAVAILABLE))

    async def _away(self, root: str, listing: FolderListing) -> bool:
        """Recognise a chosen folder that is not there, or a mount point without its drive."""
        if listing.path != root:
            return False
        if listing.error is not None:
            return True
        empty = not (listing.entries or listing.below or listing.skipped or listing.unsupported)
        return empty and await self._see.index.known_below(root) > 0

    async def _look(self, listing: FolderListing) -> None:
        files = [
            LocalFile(0, os.path.join(listing.path, entry.name), entry.kind, entry.stamp)  # noqa: PTH118  bytes-safe
            for entry in listing.entries
        ]
        for start in range(0, len(files), _TOGETHER):
            part = files[start : start + _TOGETHER]
            befores = await self._see.records.files([file.path for file in part])
            await self._read_all(list(zip(part, befores, strict=True)))
            if len(self._read) >= _TOGETHER:
                await self._ask()

    async def _read_all(self, files: Sequence[tuple[LocalFile, Record]]) -> None:
        """Read with two readers side by side; what cannot be read has failed."""
        room = asyncio.Semaphore(_READERS)

        async def read(group: Sequence[tuple[LocalFile, Record]]) -> None:
            async with room:
                await self._read_group(group)

        async with asyncio.TaskGroup() as tasks:
            for group in _groups([one for one in files if not self._known(*one)]):
                tasks.create_task(read(group))

    def _known(self, file: LocalFile, before: Record) -> bool:
        same = before.stamp is not None and before.stamp.same_as(file.stamp)
        if not (self._quick and same and before.sha1):
            return False
        self._read.append(_Read(file.path, before, Record(file.stamp, before.sha1)))
        return True

    async def _read_group(self, group: Sequence[tuple[LocalFile, Record]]) -> None:
        read = [0]

        def count(size: int) -> None:
            read[0] += size

        digests = await self._see.source.hash([file for file, _ in group], count)
        self._bytes += read[0]
        for (file, before), digest in zip(group, digests, strict=True):
            if isinstance(digest, TrayError):
                self._found(Finding(shown(file.path), Standing.FAILED, digest.words()))
            else:
                now = Record(digest.stamp, digest.sha1)
                self._read.append(_Read(file.path, before, now))
        self._show(Phase.HASHING)

    async def _ask(self) -> None:
        """Ask the server about what was read, and take note of what it lost."""
        read, self._read = self._read, []
        sums = list({one.now.sha1 for one in read if one.now.sha1})
        if not sums:
            return
        see = self._see
        answers = dict(
            zip(sums, await see.trouble.call(lambda: see.server.check(sums)), strict=True)
        )
        olds = {one.before.sha1 for one in read if one.before.sha1}
        pasts = await see.records.pasts([*olds.union(sums)])
        await self._note(answers, pasts)
        for one in read:
            standing, reason = judge(one.now, one.before, answers[one.now.sha1 or b""], pasts)
            self._found(Finding(shown(one.path), standing, reason, one.now.sha1))
        self._show(Phase.HASHING)

    async def _note(self, answers: dict[bytes, CheckAnswer], pasts: dict[bytes, Past]) -> None:
        rows = [
            (sha1, answer.remote_id or past.remote_id, state)
            for sha1, answer in answers.items()
            if (past := pasts.get(sha1)) and past.held and (state := _lost(answer))
        ]
        if rows:
            await self._see.ledger.audited(rows, self._see.clock.now())

    def _found(self, finding: Finding) -> None:
        self._counts[finding.standing] += 1
        if finding.standing is not Standing.HELD:
            self._tell(finding)

    def _show(self, phase: Phase) -> None:
        done = self._counts.total() + len(self._read)
        total = max(self._total, done) if phase is Phase.HASHING else 0
        state = UploadState(
            total_count=total,
            completed_count=done if total else 0,
            bytes_hashed=self._bytes,
        )
        self._publish(phase, state)


def _lost(answer: CheckAnswer) -> Held | None:
    if answer.remote_id is None:
        return Held.MISSING
    return Held.TRASHED if answer.trashed else None


def _folder_finding(failure: Failure) -> Finding:
    return Finding(failure.path, Standing.FAILED, join(" ", (failure.reason, failure.remedy)))


def _groups(
    files: Sequence[tuple[LocalFile, Record]],
) -> Iterator[list[tuple[LocalFile, Record]]]:
    """Put files together until it is worth a way to a thread and back."""
    group: list[tuple[LocalFile, Record]] = []
    size = 0
    for one in files:
        group.append(one)
        size += one[0].stamp.size
        if len(group) == _READ_FILES or size >= _READ_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
