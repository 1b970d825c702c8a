"""Scan and cache check of unchanged files, beside scandir and stat; growth with the tree."""

from collections.abc import Iterator

from tests.bench.budget import Finding, exponent
from tests.bench.local_files import look, scanner, timed
from tests.bench.measure import Room, interleaved, median
from tests.scale.rig import small_files

TITLE = "Scan and cache check of unchanged files"
FILES = 100_000
STEPS = (0.1, 0.3, 1.0)


def measure(room: Room) -> Iterator[Finding]:
    sizes, costs = [], []
    for step in STEPS:
        files = room.sized(round(FILES * step), 50)
        photos = small_files(room.folder / f"photos-{step}", files, 64)
        with scanner(photos, room.folder / f"backup-{step}.db") as scan:
            if scan() != files or scan() != 0:
                raise RuntimeError("the scan did not find what was written")
            works = {"ours": lambda: timed(scan), "bare": lambda at=photos: timed(lambda: look(at))}
            found = interleaved(works, room.rounds())
        sizes.append(files)
        costs.append(median([one.cpu for one in found["ours"]]))
    for kind in ("wall", "cpu"):
        ours, bare = (median([getattr(one, kind) for one in found[it]]) for it in ("ours", "bare"))
        yield Finding(
            what=f"{files:,} files, {kind}",
            ours=ours,
            unit="s",
            against="`os.scandir` + `stat`",
            limit=bare,
            budget=2.0 if kind == "wall" else None,
        )
    yield Finding(
        what=f"growth from {sizes[0]:,} to {sizes[-1]:,} files",
        ours=exponent(sizes, costs),
        unit="exponent",
        budget=1.1,
    )
