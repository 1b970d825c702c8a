"""`auto` finds a number of uploads about as good as the best fixed one (issue 2)."""

from contextlib import nullcontext
from statistics import median

import pytest

from tests.scale.proxy import latency
from tests.scale.rig import small_files

ENOUGH = 0.9
LATENCY = 0.05


def way(bench, far: bool):
    return latency(bench.server.url, LATENCY) if far else nullcontext(bench.server.url)


def rates(bench, photos, address, levels, rounds, count) -> dict[int | None, float]:
    """Files a second at each level; None is `auto`. The server forgets between the runs."""
    found: dict[int | None, list[float]] = {level: [] for level in levels}
    for _ in range(rounds):
        for level in levels:
            flags = ["--concurrency", level] if level else []
            bench.new_user()
            done = bench.client(photos, bench.home(), *flags, address=address, seconds=600)
            assert done["completed_count"] == count
            found[level].append(count / done["wall"])
    return {level: median(values) for level, values in found.items()}


@pytest.mark.parametrize(
    ("far", "files", "size"),
    [(False, 3000, 20_000), (True, 1500, 20_000)],
    ids=["loopback", "50ms"],
)
def test_auto_keeps_up_with_good_fixed_numbers(bench, room, far, files, size, record):
    photos = small_files(room / "photos", files, size)
    with way(bench, far) as address:
        found = rates(bench, photos, address, [8, None] if far else [2, None], 1, files)
    best = max(rate for level, rate in found.items() if level)
    record(auto=found[None], fixed=best, ratio=found[None] / best)
    assert found[None] >= ENOUGH * best


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("files", "size"), [(8000, 2_000), (400, 4_000_000)], ids=["small", "large"]
)
@pytest.mark.parametrize("far", [False, True], ids=["loopback", "50ms"])
def test_auto_reaches_nine_tenths_of_the_best_fixed_number(bench, room, far, files, size, record):
    photos = small_files(room / "photos", files, size)
    with way(bench, far) as address:
        found = rates(bench, photos, address, [*range(1, 9), None], 3, files)
    best = max(rate for level, rate in found.items() if level)
    record(auto=found[None], best=best, ratio=found[None] / best)
    record(**{f"fixed_{level}": rate for level, rate in found.items() if level})
    assert found[None] >= ENOUGH * best
