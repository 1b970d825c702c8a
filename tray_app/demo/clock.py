"""The server's clock, and times as it writes them: ISO 8601, UTC, milliseconds, `Z`."""

from datetime import UTC, datetime, timedelta

ahead = timedelta()
"""How far the clock of this process's servers is from the computer's (negative: behind)."""


def moment() -> datetime:
    """Return this moment as the server believes it to be."""
    return datetime.now(UTC) + ahead


def iso(moment: datetime) -> str:
    """Write a time with a zone as `2026-04-13T14:27:31.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def now() -> str:
    """Return this moment as the server writes it."""
    return iso(moment())


def parse(text: str) -> datetime:
    """Read any ISO date or time, taken as UTC without a zone; raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
