"""Where each item of the timeline is: months under each other, a heading above each; no Qt."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tray_app.core.timeline import Month, MonthCount


class Box(NamedTuple):
    """A rectangle of the whole timeline, in pixels."""

    x: int
    y: int
    width: int
    height: int


class Section(NamedTuple):
    """A month: its first row and how many, where its heading begins and where it ends."""

    month: Month
    first: int
    items: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in pixels: side of a cell, least room between two, height of a heading."""

    cell: int
    gap: int
    heading: int


class GridLayout:
    """Cells of one size in as many columns as fit, spread over the whole width."""

    def __init__(self, months: Sequence[MonthCount], width: int, measures: Measures) -> None:
        self.measures = measures
        self.columns = max(1, (width + measures.gap) // (measures.cell + measures.gap))
        self._across = (width - measures.cell) / (self.columns - 1) if self.columns > 1 else 0.0
        self._down = measures.cell + measures.gap
        self.sections: list[Section] = []
        first = top = 0
        for month, items in months:
            lines = -(-items // self.columns)
            bottom = top + measures.heading + lines * self._down
            self.sections.append(Section(month, first, items, top, bottom))
            first, top = first + items, bottom
        self.rows, self.height = first, top
        self._firsts = [section.first for section in self.sections]
        self._tops = [section.top for section in self.sections]

    def section_of(self, row: int) -> Section:
        """Return the month that a row is in."""
        return self.sections[bisect_right(self._firsts, row) - 1]

    def section_at(self, y: int) -> Section | None:
        """Return the month at a height; None: there is none at all."""
        return self.sections[max(bisect_right(self._tops, y) - 1, 0)] if self.sections else None

    def box(self, row: int) -> Box:
        """Return where a row is."""
        section = self.section_of(row)
        line, column = divmod(row - section.first, self.columns)
        y = section.top + self.measures.heading + line * self._down
        return Box(round(column * self._across), y, self.measures.cell, self.measures.cell)

    def row_at(self, x: int, y: int) -> int | None:
        """Return the row whose cell covers a place."""
        section = self.section_at(y)
        if section is None or not 0 <= y < self.height:
            return None
        line = (y - section.top - self.measures.heading) // self._down
        column = min(round(x / self._across), self.columns - 1) if self._across else 0
        for nearby in (column, column - 1):
            row = section.first + line * self.columns + nearby
            if line < 0 or nearby < 0 or row >= section.first + section.items:
                continue
            box = self.box(row)
            if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                return row
        return None

    def rows_between(self, top: int, bottom: int) -> range:
        """Return the rows that a stretch of the height shows any part of."""
        if not self.sections or bottom <= 0 or top >= self.height:
            return range(0)
        return range(self._first_from(max(top, 0)), self._first_from(bottom - 1, after=True))

    def headings_between(self, top: int, bottom: int) -> Iterator[Section]:
        """Yield the months whose part of the timeline overlaps a stretch of the height."""
        place = max(bisect_right(self._tops, top) - 1, 0)
        while place < len(self.sections) and self.sections[place].top < bottom:
            yield self.sections[place]
            place += 1

    def beside(self, row: int, lines: int) -> int:
        """Return the row so many lines below (or above) in the same column, as far as it goes."""
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            following = self._next_line(row, step)
            if following is None:
                break
            row = following
        return row

    def _next_line(self, row: int, step: int) -> int | None:
        section = self.section_of(row)
        line, column = divmod(row - section.first, self.columns)
        last = (section.items - 1) // self.columns
        if not 0 <= line + step <= last:
            place = bisect_right(self._firsts, row) - 1 + step
            if not 0 <= place < len(self.sections):
                return None
            section = self.sections[place]
            line = -1 if step > 0 else (section.items - 1) // self.columns + 1
        end = section.first + section.items - 1
        return min(section.first + (line + step) * self.columns + column, end)

    def _first_from(self, y: int, *, after: bool = False) -> int:
        """Return the first row of the line at a height; `after`: the first below that line."""
        section = self.section_at(y)
        if section is None:
            return 0
        line = (y - section.top - self.measures.heading) // self._down
        line = line + 1 if after else line
        return section.first + min(max(line, 0) * self.columns, section.items)
