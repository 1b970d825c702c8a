"""How long "until tomorrow" is."""

from datetime import UTC, datetime, time, timedelta, tzinfo

MORNING = time(6, 0)
SHORTEST_NIGHT = timedelta(hours=3)


def minutes_until_tomorrow(now: datetime, zone: tzinfo | None = None) -> int:
    """Return whole minutes until 06:00 in `zone` (None: the computer's), rounded up.

    Between 03:00 and 06:00 the 06:00 of the next day is meant: who pauses then wants a rest,
    not ten minutes. `now` is aware; nights with a change of clocks count as long as they are.
    """
    local = now.astimezone(zone)
    for days in (0, 1, 2):
        morning = datetime.combine(local.date() + timedelta(days=days), MORNING)
        due = morning.replace(tzinfo=zone) if zone else morning.astimezone()
        left = due.astimezone(UTC) - now.astimezone(UTC)
        if left >= SHORTEST_NIGHT:
            return -(-left // timedelta(minutes=1))
    raise AssertionError("one of three mornings is over three hours away")
