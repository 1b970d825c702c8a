"""The queue-wide pause: when the server is in trouble nothing is sent until it is well."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from tray_app.core.backoff import queue_pause
from tray_app.core.errors import CaptivePortal, TrayError, TryLater
from tray_app.ports import Clock

T = TypeVar("T")
log = logging.getLogger(__name__)


class GaveUp(TrayError):
    """The trouble lasted longer than this run may wait; the queue is kept.

    `portal`: the network is in the way, not the server; that is waiting and no failure.
    """

    portal = False


class Trouble:
    """Pauses with exponential backoff and jitter, probing the server before going on.

    `announce(reason, until)` tells the person; with an empty reason the pause is over.
    """

    def __init__(
        self,
        clock: Clock,
        probe: Callable[[], Awaitable[None]],
        announce: Callable[[str, datetime | None], None],
        patience: float,
    ) -> None:
        self._clock = clock
        self._probe = probe
        self._announce = announce
        self._patience = patience
        self._clear = asyncio.Event()
        self._clear.set()
        self._failures = 0
        self._since: float | None = None
        self._gave_up: GaveUp | None = None
        self._sending = False

    @property
    def known(self) -> bool:
        """Tell whether the queue is paused now."""
        return not self._clear.is_set()

    async def over(self) -> None:
        """Wait until no trouble is known; raises GaveUp when it never ended."""
        await self._clear.wait()
        if self._gave_up:
            raise self._gave_up

    def success(self) -> None:
        """Note that the server took a file: whatever the trouble was, it is over."""
        self._failures = 0
        self._since = None
        self._sending = False

    async def call(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do `work` again and again until the server is well enough for it."""
        while True:
            await self.over()
            try:
                result = await work()
            except TryLater as exc:
                await self.meet(exc)
            else:
                if not self._sending:  # an answered question says nothing of a full disk there
                    self.success()
                return result

    async def healthy(self) -> bool:
        """Ask the server whether requests can be expected to work."""
        try:
            await self._probe()
        except TryLater:
            return False
        return True

    async def meet(self, error: TryLater, *, sending: bool = False) -> None:
        """Pause until the server answers its probe; the first to meet trouble does the work.

        `sending`: it takes no files although it answers; only a file that it takes ends that.
        """
        self._sending = self._sending or sending
        if not self._clear.is_set():
            await self.over()
            return
        self._clear.clear()
        try:
            await self._cool_down(error)
        finally:
            self._clear.set()
            self._announce("", None)
        if self._gave_up:
            raise self._gave_up

    async def _cool_down(self, error: TryLater) -> None:
        problem: TryLater | None = error
        while problem:
            delay = self._delay(problem)
            if self._gave_up:
                return
            log.warning("%s Next try in %.0f s.", problem.reason, delay)
            self._announce(problem.words(), self._clock.now() + timedelta(seconds=delay))
            await self._clock.sleep(delay)
            try:
                await self._probe()
                problem = None
            except TryLater as exc:
                problem = exc

    def _delay(self, problem: TryLater) -> float:
        now = self._clock.monotonic()
        self._since = now if self._since is None else self._since
        self._failures += 1
        backoff = queue_pause(self._failures, random.random())  # noqa: S311  jitter, no secret
        delay = max(backoff, problem.after or 0.0)
        if now - self._since + delay > self._patience:
            self._gave_up = GaveUp(problem.reason, remedy=problem.remedy, status=problem.status)
            self._gave_up.portal = isinstance(problem, CaptivePortal)
        return delay
