"""Times as the server wants them: UTC, ISO 8601, milliseconds, `Z` (protocol 3.1); and spans."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


def iso_z(nanoseconds: int) -> str:
    """Write a time since the epoch; one outside the calendar is moved to its edge."""
    try:
        moment = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        moment = _LATEST if nanoseconds > 0 else _EARLIEST
    moment = min(max(moment, _EARLIEST), _LATEST)
    return (
        moment.strftime("%Y-%m-%dT%H:%M:%S.").rjust(20, "0") + f"{moment.microsecond // 1000:03}Z"
    )


def is_recent(then: datetime, now: datetime, span: timedelta) -> bool:
    """Tell whether less than `span` has passed; aware times of the wall clock.

    A time that lies further ahead was written while the clock was wrong, and is not recent:
    otherwise all that is due again after a span would not be for years.
    """
    return abs(now - then) < span


def created_ns(birth_ns: int, mtime_ns: int) -> int:
    """Return the earlier of birth and change; 0 means that the system knows no birth.

    A copy gets a new birth time, a moved file may keep an older one (complaint 30).
    """
    return min(birth_ns, mtime_ns) if birth_ns > 0 else mtime_ns
