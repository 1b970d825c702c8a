"""`auto` against simulated servers: at least 90 % of the best fixed number."""

import heapq
import random

import pytest

from tray_app.core.concurrency import AutoConcurrency, FixedConcurrency

CHUNK = 1_000_000


def simulate(policy, size: int, total: float, seconds, noise: float = 0.0) -> tuple[float, int]:
    """Send files of `size` until `total` seconds passed; returns bytes a second and the limit.

    `seconds(size, active)` is how long one piece takes while `active` are under way.
    """
    chance = random.Random(7)
    now, done = 0.0, 0
    running: list[tuple[float, int, int]] = []  # due, number, bytes left of this file
    number = 0

    def begin(left: int) -> None:
        nonlocal number
        number += 1
        piece = min(left, CHUNK)
        took = seconds(piece, len(running) + 1, first=left == size)
        took *= 1 + noise * (chance.random() - 0.5) * 2
        heapq.heappush(running, (now + took, number, left))

    while now < total:
        while len(running) < policy.limit:
            begin(size)
        now, _, left = heapq.heappop(running)
        piece = min(left, CHUNK)
        done += piece
        policy.progressed(piece, now)
        if left > piece:
            begin(left - piece)
        else:
            policy.finished(now)
    return done / now, policy.limit


def latency(piece, active, *, first):
    """Far away: every file waits 100 ms, the line is wide."""
    return piece / 50e6 + (0.1 if first else 0)


def two_cores(piece, active, *, first):
    """The server can work on two at a time."""
    return (piece / 20e6 + (0.02 if first else 0)) * max(1, active / 2)


def one_line(piece, active, *, first):
    """A slow line that all share."""
    return piece / 2e6 * active + (0.005 if first else 0)


CURVES = [(latency, 200_000), (two_cores, 300_000), (one_line, 20_000_000), (one_line, 200_000)]


@pytest.mark.parametrize(("curve", "size"), CURVES)
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_auto_comes_near_the_best_number(curve, size, noise):
    length = 600.0 if curve is one_line else 120.0
    best = max(
        simulate(FixedConcurrency(number), size, length, curve, noise)[0] for number in range(1, 9)
    )
    rate, _ = simulate(AutoConcurrency(0.0), size, length, curve, noise)
    assert rate >= 0.9 * best


def test_a_full_line_is_not_crowded():
    _, limit = simulate(AutoConcurrency(0.0), 20_000_000, 600, one_line)
    assert limit <= 2


def test_trouble_halves_at_once():
    policy = AutoConcurrency(0.0)
    policy.limit = 8
    policy.troubled(1.0)
    assert policy.limit == 4
    for _ in range(5):
        policy.troubled(1.0)
    assert policy.limit == 1
