"""`auto` against servers of known speed, with the noise of a busy computer; no clock, no net."""

import random

import pytest

from tray_app.core.concurrency import HIGHEST, AutoConcurrency, FixedConcurrency

SECONDS = 60.0
SHAPES = {
    "every upload adds as much": [1, 2, 3, 4, 5, 6, 7, 8],
    "one is enough": [8, 8, 8, 8, 8, 8, 8, 8],
    "two fill the line": [5, 8, 8, 8, 8, 8, 8, 8],
    "slowly more": [4.0, 5.2, 6.0, 6.7, 7.2, 7.6, 7.9, 8.0],
    "more than four is too much": [3, 5, 7, 8, 6, 5, 4, 3.5],
    "a disk that wants one at a time": [8, 5, 4, 3, 3, 2.5, 2, 2],
}


def carried(limits, shape, *, noise: float, seed: int) -> int:
    """Files sent in a minute; each third of a second is slower by a random share."""
    chance = random.Random(seed)
    sent, owed, share = 0, 0.0, 1.0
    for step in range(int(SECONDS * 100)):
        if step % 33 == 0:
            share = 1 - noise * chance.random()
        owed += shape[limits.limit - 1] * 0.2 * share
        while owed >= 1:
            owed -= 1
            sent += 1
            limits.progressed(2000, step / 100)
            limits.finished(step / 100)
    return sent


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_auto_carries_nine_tenths_of_the_best(shape, noise):
    fixed = 1 + shape.index(max(shape))
    for seed in range(10):
        best = carried(FixedConcurrency(fixed), shape, noise=noise, seed=seed)
        assert carried(AutoConcurrency(0.0), shape, noise=noise, seed=seed) >= 0.9 * best


def test_a_wrong_first_climb_is_mended_within_seconds():
    limits = AutoConcurrency(0.0)
    now = 0.0
    for slow in (True, False):
        for _ in range(80):
            now += 0.1
            rate = 4 if slow else 2 * limits.limit
            for _ in range(rate):
                limits.finished(now)
    assert limits.limit == HIGHEST


def test_trouble_halves_at_once_and_rests():
    limits, now = AutoConcurrency(0.0), 0.0
    while limits.limit < HIGHEST:
        now += 0.1
        for _ in range(2 * limits.limit):
            limits.finished(now)
    limits.troubled(now)
    assert limits.limit == HIGHEST // 2
    for _ in range(100):
        now += 0.1
        for _ in range(2 * limits.limit):
            limits.finished(now)
        assert limits.limit == HIGHEST // 2
