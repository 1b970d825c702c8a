"""The longest stall of the Qt loop while the program scans, hashes, uploads and syncs."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.budget import Finding
from tests.bench.local_files import listed
from tests.bench.measure import Room, interleaved, median
from tests.bench.ours import environment
from tests.bench.peer import ROOT
from tests.scale.rig import bench, small_files
from tests.sync.test_large_library import large_server

TITLE = "Stalls of the Qt loop"
FRAME, LONGEST = 16, 50  # ms


def stalls(room: Room, kind: str, *arguments: object) -> dict[str, float]:
    """Do that work on a Qt loop of its own; milliseconds."""
    words = [sys.executable, "-m", "tests.bench.programs.on_qt", kind, *map(str, arguments)]
    env = environment(room.folder / "home")
    done = subprocess.run(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=900)
    return json.loads(done.stdout.splitlines()[-1])


def measure(room: Room) -> Iterator[Finding]:
    tree = small_files(room.folder / "tree", room.sized(100_000, 200), 64)
    films = small_files(room.folder / "films", room.sized(40, 2), 32 << 20)
    photos = small_files(room.folder / "photos", room.sized(3000, 20), 20_000)
    listed(films)
    numbers = iter(range(1000))
    with bench(room.folder) as server, large_server(room.sized(500_000, 1000)) as library:

        def upload() -> dict[str, float]:
            server.new_user()
            place = (server.server.url, server.key, server.home(), photos)
            return stalls(room, "upload", *place)

        works = {
            "nothing": lambda: stalls(room, "nothing", 5),
            "scan": lambda: stalls(room, "scan", tree, _new(room, numbers)),
            "hash": lambda: stalls(room, "hash", films),
            "upload": upload,
        }
        found = interleaved(works, room.rounds(3))
        # A server's first stream is the large one, so this is measured once.
        found["sync"] = [stalls(room, "sync", library, _new(room, numbers))]
    bare = found.pop("nothing")
    p99, most = median([one["p99"] for one in bare]), max(one["max"] for one in bare)
    note = f"doing nothing: p99 {p99:.1f}, max {most:.1f} ms"
    for kind, rounds in found.items():
        for which, budget in (("p99", FRAME), ("max", LONGEST)):
            late = median([one[which] for one in rounds])
            yield Finding(what=f"{kind}, {which}", ours=late, unit="ms", budget=budget, note=note)


def _new(room: Room, numbers: Iterator[int]) -> Path:
    return room.folder / f"{next(numbers)}.db"
