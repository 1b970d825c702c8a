"""One run: scan, hash what changed, ask, send, verify, albums, and an honest result."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tray_app.core.concurrency import AutoConcurrency, Concurrency, FixedConcurrency
from tray_app.core.conditions import Reason
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.ledger import RunRecord
from tray_app.core.listing import WalkRules
from tray_app.core.phrase import plural
from tray_app.core.run import Outcome, RunOptions, RunResult
from tray_app.core.server import Account
from tray_app.core.setting_specs import AlbumMode
from tray_app.core.snapshot import Phase, UploadState
from tray_app.engine.run.acquaintance import Acquaintance
from tray_app.engine.run.albums import Albums
from tray_app.engine.run.audit import audit, audit_daily
from tray_app.engine.run.item import RunContext
from tray_app.engine.run.outcome import Outcomes
from tray_app.engine.run.partial import PartialScan
from tray_app.engine.run.pipeline import Pipeline
from tray_app.engine.run.scanning import Scan
from tray_app.engine.run.tally import Tally
from tray_app.engine.run.trouble import GaveUp, Trouble
from tray_app.engine.throttle import Bandwidth
from tray_app.ports import (
    AlbumQueue,
    Clock,
    Index,
    Ledger,
    PhotoSource,
    Plan,
    Server,
    SizeLimits,
    Voucher,
)

log = logging.getLogger(__name__)

Announce = Callable[[str, datetime | None], None]
Publish = Callable[[Phase, UploadState], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The ports a run works with; `account`: who the server said we are at its beginning."""

    server: Server
    account: Account
    source: PhotoSource
    index: Index
    plan: Plan
    ledger: Ledger
    voucher: Voucher
    albums: AlbumQueue
    limits: SizeLimits
    clock: Clock


class BackupRun:
    """Backs the given roots up once.

    `publish` gets every change of the counts, `announce` the pauses of the queue with their
    reason and end. `stop()` ends the run after the current uploads, `abort()` without them.
    """

    def __init__(
        self,
        parts: Parts,
        roots: Sequence[tuple[str, WalkRules]],
        options: RunOptions,
        publish: Publish,
        announce: Announce,
    ) -> None:
        self._parts = parts
        self._roots = roots
        self._options = options
        self._tally = Tally(publish)
        self._announce = announce
        self._acquaintance = Acquaintance(parts.server, parts.account, parts.clock)
        self._stop = asyncio.Event()
        self._held: tuple[Reason, ...] = ()
        self._broken_off = False
        self._working: asyncio.Task[bool] | None = None
        self._checked: int | None = None  # by the audit, None: there was none yet

    def hold(self, reasons: Sequence[Reason]) -> None:
        """Break off at once, the current transfer too: a condition is no longer met."""
        self._held = tuple(reasons)
        self.abort()

    def abort(self) -> None:
        """Break off at once; the current uploads stay in the queue."""
        self._broken_off = True
        self._stop.set()
        if self._working:
            self._working.cancel()

    def stop(self) -> None:
        """Finish the current uploads, keep the queue, end."""
        self._stop.set()

    async def run(self) -> RunResult:
        """Do the run; raises only bugs and cancellation."""
        clock = self._parts.clock
        started, begin = clock.now(), clock.monotonic()
        ended: TrayError | None = None
        outcome = Outcome.DONE
        context = self._context()
        try:
            if not await self._unless_broken_off(context, started):
                outcome = Outcome.WAITING if self._held else Outcome.STOPPED
            elif self._checked is None and self._nothing_to_send:
                self._checked = await audit(context)
        except NeedsUser as exc:
            ended, outcome = exc, Outcome.NEEDS_USER
        except TrayError as exc:  # GaveUp, or a refusal of what concerns every file
            ended, outcome = exc, Outcome.WAITING if _is_portal(exc) else Outcome.TROUBLE
        result = await self._result(outcome, ended, clock.monotonic() - begin)
        if not self._options.dry_run:
            await self._remember(result, started)
        return result

    @property
    def _nothing_to_send(self) -> bool:
        return self._tally.state.total_count == self._tally.state.failed_count

    async def _unless_broken_off(self, context: RunContext, started: datetime) -> bool:
        """Work in a task of its own, so that `abort` can end it without ending the run."""
        self._working = asyncio.create_task(self._work(context, started), name="run")
        try:
            return await self._working
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not self._broken_off or (task and task.cancelling()):
                raise
            return False

    def _context(self) -> RunContext:
        parts, options, clock = self._parts, self._options, self._parts.clock
        concurrency: Concurrency = (
            FixedConcurrency(options.concurrency)
            if options.concurrency
            else AutoConcurrency(clock.monotonic(), options.highest_concurrency)
        )
        trouble = Trouble(clock, self._probe, self._announce, options.patience)
        return RunContext(
            server=parts.server,
            source=parts.source,
            index=parts.index,
            plan=parts.plan,
            ledger=parts.ledger,
            voucher=parts.voucher,
            albums=parts.albums,
            limits=parts.limits,
            clock=clock,
            options=options,
            tally=self._tally,
            trouble=trouble,
            acquaintance=self._acquaintance,
            concurrency=concurrency,
            bandwidth=Bandwidth(clock, options.bandwidth),
            roots=tuple(root for root, _ in self._roots),
        )

    async def _probe(self) -> None:
        """Ask whether the server is well; after trouble it may be another one at that address."""
        await self._parts.server.health()
        await self._acquaintance.ask()

    async def _work(self, context: RunContext, started: datetime) -> bool:
        """Return whether the run came to its end."""
        if self._options.folders is None:
            await Scan(context, self._stop).roots(self._roots)
        else:
            await PartialScan(context, self._stop).roots(self._roots, self._options.folders)
        if self._stop.is_set():
            return False
        if not self._options.dry_run:
            if self._parts.server.address == self._options.near:
                await context.ledger.free_large(started)
            self._checked = await audit_daily(context)
        total = await self._plan(context, started)
        parked = await context.plan.parked()
        self._tally.failures.extend(parked)
        self._tally.change(total_count=total + len(parked), failed_count=len(parked))
        log.info("%d files to back up, %d of them parked.", total + len(parked), len(parked))
        finished = True
        if total:
            finished = await Pipeline(context, Outcomes(context, started)).run(self._stop)
        if finished and not self._options.dry_run:
            await Albums(context).fill()
        return finished

    async def _plan(self, context: RunContext, started: datetime) -> int:
        """Make the plan, without what the library holds; returns its files."""
        forever = datetime.max.replace(tzinfo=UTC)
        due = forever if self._options.retry_parked else started
        total = await context.plan.make(due)
        passes = self._options.album_mode is not AlbumMode.OFF  # each for its album
        if total and not passes and await context.voucher.adopt(context.clock.now()):
            total = await context.plan.make(due)
        return total

    async def _result(self, outcome: Outcome, ended: TrayError | None, seconds: float) -> RunResult:
        counts = await self._parts.ledger.counts()
        notes = list(self._tally.notes)
        if changed := await self._parts.ledger.changed_sidecars():
            notes.append(
                plural(
                    "{n} XMP sidecar is new or changed and was not sent again.",
                    "{n} XMP sidecars are new or changed and were not sent again.",
                    n=changed,
                )
            )
        return RunResult(
            outcome=outcome,
            upload=replace(self._tally.state, current_file="", current_progress=0),
            seconds=seconds,
            skipped_count=self._tally.skipped_count,
            excluded=self._tally.excluded,
            kinds=dict(self._tally.kinds),
            failures=tuple(self._tally.failures),
            skipped=tuple(self._tally.skipped),
            notes=tuple(notes),
            reason=ended.reason if ended else " ".join(it.words for it in self._held),
            remedy=ended.remedy if ended else "",
            need=ended.need if isinstance(ended, NeedsUser) else None,
            trashed=counts.trashed,
            missing=counts.missing,
            found=self._tally.found,
            unavailable=self._tally.unavailable,
            checked=self._checked or 0,
            portal=_is_portal(ended),
            blockers=tuple(it.blocker for it in self._held),
        )

    async def _remember(self, result: RunResult, started: datetime) -> None:
        failing = result.upload.failed_count > 0 or result.outcome in (
            Outcome.NEEDS_USER,
            Outcome.TROUBLE,
        )
        out_of_reach = self._tally.unavailable + self._tally.away
        record = RunRecord(
            started_at=started,
            ended_at=self._parts.clock.now(),
            outcome=result.outcome,
            success=result.outcome is Outcome.DONE and not failing and not out_of_reach,
            failing=failing,
            summary={k: v for k, v in result.as_json().items() if k != "failures"},
        )
        await self._parts.ledger.end_run(record)


def _is_portal(error: TrayError | None) -> bool:
    return isinstance(error, GaveUp) and error.portal
