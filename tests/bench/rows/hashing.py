"""Hashing of new files, beside hashlib on the same threads."""

from collections.abc import Iterator

from tests.bench.budget import Finding, exponent
from tests.bench.local_files import hashed, listed, plainly_hashed, timed
from tests.bench.measure import Room, interleaved, median
from tests.scale.rig import small_files

TITLE = "Hashing new files"
MIB = 1 << 20
KINDS = {"32 MiB": (40, 32 * MIB), "4 MB": (250, 4_000_000), "20 kB": (5000, 20_000)}


def measure(room: Room) -> Iterator[Finding]:
    for name, (count, size) in KINDS.items():
        files = listed(small_files(room.folder / name, room.sized(count, 4), size))
        hashed(files)  # all in the page cache: what remains is ours
        works = {
            "ours": lambda these=files: timed(lambda: hashed(these)),
            "bare": lambda these=files: timed(lambda: plainly_hashed(these)),
        }
        found = interleaved(works, room.rounds())
        for kind in ("wall", "cpu"):
            ours, bare = (median([getattr(u, kind) for u in found[it]]) for it in ("ours", "bare"))
            yield Finding(
                what=f"{len(files):,} files of {name}, {kind}",
                ours=ours,
                unit="s",
                against="`hashlib.file_digest`",
                limit=bare,
                budget=1.1 if kind == "wall" else None,
            )
    sizes, costs = [], []
    for step in (0.1, 0.3, 1.0):
        some = files[: max(2, round(len(files) * step))]
        sizes.append(len(some))
        costs.append(median([timed(lambda s=some: hashed(s)).cpu for _ in range(room.rounds(3))]))
    yield Finding(
        what=f"growth from {sizes[0]:,} to {sizes[-1]:,} files",
        ours=exponent(sizes, costs),
        unit="exponent",
        budget=1.1,
    )
