"""Port `Machine`: asks every source at once, and waits for none of them."""

import asyncio
import dataclasses
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Protocol, Self

from tray_app.core.conditions import Readings

log = logging.getLogger(__name__)

# Together below the second that the port allows.
_SECONDS = 0.6
_FALLBACK_SECONDS = 0.3
# A service that is slow has not changed its mind: else a busy one would turn "metered" into "go".
_IN_FORCE_SECONDS = 60.0


class Source(Protocol):
    """One part of the system that knows some of the readings."""

    async def read(self) -> Readings:
        """Tell what is known; may take any time."""
        ...


class Listeners:
    """Who wants to know of changes."""

    def __init__(self) -> None:
        self._all: dict[object, Callable[[], None]] = {}

    def add(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Add; returns how to end it, harmless when called again."""
        key = object()
        self._all[key] = listener
        return lambda: self._all.pop(key, None) and None

    def call(self) -> None:
        """Call all; a listener may add or remove."""
        for listener in list(self._all.values()):
            listener()


class SystemMachine:
    """The readings of several sources: the first that knows a value wins.

    `fallback` is asked only for power that no other source knows. Lives in one event loop, which
    it joins at the first `read`; from then on listeners are called, possibly often at a time:
    the caller debounces. Reads at the same time share their answers. The last answer of a source
    that is slow stays in force for a minute. To be closed, or used with `async with`.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        fallback: Source,
        listeners: Listeners,
        close: Callable[[], Awaitable[None]] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sources = sources
        self._fallback = fallback
        self._listeners = listeners
        self._close = close
        self._now = now
        self._asked: dict[Source, asyncio.Task[Readings]] = {}
        self._last: dict[Source, tuple[float, Readings]] = {}
        self._is_closed = False

    async def read(self) -> Readings:
        """Look; never raises, never guesses, answers within a second."""
        if self._is_closed:
            return Readings()
        told = _first_known(await self._ask(self._sources, _SECONDS))
        if _knows_power(told):
            return told
        return _first_known([told, *await self._ask([self._fallback], _FALLBACK_SECONDS)])

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when the system says that something changed; returns how to end it."""
        return self._listeners.add(listener)

    async def close(self) -> None:
        """Leave the system's services; what is still being asked is given up."""
        self._is_closed = True
        waiting, self._asked = list(self._asked.values()), {}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if self._close:
            await self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _ask(self, sources: Sequence[Source], seconds: float) -> list[Readings]:
        """Ask at once; who takes too long is not asked again before the answer is there."""
        for source in sources:
            if source not in self._asked:
                self._asked[source] = asyncio.create_task(_read(source))
        tasks = [self._asked[source] for source in sources]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for source, task in zip(sources, tasks, strict=True):
            if task.done() and self._asked.get(source) is task:
                del self._asked[source]
                if not task.cancelled():
                    self._last[source] = (self._now(), task.result())
        return [it for source in sources if (it := self._in_force(source))]

    def _in_force(self, source: Source) -> Readings | None:
        when, answer = self._last.get(source, (float("-inf"), None))
        return answer if self._now() - when < _IN_FORCE_SECONDS else None


async def _read(source: Source) -> Readings:
    try:
        return await source.read()
    except Exception:
        log.exception("%s failed", type(source).__name__)
        return Readings()


def _first_known(answers: Sequence[Readings]) -> Readings:
    merged = Readings()
    for answer in answers:
        known = {
            field.name: value
            for field in dataclasses.fields(answer)
            if (value := getattr(answer, field.name)) is not None
            and getattr(merged, field.name) is None
        }
        merged = dataclasses.replace(merged, **known)
    return merged


def _knows_power(readings: Readings) -> bool:
    """Tell whether enough is known: the percentage matters only on battery."""
    return readings.on_ac is True or None not in (readings.on_ac, readings.battery_percent)
