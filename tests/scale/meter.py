"""What one process used, by the kernel's own accounts; shared by the programs measured here."""

import asyncio
import json
import selectors
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

MIB = 1 << 20


def peak_mib() -> float:
    """Peak resident memory of this process image; ru_maxrss would begin with the parent's."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


class CountingSelector(selectors.DefaultSelector):
    """Counts how often the loop wakes up."""

    turns = 0

    def select(self, timeout: float | None = None) -> Any:
        self.turns += 1
        return super().select(timeout)


class Meter:
    """Wall time, CPU time and loop turns since it was made."""

    def __init__(self, selector: CountingSelector) -> None:
        self._selector = selector
        self._turns = selector.turns
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def read(self) -> dict[str, float]:
        """Return what was used; seconds."""
        return {
            "wall": time.perf_counter() - self._wall,
            "cpu": time.process_time() - self._cpu,
            "turns": self._selector.turns - self._turns,
        }


def run(main: Coroutine[Any, Any, dict[str, Any]], selector: CountingSelector) -> None:
    """Run a program on a counted loop and print what it found, and its peak, as JSON."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        found = runner.run(main)
    sys.stdout.write(json.dumps({**found, "peak_mib": peak_mib()}) + "\n")
