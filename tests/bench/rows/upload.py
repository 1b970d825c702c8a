"""Uploading, beside a bare httpx client and the official command line client."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.bench.budget import Finding
from tests.bench.kernel import Used
from tests.bench.measure import Room, interleaved, median
from tests.bench.ours import backup, write_settings
from tests.bench.peer import OfficialCli, official_cli, real_server
from tests.scale.rig import Bench, bench, small_files

TITLE = "Upload"
CONCURRENCY = 4
BARE, PEER = "bare httpx client", "official CLI, whole program"


def measure(room: Room) -> Iterator[Finding]:
    peer = official_cli(room.missing)
    whole = room.scale >= 0.1  # these counts are the issue's; below only to see that it runs
    small = small_files(room.folder / "small", 500 if whole else 20, 20_000)
    large = small_files(room.folder / "large", 80 if whole else 4, 5_000_000)
    many = small_files(room.folder / "many", room.sized(5000, 20), 20_000)
    with bench(room.folder) as server:
        yield from _beside_bare(room, server, "20 kB", many, 5)
        yield from _beside_bare(room, server, "5 MB", large, 5)
        if peer:
            for size, photos in (("20 kB", small), ("5 MB", large)):
                yield from _beside_peer(room, server, peer, size, photos)
    if not (real := real_server(os.environ)):
        room.missing.append("a real server: IMMICH_BENCH_URL and IMMICH_BENCH_KEY are not set")
    elif peer:
        yield from _on_a_real_server(room, real, peer)


def _beside_bare(
    room: Room, server: Bench, size: str, photos: Path, rounds: int
) -> Iterator[Finding]:
    def ours() -> dict[str, float]:
        server.new_user()
        return server.client(photos, server.home(), "--concurrency", CONCURRENCY, seconds=300)

    def bare() -> dict[str, float]:
        server.new_user()
        return server.bare(photos, CONCURRENCY, seconds=300)

    found = interleaved({"ours": ours, "bare": bare}, room.rounds(rounds))
    count = int(found["ours"][0]["completed_count"])
    for kind, factor, unit in (("wall", 1.0, "s"), ("cpu", 1000 / count, "ms per file")):
        mine, least = (median([one[kind] * factor for one in found[it]]) for it in ("ours", "bare"))
        budget = 1.5 if kind == "cpu" else 1.3 if size == "5 MB" else None
        yield Finding(
            what=f"{count:,} files of {size}, {kind}",
            ours=mine,
            unit=unit,
            against=BARE,
            limit=least,
            budget=budget,
        )


def _rivals(room: Room, place: tuple[str, str], peer: OfficialCli, photos: Path, home: Path):
    def ours() -> Used:
        shutil.rmtree(home, ignore_errors=True)
        write_settings(home, f"uploadConcurrency = {CONCURRENCY}")
        return backup(home, *place, photos)

    def theirs() -> Used:
        return peer.upload(*place, photos, room.folder / "cli", CONCURRENCY, 600)

    return ours, theirs


def _beside_peer(
    room: Room, server: Bench, peer: OfficialCli, size: str, photos: Path
) -> Iterator[Finding]:
    def as_new(which: int) -> Used:
        server.new_user()
        place = (server.server.url, server.key)
        return _rivals(room, place, peer, photos, server.home())[which]()

    works = {"ours": lambda: as_new(0), "theirs": lambda: as_new(1)}
    yield from _compared(interleaved(works, room.rounds()), size, photos)


def _compared(found: dict[str, list[Used]], size: str, photos: Path) -> Iterator[Finding]:
    count = sum(len(files) for _, _, files in os.walk(photos))
    for kind, factor, unit, budget in (
        ("wall", 1.0, "s", 1.0),
        ("cpu", 1000 / count, "ms per file", 1.5),
    ):
        mine, theirs = (
            median([getattr(one, kind) * factor for one in found[it]]) for it in ("ours", "theirs")
        )
        yield Finding(
            what=f"{count:,} files of {size}, whole program, {kind}",
            ours=mine,
            unit=unit,
            against=PEER,
            limit=theirs,
            budget=budget,
        )


def _on_a_real_server(room: Room, place: tuple[str, str], peer: OfficialCli) -> Iterator[Finding]:
    """One round, each with files of its own, since a real server keeps what it was sent."""
    salt = os.getpid() * 1_000_000
    for size, count, length in (("20 kB", 500, 20_000), ("5 MB", 80, 5_000_000)):
        found = {}
        for number, name in enumerate(("ours", "theirs")):
            photos = small_files(
                room.folder / f"real-{size}-{name}",
                room.sized(count, 4),
                length,
                first=salt + number * 100_000,
            )
            home = room.folder / f"home-{size}"
            found[name] = [_rivals(room, place, peer, photos, home)[number]()]
        yield from _compared(found, f"{size} to a real server", photos)
