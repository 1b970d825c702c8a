"""The rows of the timeline as far as they are known: months with counts, some with their keys."""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate

from tray_app.core.timeline import Key, Month, MonthCount, spliced

MOST_KEYS = 200_000  # that are not shown right now; 8 bytes each

Edit = Callable[[int, int], AbstractContextManager[None]]
"""Announces that rows come or go: the first one, and how many."""


class TimelineRows:
    """Months, newest first, and the keys of those that were looked at last."""

    def __init__(self) -> None:
        self._counts: dict[Month, int] = {}
        self._order: list[Month] = []
        self._firsts: list[int] = []
        self._keys: OrderedDict[Month, array[int]] = OrderedDict()
        self.total = 0

    def months(self) -> list[MonthCount]:
        """Return the months and how many items each has."""
        return [MonthCount(month, self._counts[month]) for month in self._order]

    def start(self, counts: Iterable[MonthCount]) -> None:
        """Begin anew; no keys are known."""
        self._counts = dict(counts)
        self._keys.clear()
        self._arrange()

    def key(self, row: int) -> Key | None:
        """Return the item of a row; None: not known yet."""
        month, place = self.place(row)
        keys = self._keys.get(month)
        return keys[place] if keys is not None and place < len(keys) else None

    def place(self, row: int) -> tuple[Month, int]:
        """Return the month of a row and its place in it."""
        index = bisect_right(self._firsts, row) - 1
        return self._order[index], row - self._firsts[index]

    def row(self, month: Month, key: Key) -> int | None:
        """Return the row of an item whose month's keys are known."""
        keys = self._keys.get(month)
        if keys is None or key not in keys:
            return None
        return self._first(month) + keys.index(key)

    def unknown(self, rows: range) -> Iterator[Month]:
        """Yield the months that rows are in and whose keys are not known; note that they are."""
        for month in self._within(rows):
            if month in self._keys:
                self._keys.move_to_end(month)
            else:
                yield month

    def keys(self, month: Month) -> Sequence[Key]:
        """Return the items of a month, none where they are not known."""
        return self._keys.get(month, array("q"))

    def known(self) -> list[Month]:
        """Return the months whose keys are known."""
        return [*self._keys]

    def recount(
        self, counts: Mapping[Month, int], only: Collection[Month] | None, come: Edit, go: Edit
    ) -> None:
        """Take new counts, of all months or of some; those with known keys are left alone."""
        looked_at = {*self._counts, *counts} if only is None else set(only)
        for month in sorted(looked_at - self._keys.keys(), reverse=True):
            old, new = self._counts.get(month, 0), counts.get(month, 0)
            self._resize(month, min(old, new), old - new, come, go)

    def set_keys(self, month: Month, keys: Sequence[Key], come: Edit, go: Edit) -> None:
        """Take the items of a month, changing as few rows as their difference asks for."""
        known = self._keys.get(month)
        if known is None:
            old = self._counts.get(month, 0)
            self._resize(month, min(old, len(keys)), old - len(keys), come, go)
        else:
            start, gone, new = spliced(known, keys)
            self._resize(month, start, gone, come, go)
            self._resize(month, start, -new, come, go)
        if keys:
            self._keys[month] = array("q", keys)
        else:
            self._keys.pop(month, None)

    def forget(self, shown: range) -> None:
        """Let go of the keys that were not looked at for longest."""
        spare = [month for month in self._keys if month not in {*self._within(shown)}]
        held = sum(len(self._keys[month]) for month in spare)
        for month in spare:
            if held <= MOST_KEYS:
                break
            held -= len(self._keys.pop(month))

    def _resize(self, month: Month, place: int, gone: int, come: Edit, go: Edit) -> None:
        """Take `gone` rows away at a place of a month, or where it is negative, add as many."""
        if not gone:
            return
        edit = go if gone > 0 else come
        with edit(self._first(month) + place, abs(gone)):
            left = self._counts.get(month, 0) - gone
            if left:
                self._counts[month] = left
            else:
                self._counts.pop(month, None)
                self._keys.pop(month, None)
            self._arrange()

    def _first(self, month: Month) -> int:
        """Return the first row of a month, or where it would be."""
        index = bisect_right(self._order, -month, key=lambda one: -one)
        if index and self._order[index - 1] == month:
            return self._firsts[index - 1]
        return self._firsts[index] if index < len(self._firsts) else self.total

    def _within(self, rows: range) -> Iterator[Month]:
        if not self._order or not rows:
            return
        index = bisect_right(self._firsts, rows.start) - 1
        while index < len(self._order) and self._firsts[index] < rows.stop:
            yield self._order[index]
            index += 1

    def _arrange(self) -> None:
        self._order = sorted(self._counts, reverse=True)
        sizes = [self._counts[month] for month in self._order]
        self._firsts = [*accumulate(sizes, initial=0)][:-1] if sizes else []
        self.total = sum(sizes)
