"""Rows follow what the databases say, and each announced change is the change that is made."""

from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.timeline import MonthCount
from tray_app.ui import timeline_rows
from tray_app.ui.timeline_rows import TimelineRows

LIBRARY = st.dictionaries(
    st.integers(1, 5), st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True), max_size=5
)


class Mirror:
    """A list that only follows what is announced, as Qt's views do."""

    def __init__(self, rows):
        self.rows, self.size, self.edits = rows, rows.total, 0

    @contextmanager
    def come(self, first, count):
        assert 0 <= first <= self.size
        yield
        self.size += count
        self.edits += 1
        assert self.rows.total == self.size

    @contextmanager
    def go(self, first, count):
        assert first >= 0
        assert first + count <= self.size
        yield
        self.size -= count
        self.edits += 1
        assert self.rows.total == self.size


def counts(library):
    return {month: len(keys) for month, keys in library.items()}


def started(library):
    rows = TimelineRows()
    rows.start([MonthCount(*one) for one in counts(library).items()])
    return rows


@given(LIBRARY, LIBRARY, st.sets(st.integers(1, 5)), st.booleans())
def test_rows_become_what_they_are_told(before, after, looked_at, everything):
    rows = started(before)
    mirror = Mirror(rows)
    for month in looked_at & before.keys():
        rows.set_keys(month, before[month], mirror.come, mirror.go)
    assert mirror.edits == 0
    rows.recount(counts(after), None if everything else {1, 2, 3, 4, 5}, mirror.come, mirror.go)
    for month in [*rows.known()]:
        rows.set_keys(month, after.get(month, []), mirror.come, mirror.go)
    assert dict(rows.months()) == counts(after)
    for month, keys in after.items():
        rows.set_keys(month, keys, mirror.come, mirror.go)
    wanted = [key for month in sorted(after, reverse=True) for key in after[month]]
    assert [rows.key(row) for row in range(rows.total)] == wanted
    assert mirror.size == len(wanted)


@given(LIBRARY.filter(bool), st.data())
def test_a_row_is_found_by_its_item(library, data):
    rows = started(library)
    mirror = Mirror(rows)
    month = data.draw(st.sampled_from(sorted(library)))
    assert rows.row(month, library[month][0]) is None
    rows.set_keys(month, library[month], mirror.come, mirror.go)
    for key in library[month]:
        row = rows.row(month, key)
        assert rows.key(row) == key
        assert rows.place(row) == (month, library[month].index(key))


def test_keys_that_nobody_looks_at_are_let_go(monkeypatch):
    monkeypatch.setattr(timeline_rows, "MOST_KEYS", 10)
    library = {month: [*range(1, 7)] for month in range(1, 6)}
    rows = started(library)
    mirror = Mirror(rows)
    for month in (5, 4, 3, 2, 1):
        rows.set_keys(month, library[month], mirror.come, mirror.go)
    rows.forget(range(2))
    assert rows.known() == [5, 1]
    assert [*rows.unknown(range(12))] == [4]
