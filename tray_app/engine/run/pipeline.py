"""The stages of a run side by side: hashing, checking, uploading, confirming."""

import asyncio
from collections.abc import Iterator

from tray_app.core.errors import NeedsUser
from tray_app.engine.run.checking import Checking
from tray_app.engine.run.confirming import Confirming
from tray_app.engine.run.hashing import Hashing
from tray_app.engine.run.item import Item, RunContext
from tray_app.engine.run.outcome import Outcomes
from tray_app.engine.run.trouble import GaveUp
from tray_app.engine.run.uploading import Uploading

FINISH_SECONDS = 5.0  # for current uploads when the run is stopped (requirement, On Terminate)
_POLL_SECONDS = 0.05


class _Over(Exception):
    """Ends the workers of a run that has nothing left to do."""


class Pipeline:
    """Bounded queues between stages, so that memory does not grow with the library."""

    def __init__(self, context: RunContext, outcomes: Outcomes) -> None:
        self._run = context
        self._outcomes = outcomes
        to_check: asyncio.Queue[Item] = asyncio.Queue(2 * 2500)
        to_send: asyncio.Queue[Item] = asyncio.Queue(500)
        self._to_confirm: asyncio.Queue[Item] = asyncio.Queue(500)
        self._hashing = Hashing(context, outcomes, to_check)
        self._checking = Checking(context, outcomes, to_check, to_send)
        self._uploading = Uploading(context, outcomes, self._hashing, to_send, self._to_confirm)
        self._confirming = Confirming(context, outcomes, self._to_confirm, self._uploading.retry)
        self._to_check = to_check

    async def run(self, stop: asyncio.Event) -> bool:
        """Work until everything has an outcome; False when `stop` ended it early.

        Raises what ends a run, unwrapped: NeedsUser, GaveUp, or a bug.
        """
        finished = False
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._start(tasks)
                finished = await self._until_done_or(stop)
                if not finished:
                    await self._finish_current()
                raise _Over
        except BaseExceptionGroup as group:
            if error := _worst(group):
                raise error from None
        finally:
            if self._run.sending:
                await self._run.ledger.note_sent(self._run.sending)
        return finished

    async def _start(self, tasks: asyncio.TaskGroup) -> None:
        def again(item: Item) -> None:
            tasks.create_task(self._to_check.put(item), name="again")

        self._outcomes.again = again
        self._run.sent.update(await self._run.ledger.sent())
        self._run.wanted.update(await self._run.ledger.wanted())
        self._hashing.start(tasks)
        await self._uploading.start(tasks)
        tasks.create_task(self._checking.work(), name="check")
        tasks.create_task(self._confirming.work(), name="confirm")
        tasks.create_task(self._feed(), name="feed")

    async def _feed(self) -> None:
        await self._hashing.feed()
        self._outcomes.all_fed()

    async def _until_done_or(self, stop: asyncio.Event) -> bool:
        waits = [
            asyncio.ensure_future(self._outcomes.done.wait()),
            asyncio.ensure_future(stop.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        return self._outcomes.done.is_set()

    async def _finish_current(self) -> None:
        """Let running uploads end and be confirmed, within the time there is."""
        self._uploading.draining = self._confirming.hurry = True
        ends = self._run.clock.monotonic() + FINISH_SECONDS
        while self._busy() and self._run.clock.monotonic() < ends:
            await self._run.clock.sleep(_POLL_SECONDS)

    def _busy(self) -> bool:
        unconfirmed = not self._to_confirm.empty() or not self._confirming.idle.is_set()
        sending = self._uploading.active > 0 and not self._run.trouble.known
        return sending or unconfirmed


def _worst(group: BaseExceptionGroup[BaseException]) -> BaseException | None:
    """Choose what to tell of several failures: a bug first, then what needs a person."""
    found = list(_leaves(group))
    ranks = (_Over, GaveUp, NeedsUser)
    bugs = [error for error in found if not isinstance(error, ranks)]
    for kind in (NeedsUser, GaveUp):
        bugs += [error for error in found if isinstance(error, kind)]
    return bugs[0] if bugs else None


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
