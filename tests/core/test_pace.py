"""The estimate holds still, follows a change, and is right where the speed is even."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.pace import WARM_UP, Pace
from tray_app.core.quantities import duration

MB = 1_000_000


def going(pace, seconds, *, files, size, total, step=1.0, by_bytes=False):
    """Let files of one size arrive at an even rate; returns the pace after each step."""
    seen = []
    for _ in range(int(seconds / step)):
        done = pace.files + round(files * step)
        sent = pace.bytes + round(files * step * size)
        left = total - done
        pace = pace.measured(pace.at + step, done, sent, left, left * size if by_bytes else None)
        seen.append(pace)
    return seen


@pytest.mark.parametrize("by_bytes", [False, True])
def test_an_even_speed_is_foretold_exactly(by_bytes):
    seen = going(Pace(100.0), 50, files=2, size=MB, total=200, by_bytes=by_bytes)
    assert seen[-1].bytes_per_second == pytest.approx(2 * MB)
    assert [pace.end is None for pace in seen[:5]] == [True] * 4 + [False]
    assert [pace.end for pace in seen[5:]] == pytest.approx([200.0] * 45)
    assert seen[-1].left(150.0) == pytest.approx(50.0)


def test_a_wobbling_speed_does_not_make_the_end_jump():
    pace, ends = Pace(0.0), []
    for second in range(1, 60):
        pace = pace.measured(second, pace.files + (0, 4)[second % 2], 0, 400 - 2 * second)
        ends.append(pace.end)
    told = [end for end in ends if end is not None]
    assert len(set(told)) <= 2
    assert all(end == pytest.approx(200, rel=0.25) for end in told)


def test_a_lasting_change_is_followed():
    fast = going(Pace(0.0), 30, files=10, size=MB, total=1000)[-1]
    slow = going(fast, 60, files=1, size=MB, total=1000)[-1]
    assert slow.bytes_per_second == pytest.approx(MB, rel=0.2)
    assert slow.left(90.0) == pytest.approx(640, rel=0.35)


def test_large_files_at_the_end_count_by_their_bytes():
    pace = Pace(0.0)
    for second in range(1, 20):
        pace = pace.measured(second, second * 10, second * MB, 10, bytes_left=1000 * MB)
    assert pace.left(19.0) > 700


def test_nothing_is_foretold_while_nothing_moves():
    pace = Pace(0.0)
    for second in range(1, 30):
        pace = pace.measured(second, 0, 0, 100)
    assert (pace.end, pace.left(30.0), pace.bytes_per_second) == (None, None, 0.0)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 50), st.integers(0, MB)), max_size=40))
def test_it_never_breaks_nor_says_less_than_nothing(steps):
    pace = Pace(0.0)
    for passed, files, sent in steps:
        now = pace.at + passed
        pace = pace.measured(now, pace.files + files, pace.bytes + sent, 100 - files)
        left = pace.left(now)
        assert left is None or left >= 0
        assert pace.bytes_per_second >= 0
    assert WARM_UP > 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2, "10 s"),
        (54, "50 s"),
        (55, "1 min"),
        (170, "3 min"),
        (3600, "1 h"),
        (7800, "2 h 10 min"),
        (3570, "1 h"),
        (300_000, "3 days"),
    ],
)
def test_a_time_is_said_roughly(seconds, words):
    assert duration(seconds) == words
