"""Tells another network, or one that came back, from what else changes about the computer."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tray_app.core.conditions import Readings
from tray_app.ports import Machine


class NetworkWatch:
    """Calls `changed` when the computer is in another network than before, or behind no portal.

    Lives in the loop that makes it, until `close`.
    """

    def __init__(self, machine: Machine, changed: Callable[[], None]) -> None:
        self._machine = machine
        self._changed = changed
        self._before: tuple[object, ...] | None = None
        self._knocked = asyncio.Event()
        self._knocked.set()  # the first look only remembers
        self._end = machine.on_change(self._knocked.set)
        self._task = asyncio.create_task(self._look(), name="network")

    async def close(self) -> None:
        """Watch no more."""
        self._end()
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _look(self) -> None:
        while True:
            await self._knocked.wait()
            self._knocked.clear()
            here = _where(await self._machine.read())
            before, self._before = self._before, here
            if before is not None and here != before:
                self._changed()


def _where(readings: Readings) -> tuple[object, ...]:
    return (
        readings.online is not False,
        readings.captive is True,
        readings.network_id,
        readings.medium,
    )
