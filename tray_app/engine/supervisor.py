"""The one loop that decides; the rest of the world only knocks (style anchors, principle 3)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.run import Outcome, RunResult
from tray_app.core.snapshot import Overview, Phase, Snapshot, UploadState
from tray_app.engine.store import Store
from tray_app.ports import Clock

log = logging.getLogger(__name__)
LONGEST_NAP = 60.0
STOP_SECONDS = 5.0  # for the current uploads (requirement, On Terminate)


class Stoppable(Protocol):
    """A run that can be asked to end after its current uploads."""

    def stop(self) -> None:
        """Ask."""
        ...


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a run tells while it works; `begun` hands over how to stop it."""

    publish: Callable[[Phase, UploadState], None]
    announce: Callable[[str, datetime | None], None]
    begun: Callable[[Stoppable], None]


Backup = Callable[[Hooks], Awaitable[RunResult]]
Look = Callable[[], Awaitable[Overview]]
Hold = Callable[[], Awaitable[tuple[str, ...]]]


class Supervisor:
    """Runs one backup at a time, at most; knocks coalesce; a bug in a run never ends it.

    `backup` does one whole run, `look` reads what the database says, `hold` why a run would
    have to wait now, `open_page` shows the server in the browser.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        backup: Backup,
        look: Look,
        hold: Hold,
        open_page: Callable[[str], object],
        quit_requested: asyncio.Event,
    ) -> None:
        self._store = store
        self._clock = clock
        self._backup = backup
        self._look = look
        self._hold = hold
        self._open_page = open_page
        self._knock = asyncio.Event()
        self._asked = False
        self._left_over = False  # a pause or a condition ended a run before its end
        self._paused = False
        self._paused_until: datetime | None = None
        self._run: Stoppable | None = None
        self.quit_requested = quit_requested

    # Knocks: safe from a Qt slot, they return at once.

    def back_up_now(self) -> None:
        """Run once; a pause stays as it is (design section 3, "Back up now")."""
        self._asked = True
        self._knock.set()

    def pause(self, minutes: int | None) -> None:
        """Stop after the current uploads and hold back; what is left goes on at the end."""
        now = self._clock.now()
        self._paused = True
        self._paused_until = None if minutes is None else now + timedelta(minutes=minutes)
        if self._run:
            self._left_over = True
            self._run.stop()
        self._show()
        self._knock.set()

    def conditions_changed(self) -> None:
        """Look again whether what waits may go on."""
        self._knock.set()

    def resume(self) -> None:
        """End a pause."""
        self._paused, self._paused_until = False, None
        self._show()
        self._knock.set()

    def open_immich(self) -> None:
        """Show the server in the browser."""
        if url := self._store.snapshot.server_url:
            self._open_page(url)

    def quit(self) -> None:
        """End the program in good order."""
        if self._run:
            self._run.stop()
        self.quit_requested.set()

    # The loop.

    async def serve(self) -> None:
        """Decide until quit is requested, then let the current uploads end."""
        await self._refresh(Phase.IDLE)
        serving = asyncio.create_task(self._decide(), name="supervisor")
        waiting = asyncio.create_task(self.quit_requested.wait(), name="quit")
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._run:
            self._run.stop()
        if self._run and not serving.done():
            await asyncio.wait({serving}, timeout=STOP_SECONDS)
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving

    async def _decide(self) -> None:
        while not self.quit_requested.is_set():
            await self._next_knock()
            if self._asked or (self._left_over and not self._paused and await self._may_go()):
                self._asked = self._left_over = False
                await self._one_run()

    async def _may_go(self) -> bool:
        """Tell whether no condition holds what is left; shows the reasons of one that does."""
        reasons = await self._hold()
        if reasons:
            self._change(phase=Phase.WAITING, reasons=reasons, resume_at=None)
        return not reasons

    async def _next_knock(self) -> None:
        """Wait for a knock or the end of a pause."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._knock.wait(), self._nap())
        self._knock.clear()
        if self._paused_until and self._clock.now() >= self._paused_until:
            self._paused, self._paused_until = False, None
            self._show()

    def _nap(self) -> float | None:
        """Seconds to wait for a knock: never past a minute while something is due.

        A suspended laptop stops the loop's clock, and not every system tells of a change.
        """
        if self._paused_until is not None:
            left = (self._paused_until - self._clock.now()).total_seconds()
            return min(max(left, 0.0), LONGEST_NAP)
        return LONGEST_NAP if self._left_over and not self._paused else None

    async def _one_run(self) -> None:
        hooks = Hooks(self._publish, self._announce, self._begun)
        self._change(phase=Phase.CONNECTING, reasons=(), need=None, upload=UploadState())
        try:
            result = await self._backup(hooks)
        except NeedsUser as exc:
            await self._refresh(Phase.NEEDS_USER, exc)
        except TrayError as exc:
            await self._refresh(Phase.FAILED, exc)
        except Exception:
            log.exception("A backup run broke; this is a bug. The program goes on.")
            broken = TrayError("An unexpected fault ended the backup.", remedy="See the logs.")
            await self._refresh(Phase.FAILED, broken)
        else:
            await self._after(result)
        finally:
            self._run = None

    async def _after(self, result: RunResult) -> None:
        told = TrayError(result.reason, remedy=result.remedy) if result.reason else None
        if result.outcome is Outcome.NEEDS_USER:
            await self._refresh(Phase.NEEDS_USER, told)
            self._change(need=result.need)
        elif result.outcome is Outcome.TROUBLE:
            await self._refresh(Phase.FAILED, told)
        elif result.outcome is Outcome.WAITING:
            self._left_over = True
            await self._refresh(Phase.WAITING, told)
        elif self._paused:
            await self._refresh(Phase.PAUSED)
        else:
            await self._refresh(Phase.IDLE)

    async def _refresh(self, phase: Phase, error: TrayError | None = None) -> None:
        """Show the phase with what the database says; unreadable numbers stay as they were."""
        overview = Overview()
        try:
            overview = await self._look()
        except TrayError as exc:
            phase, error = Phase.FAILED, error or exc
        need = error.need if isinstance(error, NeedsUser) else None
        self._change(
            phase=phase,
            reasons=(error.words(),) if error else (),
            need=need,
            resume_at=self._paused_until,
            pending=overview.pending,
            failed=overview.failed,
            backed_up=overview.backed_up,
            last_success=overview.last_success,
            backup_failed_since=overview.backup_failed_since,
            server_url=overview.server_url,
            account_name=overview.account_name,
        )

    def _show(self) -> None:
        """Show a pause that begins or ends while nothing runs."""
        if self._run:
            return
        phase = Phase.PAUSED if self._paused else Phase.IDLE
        self._change(phase=phase, reasons=(), resume_at=self._paused_until)

    def _begun(self, run: Stoppable) -> None:
        self._run = run
        if self.quit_requested.is_set():
            run.stop()

    def _publish(self, phase: Phase, upload: UploadState) -> None:
        snapshot = self._store.snapshot
        shown = Phase.COOLING_DOWN if snapshot.phase is Phase.COOLING_DOWN else phase
        self._change(phase=shown, upload=upload)

    def _announce(self, reason: str, until: datetime | None) -> None:
        if reason:
            self._change(phase=Phase.COOLING_DOWN, reasons=(reason,), resume_at=until)
        else:
            self._change(phase=Phase.UPLOADING, reasons=(), resume_at=None)

    def _change(self, **fields: object) -> None:
        snapshot: Snapshot = self._store.snapshot
        self._store.publish(replace(snapshot, **fields))  # type: ignore[arg-type]
