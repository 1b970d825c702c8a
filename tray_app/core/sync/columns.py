"""Columns of what a server sends, turned into what our tables hold; raises ValueError.

A column at a time: a few calls into C for a thousand values, instead of several for each
(docs/performance.md, "Sync").
"""

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import iter_unpack
from typing import Annotated, Any

from msgspec import Meta

Row = tuple[Any, ...]
Column = Sequence[Any]
Sha1 = Annotated[bytes, Meta(min_length=20, max_length=20)]
Int = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""What JSON numbers hold exactly; SQLite takes no more than 64 bits."""

_LENGTH = 36
_HYPHENS = (8, 13, 18, 23)
Id = Annotated[str, Meta(min_length=_LENGTH, max_length=_LENGTH)]
"""A UUID as it is written, until `ids` has seen it."""

Duration = Int | str
"""3.x says milliseconds, 2.x `HH:MM:SS.mmm` or words nobody can read."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DAY = 86_400_000
_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d)(?:\.(\d{1,6}))?", re.ASCII)
_LONGEST_CLOCK = 17


class Rows:
    """Rows of one table, kept as columns; iteration gives the rows, in the order of arrival."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = [[*column] for column in columns]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Rows":
        """Keep rows, at least one."""
        return cls([*zip(*rows, strict=True)])

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return zip(*self.columns, strict=True)

    def extend(self, other: "Rows") -> None:
        """Append the rows that followed."""
        for column, more in zip(self.columns, other.columns, strict=True):
            column.extend(more)


def ids(column: Column) -> Column:
    """Turn written UUIDs into 16 bytes."""
    missing = column.count(None)
    if missing == len(column):
        return column
    if missing:
        known = iter(ids([one for one in column if one is not None]))
        return [None if one is None else next(known) for one in column]
    written = "".join(column)
    hyphens = "-" * len(column)
    if any(written[at::_LENGTH] != hyphens for at in _HYPHENS):
        raise ValueError("an id is no UUID")
    # Hyphens in wrong places leave too few digits, anything else is none.
    binary = unhexlify(written.encode("ascii").translate(None, b"-"))
    if len(binary) != 16 * len(column):
        raise ValueError("an id is no UUID")
    return [one for (one,) in iter_unpack("16s", binary)]


def milliseconds(moment: datetime | None) -> int | None:
    """Count from 1970 UTC; a time without a zone is UTC (protocol 0.2)."""
    if moment is None:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MILLISECOND


def moments(column: Column) -> Column:
    """Turn times into milliseconds since 1970 UTC."""
    if column.count(None) == len(column):
        return column
    try:
        return [  # as `milliseconds`, without a call and without arithmetic in microseconds
            None
            if at is None
            else (since := at - _EPOCH).days * _DAY
            + since.seconds * 1000
            + since.microseconds // 1000
            for at in column
        ]
    except TypeError:  # one without a zone
        return [*map(milliseconds, column)]


def durations(column: Column) -> Column:
    """Turn durations into milliseconds; None where nobody can read it."""
    if column.count(None) == len(column):
        return column
    return [_clock(value) if isinstance(value, str) else value for value in column]


def _clock(text: str) -> int | None:
    return _read_clock(text) if len(text) <= _LONGEST_CLOCK else None


@lru_cache(1024)
def _read_clock(text: str) -> int | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups(default="")
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0")[:3])


def _as_it_is(column: Column) -> Column:
    return column


_CONVERTED: dict[Any, Callable[[Column], Column]] = {
    known: convert
    for kind, convert in ((Id, ids), (datetime, moments), (Duration, durations))
    for known in (kind, kind | None)
}


def converter(kind: Any) -> Callable[[Column], Column]:
    """Return what turns values of a field of this type into those of its column."""
    return _CONVERTED.get(kind, _as_it_is)
