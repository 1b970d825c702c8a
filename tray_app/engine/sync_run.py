"""One sync by the change stream: the library becomes what the server says, and stays restartable.

Every batch is committed and only then acknowledged, so that whatever breaks in between is sent
again. A stream that breaks off is taken up where it was; one that says nothing at all, as after
a bad ack, is asked for everything, once (protocol section 11).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from enum import Enum, auto

from tray_app.core.errors import Need, NeedsUser, StreamCut, StreamSilent, StreamStalled, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.server import ServerVersion
from tray_app.core.sync.acks import held_back, moment, put
from tray_app.core.sync.batch import Batch
from tray_app.core.sync.entities import COMPLETE, request_types
from tray_app.core.sync.standing import Applied, Owner, SyncMode, SyncResult
from tray_app.ports import Changes, Clock, Library

log = logging.getLogger(__name__)

BATCH_LINES = 15_000
MAX_STREAMS = 20
_FAILED = 500
_REFUSALS = 2


class _End(Enum):
    """How a stream came to its end."""

    COMPLETE = auto()
    RESET = auto()


class SyncRun:
    """Brings the library of `owner` up to date, once."""

    def __init__(
        self,
        changes: Changes,
        library: Library,
        clock: Clock,
        owner: Owner,
        *,
        batch_lines: int = BATCH_LINES,
    ) -> None:
        self._changes = changes
        self._library = library
        self._clock = clock
        self._owner = owner
        self._batch_lines = batch_lines
        self._applied = Applied()
        self._unknown: Counter[str] = Counter()
        self._fresh = False
        self._progress = 0  # checkpoints that the present stream has moved
        self._posted: set[str] = set()
        self._acks: dict[str, str] = {}  # the newest of each type in the present stream

    async def run(self, *, full: bool = False) -> SyncResult:
        """Sync; `full` has everything sent again. Raises NeedsUser or TryLater.

        What an unfinished sync stored is valid; the next one goes on from there.
        """
        start = self._clock.monotonic()
        version = await self._changes.version()
        require_known(version)
        # A library of nobody was lost or is new: the session may have checkpoints all the same.
        self._fresh = full or await self._library.owner(self._clock.now()) != self._owner
        await self._streams(request_types(version))
        if self._unknown:
            log.warning("Lines of types that we do not know: %s.", dict(self._unknown))
        return SyncResult(
            mode=SyncMode.STREAM,
            applied=self._applied,
            counts=await self._library.counts(),
            seconds=self._clock.monotonic() - start,
            unknown=self._unknown.total(),
        )

    async def _streams(self, types: tuple[str, ...]) -> None:
        silent, refused = False, 0
        for _ in range(MAX_STREAMS):
            self._progress = 0
            self._acks.clear()
            try:
                if await self._stream(types) is _End.COMPLETE:
                    return
                log.info("The server asks for a new start; everything is sent again.")
            except (StreamSilent, StreamCut) as exc:
                stuck = isinstance(exc, (StreamSilent, StreamStalled))
                if self._progress:
                    log.warning("%s Going on after %d checkpoints.", exc.reason, self._progress)
                elif stuck and not silent:
                    log.warning("%s Everything is asked for again.", exc.reason)
                    silent = self._fresh = True
                else:
                    raise
            except TryLater as exc:
                # A bad checkpoint makes servers fail, too; only when it fails twice is a whole
                # new start worth its price.
                if exc.status != _FAILED or refused == _REFUSALS:
                    raise
                refused += 1
                self._fresh = self._fresh or refused == _REFUSALS
                log.warning("%s It is asked again.", exc.reason)
        raise TryLater(phrase("The server does not come to an end of its changes."))

    async def _stream(self, types: tuple[str, ...]) -> _End:
        """Take one stream to its end; what came before a cut is stored, too."""
        storing = _Storing(self._store)
        batch = Batch()
        try:
            async with aclosing(self._changes.stream(types, reset=self._fresh)) as stream:
                async for piece in stream:
                    batch.add(piece)
                    if batch.over:
                        break
                    if batch.lines >= self._batch_lines:
                        await storing.put(batch)
                        batch = Batch()
            await storing.put(batch)
            await storing.done()
        except StreamCut:
            await storing.put(batch)
            await storing.done()
            raise
        finally:
            await storing.drop()
        return _End.RESET if batch.reset else _End.COMPLETE

    async def _store(self, batch: Batch) -> None:
        """Commit, then acknowledge."""
        if not batch.lines:
            return
        begin = self._owner if self._fresh else None
        done = await self._library.apply(batch, self._clock.now(), begin=begin)
        self._fresh = False
        self._unknown += batch.unknown
        self._applied = Applied(
            self._applied.upserted + done.upserted, self._applied.deleted + done.deleted
        )
        if acks := self._may_acknowledge(batch):
            await self._changes.acknowledge(acks)
            self._progress += len(set(acks) - self._posted)
            self._posted.update(acks)

    def _may_acknowledge(self, batch: Batch) -> list[str]:
        """Stay behind the server's clock, which only the end of a stream tells."""
        for kind, ack in batch.acks.items():
            put(self._acks, kind, ack)
        if batch.complete:
            end = self._acks.pop(COMPLETE)
            now = moment(end) or self._newest()
            return [*held_back(self._acks.values(), now), end]
        return held_back(batch.acks.values(), self._newest())

    def _newest(self) -> int:
        return max((at for ack in self._acks.values() if (at := moment(ack))), default=0)


class _Storing:
    """Stores one batch while the next one is read; never more than these two are in memory."""

    def __init__(self, store: Callable[[Batch], Coroutine[None, None, None]]) -> None:
        self._store = store
        self._task: asyncio.Task[None] | None = None

    async def put(self, batch: Batch) -> None:
        """Begin to store once the batch before is stored; raises what that met."""
        await self.done()
        self._task = asyncio.create_task(self._store(batch))

    async def done(self) -> None:
        """Wait until everything is stored; raises what it met."""
        task, self._task = self._task, None
        if task:
            await task

    async def drop(self) -> None:
        """Give up what is under way: it is sent again."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled() and (met := self._task.exception()):
                log.info("Storing ended with: %r", met)


def require_known(version: ServerVersion) -> None:
    """Raise NeedsUser for servers that are too old to be synced."""
    if not version.supported:
        raise NeedsUser(
            phrase(
                "The server runs Immich {version}; Immich Tray needs 2.0 or newer.", version=version
            ),
            need=Need.VERSION,
            remedy=phrase("Update the server."),
        )
