"""Conditions before and during a run: a transfer ends within 2 s of one that is not met."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tray_app.core.conditions import Rules, blockers, words
from tray_app.ports import Clock, Machine

POLL_SECONDS = 1.0  # only while something is sent; signals wake earlier


class Conditions:
    """Reads the machine and judges by the rules of the moment."""

    def __init__(self, machine: Machine, rules: Callable[[], Rules], clock: Clock) -> None:
        self._machine = machine
        self._rules = rules
        self._clock = clock

    async def reasons(self) -> tuple[str, ...]:
        """Return why nothing may be sent now, as sentences; empty means go."""
        readings, rules = await self._machine.read(), self._rules()
        local = self._clock.now().astimezone().time()
        return tuple(words(b, readings, rules) for b in blockers(readings, rules, local))

    async def until_blocked(self) -> tuple[str, ...]:
        """Watch until a condition is no longer met; returns the reasons."""
        changed = asyncio.Event()
        end = self._machine.on_change(changed.set)
        try:
            while not (reasons := await self.reasons()):
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), POLL_SECONDS)
                changed.clear()
        finally:
            end()
        return reasons
