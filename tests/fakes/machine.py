"""Port `Machine`: a computer whose plugs and networks a test pulls."""

import dataclasses
from collections.abc import Callable
from typing import Any

from tray_app.core.conditions import Blocker, Readings, Reason

METERED = Reason(Blocker.METERED, "Metered.", "Use another network.")


class FakeMachine:
    """Tells `readings`; `silent` stands for a system that sends no signals."""

    def __init__(self, readings: Readings | None = None, *, silent: bool = False) -> None:
        self.readings = readings or Readings()
        self.silent = silent
        self.reads = 0
        self._listeners: dict[object, Callable[[], None]] = {}

    async def read(self) -> Readings:
        self.reads += 1
        return self.readings

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        key = object()
        self._listeners[key] = listener

        def end() -> None:
            self._listeners.pop(key, None)

        return end

    def change(self, **readings: Any) -> None:
        """Change some of the readings, and say so unless silent."""
        self.readings = dataclasses.replace(self.readings, **readings)
        if not self.silent:
            for listener in list(self._listeners.values()):
                listener()
