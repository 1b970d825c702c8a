"""What the timeline shows, as frozen values: months, keys of items, cells, one item's details.

One timeline has what is only on this computer, only on the server, and on both. An item's time is
the wall clock where it was taken, as the server knows it; of a file that is only here, the clock of
this computer when the file was last changed. In milliseconds since 1970 as if that were UTC.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

Key = int
"""An item between two queries: the row of an asset, or, negative, that of a local file."""

Month = int
"""Months since the year 0; `NO_DATE` for what nobody knows the date of."""

NO_DATE: Month = -1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FIRST, _LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


class State(StrEnum):
    """Where an item is.

    `BOTH` only where the server holds *our* bytes in *our* account; a partner's copy does not
    count. `TRASHED`: in the server's trash or deleted there, and kept from being uploaded again.
    """

    LOCAL = "local"
    SERVER = "server"
    BOTH = "both"
    FAILED = "failed"
    TRASHED = "trashed"


class Show(StrEnum):
    """What to show of the timeline; `ALL` leaves out what is only in the server's trash."""

    ALL = "all"
    LOCAL = "local"
    SERVER = "server"
    FAILED = "failed"
    TRASHED = "trashed"
    FAVOURITES = "favourites"
    VIDEOS = "videos"


class Query(NamedTuple):
    """A filter; `text` is a part of the file name, in either case."""

    show: Show = Show.ALL
    text: str = ""


class MonthCount(NamedTuple):
    """How many items a month has."""

    month: Month
    items: int


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One item as the grid draws it.

    `taken_ms` None: no date. `path`: the file of this computer, as `LocalFile.path` is.
    `version` changes when the picture behind the item does. `mine` False: a partner's.
    """

    key: Key
    name: str
    state: State
    is_video: bool = False
    taken_ms: int | None = None
    duration_ms: int | None = None
    favourite: bool = False
    mine: bool = True
    thumbhash: str | None = None
    ratio: float | None = None
    asset_id: str | None = None
    path: str | None = None
    sha1: bytes | None = None
    version: str = ""


class Details(msgspec.Struct, frozen=True):
    """What else is known of one item; `size` in bytes, `reason` and `remedy` of a failure."""

    cell: Cell
    size: int | None = None
    width: int | None = None
    height: int | None = None
    camera: str = ""
    place: str = ""
    owner: str = ""
    reason: str = ""
    remedy: str = ""


def month_of(taken_ms: int | None) -> Month:
    """Return the month of a wall-clock time; what is outside the calendar goes to its edge."""
    if taken_ms is None:
        return NO_DATE
    return month_at(moment(taken_ms))


def month_at(when: datetime) -> Month:
    """Return the month of a date."""
    return when.year * 12 + when.month - 1


def moment(taken_ms: int) -> datetime:
    """Return a wall-clock time as a date, marked UTC, within the calendar."""
    try:
        return _EPOCH + timedelta(milliseconds=taken_ms)
    except OverflowError:
        return _LAST if taken_ms > 0 else _FIRST


def year_and_month(month: Month) -> tuple[int, int]:
    """Split a month, January is 1."""
    year, index = divmod(month, 12)
    return year, index + 1


def month_range_ms(month: Month) -> tuple[int, int]:
    """Return the first millisecond of a month and the first one after it."""
    return _start_ms(month), _start_ms(month + 1)


def _start_ms(month: Month) -> int:
    year, number = year_and_month(month)
    if year > _LAST.year:
        return 1 << 62
    if year < _FIRST.year:
        return -(1 << 62)
    if month == month_at(_FIRST):
        return -(1 << 62)
    return (datetime(year, number, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND


def spliced(old: Sequence[Key], new: Sequence[Key]) -> tuple[int, int, int]:
    """Return how `old` becomes `new`: at which place how many go, and how many come."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, len(old) - start - end, len(new) - start - end
