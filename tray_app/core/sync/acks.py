"""Which acknowledgements may be sent, and how far: never past rows that may still appear.

A server gives a row its number (a UUIDv7) before it commits the row, so that an older number can
appear after a newer one was sent: seen with changes of many assets at once on 2.7.5 and 3.0.3,
where rows were lost for good. An ack therefore stays a moment behind the server's clock, and what
came in that moment comes once more.
"""

from collections.abc import Iterable
from uuid import UUID

HOLD_MS = 3000
"""Longer than a server takes from a row's number to its commit."""


def put(acks: dict[str, str], kind: str, ack: str) -> None:
    """Replace the ack of a type; the order is that of the last arrivals (protocol 4.5)."""
    acks.pop(kind, None)
    acks[kind] = ack


def moment(ack: str) -> int | None:
    """Return when the number in `TYPE|number...` was given, in ms since 1970; None: it has none."""
    parts = ack.split("|")
    number = _number(parts[1]) if len(parts) > 1 else None
    return number.int >> 80 if number else None


def held_back(acks: Iterable[str], now_ms: int) -> list[str]:
    """Return what may be acknowledged at `now_ms` of the server's clock, in the same order.

    Newer numbers become that of the horizon, which servers take although they never gave it.
    An ack of a membership (`TYPE|number|...`) cannot be moved and is left out: its backfill
    comes again.
    """
    horizon = now_ms - HOLD_MS
    kept = []
    for ack in acks:
        given = moment(ack)
        if given is None or given <= horizon:
            kept.append(ack)
        elif ack.count("|") == 1:
            kept.append(f"{ack.partition('|')[0]}|{_first_of(horizon)}")
    return kept


def _number(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found.version == 7 else None


def _first_of(moment_ms: int) -> UUID:
    """Return the lowest UUIDv7 of a moment (RFC 9562, section 5.7)."""
    return UUID(int=(max(moment_ms, 0) << 80) | (7 << 76) | (2 << 62))
