"""A second run over files that are backed up already, beside the official client's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.budget import Finding
from tests.bench.kernel import Used
from tests.bench.measure import Room, interleaved, median
from tests.bench.ours import backup
from tests.bench.peer import official_cli
from tests.scale.rig import Bench, bench, small_files

TITLE = "Second run over what is backed up"
GIGABYTES = 20
PIECE = 100_000_000


def measure(room: Room) -> Iterator[Finding]:
    peer = official_cli(room.missing)
    photos = small_files(room.folder / "photos", 80, 20_000)
    with bench(room.folder) as server:
        place, home = (server.server.url, server.key), server.home()
        backup(home, *place, photos)
        found = [backup(home, *place, photos).wall for _ in range(room.rounds())]
        yield Finding(what="80 files, whole program", ours=median(found), unit="s", budget=0.3)
        yield from _large(room, server, peer)


def _large(room: Room, server: Bench, peer) -> Iterator[Finding]:
    count = room.sized(GIGABYTES * 10**9 // PIECE, 2)
    photos = sparse_files(room.folder / "videos", count)
    server.new_user()
    place, home = (server.server.url, server.key), server.home()
    backup(home, *place, photos, seconds=1200)

    def ours() -> Used:
        return backup(home, *place, photos)

    rounds = 3 if room.scale >= 0.1 else 1
    if peer is None:
        mine = median([ours().wall for _ in range(rounds)])
        yield Finding(what=f"{count / 10:g} GB, whole program", ours=mine, unit="s")
        return
    works = {
        "ours": ours,
        "theirs": lambda: peer.upload(*place, photos, room.folder / "cli", 4, 1200),
    }
    found = interleaved(works, rounds)
    yield Finding(
        what=f"{count / 10:g} GB, how many times as quick",
        ours=median([one.wall for one in found["theirs"]]),
        unit="s",
        against="ours; the official CLI hashes again",
        limit=median([one.wall for one in found["ours"]]),
        budget=20.0 if room.scale >= 1 else None,
        at_least=True,
        note="here the first number is the CLI's",
    )
    shutil.rmtree(photos)


def sparse_files(folder: Path, count: int) -> Path:
    """Large files that take no room, each of another length and so of other bytes."""
    folder.mkdir()
    for number in range(count):
        with (folder / f"VID_{number:04}.mp4").open("wb") as file:
            file.truncate(PIECE + number)
    return folder
