"""The first full sync, 100 changes afterwards, their growth with the library, and memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.budget import Finding, exponent
from tests.bench.measure import Room, median
from tests.bench.peer import ROOT
from tests.sync.test_large_library import large_server, limit

TITLE = "First sync, and 100 changes"
ASSETS = 500_000
LARGEST = 1_000_000
SMALLEST = 10_000


def synced(count: int, database: Path) -> dict[str, Any]:
    """Sync a library of that size, twice nothing but 100 changes, in a process of its own."""
    with large_server(count) as url:
        command = [sys.executable, "-m", "tests.sync.large_client", url, str(database)]
        done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True, timeout=900)
    database.unlink()
    return json.loads(done.stdout)


def measure(room: Room) -> Iterator[Finding]:
    full = room.sized(ASSETS, 2000)
    bare, first = [], []
    for _ in range(room.rounds(3)):
        bare.append(limit())
        first.append(synced(full, room.folder / "library.db"))
    yield from _first(full, first, median(bare))
    sizes = [room.sized(SMALLEST, 500), room.sized(100_000, 1000), room.sized(LARGEST, 4000)]
    grown = [synced(size, room.folder / "library.db") for size in sizes]
    yield Finding(
        what=f"growth of the first sync from {sizes[0]:,} to {sizes[-1]:,} assets, CPU",
        ours=exponent(sizes, [one["first"]["cpu"] for one in grown]),
        unit="exponent",
        budget=1.1,
    )
    yield from _changes(sizes, grown)


def _first(full: int, found: list[dict[str, Any]], bare: float) -> Iterator[Finding]:
    firsts = [one["first"] for one in found]
    rows = firsts[0]["rows"]
    yield Finding(
        what=f"{full:,} assets, CPU per 1,000 rows",
        ours=1e6 * median([one["cpu"] for one in firsts]) / rows,
        unit="ms",
        against="typed decode + bare `executemany`",
        limit=1e6 / bare,
        budget=2.0,
    )
    yield Finding(
        what=f"{full:,} assets with exif, rows a second of the clock",
        ours=rows / median([one["seconds"] for one in firsts]),
        unit="rows/s",
        budget=70_000,
        at_least=True,
    )
    yield Finding(
        what="memory of the first sync, peak",
        ours=median([one["peak_mib"] for one in firsts]),
        unit="MiB",
    )


def _changes(sizes: list[int], grown: list[dict[str, Any]]) -> Iterator[Finding]:
    last = grown[-1]["third"]
    yield Finding(
        what=f"100 changes in {sizes[-1]:,} assets", ours=last["seconds"], unit="s", budget=0.2
    )
    yield Finding(
        what="100 changes, memory beside that of the first sync",
        ours=last["peak_mib"] - grown[-1]["first"]["peak_mib"],
        unit="MiB",
        budget=5,
    )
    yield Finding(
        what=f"100 changes, growth from {sizes[0]:,} to {sizes[-1]:,} assets, CPU",
        ours=exponent(sizes, [one["third"]["cpu"] for one in grown]),
        unit="exponent",
        budget=0.1,
        note="flat",
    )
