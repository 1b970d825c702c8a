"""A program: uploads over a slow line, which is the loopback of a network namespace of its own.

on_a_line.py MBIT FOLDER FILES BYTES; started by `unshare --net`, as root. Prints files a second
for each number of uploads at once (0: the program finds it), what a cap of half the line makes of
it, and how long a page takes beside that; JSON. Servers listen on loopback only, and so the line
is that: both directions share it, which a real one does not.
"""

import json
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.scale.rig import Bench, bench, small_files

LEVELS = (1, 4, 8, 0)
KIB = 1024
PAGE = ("/api/server/media-types", "/api/server/features", "/api/server/config")
STEADY = 15  # seconds of sending under a cap, beside which connecting counts for little
THINKS = 0.2  # seconds between two pages, as somebody who reads them


def shape(mbit: float) -> None:
    for words in (
        "ip link set lo mtu 1500 up",
        f"tc qdisc add dev lo root tbf rate {mbit}mbit burst 32kb latency 50ms",
    ):
        subprocess.run(words.split(), check=True)


def rate(server: Bench, photos: Path, *flags: Any) -> dict[str, float]:
    server.new_user()
    found = server.client(photos, server.home(), *flags, seconds=300)
    if found["failed_count"] or found["outcome"] != "done":
        raise RuntimeError(str(found))
    return {"files": found["completed_count"] / found["wall"], "wall": found["wall"]}


class Reader(threading.Thread):
    """Somebody who looks at pages of the server all the time."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self.over = threading.Event()
        self.took: list[float] = []

    def run(self) -> None:
        while not self.over.wait(THINKS):
            begin = time.perf_counter()
            for path in PAGE:
                httpx.get(self._address + path, timeout=60).raise_for_status()
            self.took.append(time.perf_counter() - begin)

    def median(self) -> float:
        """Stop; return the seconds a page took."""
        self.over.set()
        self.join()
        return statistics.median(self.took)


def main(mbit: float, folder: Path, files: int, size: int) -> dict[str, Any]:
    shape(mbit)
    photos = small_files(folder / "photos", files, size)
    cap = round(mbit * 1e6 / 8 / KIB / 2)
    steady = round(cap * KIB * STEADY / size)
    for_cap = small_files(folder / "steady", steady, size, first=files)
    with bench(folder) as server:
        alone = Reader(server.server.url)
        alone.start()
        time.sleep(4)
        quiet = alone.median()
        levels = {n: rate(server, photos, *(["--concurrency", n] if n else [])) for n in LEVELS}
        beside = Reader(server.server.url)
        beside.start()
        capped = rate(server, for_cap, "--limit", cap)
        return {
            "levels": {n: one["files"] for n, one in levels.items()},
            "cap": cap * KIB,
            "capped": steady * size / capped["wall"],
            "page_alone": quiet,
            "page_beside": beside.median(),
        }


if __name__ == "__main__":
    numbers = main(float(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps(numbers) + "\n")
