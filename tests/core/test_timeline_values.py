"""Changes join and stay bounded; a list of items becomes another one at one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.timeline import spliced
from tray_app.core.timeline_changes import EVERYTHING, MOST, NOTHING, Touched, joined

KEYS = st.lists(st.integers(0, 5), max_size=12)


@given(KEYS, KEYS)
def test_a_splice_makes_the_new_list(old, new):
    start, gone, come = spliced(old, new)
    assert old[:start] + new[start : start + come] + old[start + gone :] == new
    assert gone <= len(old) - start


@pytest.mark.parametrize(
    ("old", "new", "splice"),
    [
        ([1, 2, 3], [1, 2, 3], (3, 0, 0)),
        ([1, 2, 3], [1, 9, 2, 3], (1, 0, 1)),
        ([1, 2, 3], [1, 3], (1, 1, 0)),
        ([1, 1], [1], (1, 1, 0)),
    ],
)
def test_a_splice_is_no_larger_than_the_difference(old, new, splice):
    assert spliced(old, new) == splice


def test_changes_join():
    one = Touched(frozenset({1}), frozenset({"a"}))
    other = Touched(frozenset({2}), contents=frozenset({b"x"}))
    assert joined(one, other) == Touched(frozenset({1, 2}), frozenset({"a"}), frozenset({b"x"}))
    assert joined(one, EVERYTHING) == joined(EVERYTHING, one) == EVERYTHING
    assert joined(one, NOTHING) == one


@pytest.mark.parametrize("field", ["months", "assets", "contents"])
def test_too_many_changes_are_everything(field):
    many = Touched(**{field: frozenset(range(MOST))})
    assert joined(many, NOTHING) == many
    assert joined(many, Touched(**{field: frozenset({MOST})})) == EVERYTHING


def test_nothing_is_nothing_and_everything_is_not():
    assert not NOTHING
    assert EVERYTHING
    assert Touched(contents=frozenset({b"x"}))
