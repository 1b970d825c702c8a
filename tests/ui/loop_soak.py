"""The program of the soak test: many turns of the app's kind of loop, many Qt signals.

Usage: loop_soak.py TURNS SIGNALS. Prints one JSON line: what was counted and what drifted.
PySide6 6.12 on Python 3.11 dies here: it drops a reference to True with every signal, and one
to None with every call that returns nothing (hence the pin in pyproject.toml).
"""

import asyncio
import json
import sys
from pathlib import Path

import qasync
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication


class Source(QObject):
    happened = Signal(bool)


def rss_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def references() -> dict[str, int]:
    return {repr(value): sys.getrefcount(value) for value in (None, True, False)}


async def turn_and_signal(turns: int, signals: int, source: Source) -> int:
    """Spread the signals evenly over the turns; the number of loop turns that were taken."""
    every, taken = turns // signals, 0
    while taken < turns:
        await asyncio.sleep(0)
        taken += 1
        if taken % every == 0:
            source.happened.emit(True)
            source.setObjectName("soak")  # returns nothing: the other way to lose a reference
    return taken


async def soak(turns: int, signals: int) -> dict[str, object]:
    source, received = Source(), 0

    def receive(value: bool) -> None:  # noqa: FBT001  the signal's own shape
        nonlocal received
        received += value

    source.happened.connect(receive)
    await turn_and_signal(turns // 20, signals // 20, source)  # pools and caches fill up first
    received, rss, before = 0, rss_mib(), references()
    taken = await turn_and_signal(turns, signals, source)
    after = references()
    return {
        "turns": taken,
        "signals": received,
        "rss_growth_mib": rss_mib() - rss,
        "drift": {name: after[name] - before[name] for name in before},
    }


def main() -> None:
    turns, signals = int(sys.argv[1]), int(sys.argv[2])
    app = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        sys.stdout.write(json.dumps(runner.run(soak(turns, signals))))


if __name__ == "__main__":
    main()
