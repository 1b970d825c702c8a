"""One run as the service sees it: begun, stopped, broken off, and how it ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.phrase import phrase
from tray_app.core.run import Outcome, RunResult, nothing_done
from tray_app.core.service.orders import Order
from tray_app.core.service.states import Event
from tray_app.core.snapshot import Phase, UploadState

log = logging.getLogger(__name__)
STOP_SECONDS = 5.0  # for the current uploads (requirement, On Terminate)


class Stoppable(Protocol):
    """A run that can be asked to end."""

    def stop(self) -> None:
        """Ask it to end after its current uploads."""
        ...

    def abort(self) -> None:
        """Break its current uploads off; they stay in the queue."""
        ...


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a run tells while it works; `begun` hands over how to stop it."""

    publish: Callable[[Phase, UploadState], None]
    announce: Callable[[str, datetime | None], None]
    begun: Callable[[Stoppable], None]


Backup = Callable[[Hooks, Order], Awaitable[RunResult]]

_ENDINGS = {
    Outcome.DONE: Event.RUN_DONE,
    Outcome.STOPPED: Event.RUN_STOPPED,
    Outcome.WAITING: Event.RUN_HELD,
    Outcome.TROUBLE: Event.RUN_TROUBLE,
    Outcome.NEEDS_USER: Event.RUN_NEEDS_USER,
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended; `fault` tells why where it did not end well."""

    event: Event
    result: RunResult | None = None
    fault: TrayError | None = None

    def as_result(self) -> RunResult:
        """Return what came of it, also where it did not come to a run."""
        if self.result:
            return self.result
        if self.fault is None:
            return nothing_done(Outcome.STOPPED)
        need = self.fault.need if isinstance(self.fault, NeedsUser) else None
        outcome = Outcome.NEEDS_USER if need else Outcome.TROUBLE
        return nothing_done(outcome, self.fault.reason, self.fault.remedy, need)


class Work:
    """The task of one run; `ended` is called once, with how it went, whatever happens."""

    def __init__(
        self,
        backup: Backup,
        order: Order,
        publish: Callable[[Phase, UploadState], None],
        announce: Callable[[str, datetime | None], None],
        ended: Callable[[Ending], Awaitable[None]],
    ) -> None:
        self._run: Stoppable | None = None
        self._cut: Event | None = None  # why the task was cancelled by us
        self._grace: asyncio.TimerHandle | None = None
        hooks = Hooks(publish, announce, self._begun)
        self.task = asyncio.create_task(self._do(backup(hooks, order), ended), name="backup run")

    def _begun(self, run: Stoppable) -> None:
        self._run = run

    def stop(self) -> None:
        """End after the current uploads if they end within 5 s, else break them off."""
        if self._run is None:
            self.cut(Event.RUN_STOPPED)
        elif self._grace is None:
            self._run.stop()
            self._grace = asyncio.get_running_loop().call_later(STOP_SECONDS, self._run.abort)

    def cut(self, event: Event) -> None:
        """End at once, with `event` as the ending."""
        self._cut = event
        self.task.cancel()

    async def _do(
        self, running: Awaitable[RunResult], ended: Callable[[Ending], Awaitable[None]]
    ) -> None:
        try:
            ending = _judge(await running)
        except NeedsUser as exc:
            ending = Ending(Event.RUN_NEEDS_USER, fault=exc)
        except TrayError as exc:
            ending = Ending(Event.RUN_TROUBLE, fault=exc)
        except asyncio.CancelledError:
            if self._cut is None:
                raise
            ending = Ending(self._cut)
        except Exception:
            log.exception("A backup run broke; this is a bug. The program goes on.")
            fault = TrayError(
                phrase("An unexpected fault ended the backup."), remedy=phrase("See the logs.")
            )
            ending = Ending(Event.RUN_BROKE, fault=fault)
        finally:
            if self._grace:
                self._grace.cancel()
        await ended(ending)


def _judge(result: RunResult) -> Ending:
    fault: TrayError | None = None
    if result.need:
        fault = NeedsUser(result.reason, need=result.need, remedy=result.remedy)
    elif result.reason:
        fault = TrayError(result.reason, remedy=result.remedy)
    return Ending(_ENDINGS[result.outcome], result, fault)
