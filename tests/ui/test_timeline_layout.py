"""The geometry of the timeline: every item has its own place, and is found there."""

from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.timeline import MonthCount
from tray_app.ui.timeline_layout import GridLayout, Measures

MEASURES = Measures(cell=20, gap=4, heading=30)
MONTHS = st.lists(st.integers(1, 40), max_size=6).map(
    lambda counts: [MonthCount(9 - n, count) for n, count in enumerate(counts)]
)
WIDTHS = st.integers(1, 200)


def grid(months, width):
    return GridLayout(months, width, MEASURES)


@given(MONTHS, WIDTHS)
def test_every_item_is_where_it_is_looked_for_and_nothing_overlaps(months, width):
    layout = grid(months, width)
    assert layout.rows == sum(month.items for month in months)
    seen = {}
    for row in range(layout.rows):
        box = layout.box(row)
        assert box.x >= 0
        assert box.x + box.width <= max(width, MEASURES.cell)
        assert box.y + box.height <= layout.height
        assert layout.row_at(box.x, box.y) == row
        assert layout.row_at(box.x + box.width - 1, box.y + box.height - 1) == row
        for other in seen.values():
            assert (
                box.x >= other.x + other.width
                or other.x >= box.x + box.width
                or box.y >= other.y + other.height
                or other.y >= box.y + box.height
            )
        seen[row] = box
        section = layout.section_of(row)
        assert section.first <= row < section.first + section.items
        assert box.y >= section.top + MEASURES.heading


@given(MONTHS, WIDTHS, st.integers(-50, 3000), st.integers(1, 400))
def test_what_a_stretch_shows(months, width, top, height):
    layout = grid(months, width)
    shown = layout.rows_between(top, top + height)
    for row in range(layout.rows):
        box = layout.box(row)
        if box.y < top + height and box.y + box.height > top:
            assert row in shown
    # No more than a line too many at either end.
    for row in shown:
        assert top - 2 * MEASURES.cell <= layout.box(row).y <= top + height + 2 * MEASURES.cell
    headings = [*layout.headings_between(top, top + height)]
    for section in layout.sections:
        if section.top < top + height and section.bottom > top:
            assert section in headings


@given(MONTHS.filter(bool), WIDTHS, st.data())
def test_up_undoes_down_but_for_short_lines(months, width, data):
    layout = grid(months, width)
    row = data.draw(st.integers(0, layout.rows - 1))
    below = layout.beside(row, 1)
    assert below >= row
    if below != row and layout.box(below).x == layout.box(row).x:
        assert layout.beside(below, -1) == row
    assert layout.section_of(layout.beside(row, layout.rows)) == layout.sections[-1]
    assert layout.section_of(layout.beside(row, -layout.rows)) == layout.sections[0]


def test_an_empty_timeline():
    layout = grid([], 100)
    assert (layout.rows, layout.height) == (0, 0)
    assert layout.row_at(0, 0) is None
    assert layout.section_at(0) is None
    assert not layout.rows_between(0, 100)
    assert not [*layout.headings_between(0, 100)]
