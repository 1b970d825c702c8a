"""Conditions before and during a run: a transfer ends within 2 s of one that is not met."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from tray_app.core.conditions import (
    Blocker,
    Readings,
    Reason,
    Rules,
    blockers,
    out_of_reach,
    reason,
    words,
)
from tray_app.engine.passing import Passing
from tray_app.ports import Clock, Machine
from tray_app.ports.host import Host

log = logging.getLogger(__name__)
POLL_SECONDS = 1.0  # only while something is sent; signals wake earlier


class Conditions:
    """Reads the machine and judges by the rules of the moment; logs what changes, once.

    `seen` is told all readings before they are judged.
    """

    def __init__(
        self,
        machine: Machine,
        rules: Callable[[], Rules],
        clock: Clock,
        passing: Passing | None = None,
        host: Host | None = None,
        seen: Callable[[Readings], None] = lambda _readings: None,
    ) -> None:
        self._machine = machine
        self._rules = rules
        self._clock = clock
        self._passing = passing or Passing(clock)
        self._host = host
        self._seen = seen
        self._told: tuple[Blocker, ...] = ()

    async def look(self) -> tuple[Reason, ...]:
        """Return why nothing may be sent now and what a person can do; empty means go."""
        readings, rules = await self._read()
        local = self._clock.now().astimezone().time()
        found = blockers(readings, rules, local, asleep=self._passing.asleep)
        if found != self._told:
            self._told = found
            # The name of a network is private, and logs are sent to strangers.
            unnamed = replace(readings, network_name=None)
            said = " ".join(words(blocker, unnamed, rules) for blocker in found)
            log.info("The backup has to wait: %s", said or "no longer.")
        return tuple(reason(blocker, readings, rules) for blocker in found)

    async def look_at_reach(self) -> tuple[Reason, ...]:
        """Return why the server cannot even be asked, which costs nothing; empty means go."""
        readings, rules = await self._read()
        found = out_of_reach(readings, rules, asleep=self._passing.asleep)
        return tuple(reason(blocker, readings, rules) for blocker in found)

    async def circumstances(self) -> tuple[bool | None, bool | None]:
        """Return whether a network is there, None where none is needed, and whether on mains."""
        readings, rules = await self._read()
        return readings.online if rules.needs_network else None, readings.on_ac

    async def _read(self) -> tuple[Readings, Rules]:
        readings = await self._machine.read()
        self._seen(readings)
        if self._passing.behind_portal(readings.network_id):
            readings = replace(readings, captive=True)
        return readings, self._rules()

    async def until_blocked(self) -> tuple[Reason, ...]:
        """Watch until a condition is no longer met; returns the reasons."""
        changed = asyncio.Event()
        ends = [watched.on_change(changed.set) for watched in (self._machine, self._passing)]
        try:
            while not (reasons := await self.look()):
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), POLL_SECONDS)
                changed.clear()
        finally:
            for end in ends:
                end()
        return reasons

    @contextmanager
    def transferring(self) -> Iterator[None]:
        """Ask sleep and shutdown for a moment to end in, for as long as a run lasts."""
        if self._host:
            self._host.transferring(on=True)
        try:
            yield
        finally:
            if self._host:
                self._host.transferring(on=False)

    async def met_portal(self) -> tuple[Reason, ...]:
        """Note that a login page answered in place of the server; returns the reasons."""
        self._passing.met_portal((await self._machine.read()).network_id)
        return await self.look()
