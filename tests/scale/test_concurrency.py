"""`auto` finds a number of uploads about as good as the best fixed one (issue 2)."""

from contextlib import nullcontext

import pytest

from tests.scale.proxy import latency
from tests.scale.rig import small_files

ENOUGH = 0.9
# A short run holds the search's first, slower steps, and a busy machine slows any run: what a
# broken search costs (a level of one: half at a round trip of 50 ms) is far below this.
ENOUGH_IN_SHORT = 0.8
ROUND_TRIP = 0.05


def way(bench, round_trip: float):
    return latency(bench.server.url, round_trip) if round_trip else nullcontext(bench.server.url)


def rates(bench, photos, address, levels, *, rounds) -> dict[int | None, float]:
    """Files a second at each level, None is `auto`: the best of some rounds.

    What else the computer does only ever makes a round slower, so the best round of each tells
    what it can do, and a further round can only bring both closer to that.
    """
    found: dict[int | None, list[float]] = {level: [] for level in levels}
    for _ in range(rounds):
        for level in levels:
            flags = ["--concurrency", level] if level else []
            bench.new_user()
            done = bench.client(photos, bench.home(), *flags, address=address, seconds=600)
            assert (done["outcome"], done["failed_count"]) == ("done", 0)
            found[level].append(done["completed_count"] / done["wall"])
    return {level: max(values) for level, values in found.items()}


@pytest.mark.parametrize(
    "case", [(0, 2000, 2, 3), (ROUND_TRIP, 1200, 8, 2)], ids=["loopback", "50ms"]
)
def test_auto_keeps_up_with_a_good_fixed_number(bench, room, case, record):
    """The full claim, nine tenths of the best of all levels, is the long test below."""
    round_trip, files, fixed, rounds = case
    photos = small_files(room / "photos", files, 2000)
    with way(bench, round_trip) as address:
        found = rates(bench, photos, address, [fixed, None], rounds=rounds)
    ratio = found[None] / found[fixed]
    record(auto=found[None], fixed=found[fixed], ratio=ratio)
    assert ratio >= ENOUGH_IN_SHORT


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    "case",  # round trip, files, bytes, rounds
    [
        (0, 8000, 2000, 3),
        (0, 1000, 4_000_000, 2),
        (ROUND_TRIP, 3000, 2000, 1),
        (ROUND_TRIP, 300, 4_000_000, 1),
    ],
    ids=["loopback-small", "loopback-large", "50ms-small", "50ms-large"],
)
def test_auto_reaches_nine_tenths_of_the_best_fixed_number(bench, room, case, record):
    round_trip, files, size, rounds = case
    photos = small_files(room / "photos", files, size)
    with way(bench, round_trip) as address:
        found = rates(bench, photos, address, [*range(1, 9), None], rounds=rounds)
    best = max(rate for level, rate in found.items() if level)
    record(auto=found[None], best=best, ratio=found[None] / best)
    record(**{f"fixed_{level}": rate for level, rate in found.items() if level})
    assert found[None] >= ENOUGH * best
