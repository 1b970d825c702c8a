"""Seeded trouble of network, server, files and person: the oracle holds (issue 6)."""

import pytest

from tests.faults.schedule import schedule
from tests.faults.trial import trial

SHORT = range(2)
BLOCKS = [range(first, first + 25) for first in range(0, 500, 25)]


def try_out(place, seed, files):
    with trial(place, seed, files=files, version=("2.7.5", "3.0.3")[seed % 2]) as it:
        for event in schedule(seed):
            it.happen(event)
        before = it.looks()
        it.calm()
        it.verdict(before)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SHORT)
def test_random_trouble(tmp_path, seed):
    try_out(tmp_path / "t", seed, 60)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda it: f"{it.start}-{it.stop - 1}")
def test_much_random_trouble(tmp_path, seeds, record):
    for seed in seeds:
        try_out(tmp_path / f"seed {seed}", seed, 200)
    record(schedules=len(seeds), files=200 * len(seeds))
