"""Times of files on the wall clock of this computer."""

from datetime import UTC, datetime

from tray_app.core.timeline import Month, month_of, year_and_month

_NS_PER_MS = 1_000_000
_NS_PER_SECOND = 1_000_000_000
_MOST_NS = (1 << 63) - 1  # what SQLite stores: the years 1677 to 2262


def wall_ms(time_ns: int) -> int:
    """Return the wall clock at ns since the epoch, in ms since 1970 as if it were UTC."""
    seconds, rest = divmod(time_ns, _NS_PER_SECOND)
    try:
        local = datetime.fromtimestamp(seconds)  # noqa: DTZ006  the clock on this computer's wall
    except (OverflowError, OSError, ValueError):
        return time_ns // _NS_PER_MS
    return int(local.replace(tzinfo=UTC).timestamp()) * 1000 + rest // _NS_PER_MS


def month_of_ns(time_ns: int) -> Month:
    """Return the month on the wall clock."""
    return month_of(wall_ms(time_ns))


def month_range_ns(month: Month) -> tuple[int, int]:
    """Return the first nanosecond of a month on the wall clock, and the first one after it."""
    return _start_ns(month), _start_ns(month + 1)


def _start_ns(month: Month) -> int:
    year, number = year_and_month(month)
    if not 1678 <= year <= 2261:
        return _MOST_NS if year > 2000 else -_MOST_NS - 1
    start = datetime(year, number, 1)  # noqa: DTZ001  the clock on this computer's wall
    return int(start.timestamp()) * _NS_PER_SECOND
