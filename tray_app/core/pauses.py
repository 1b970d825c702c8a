"""The pause a person chose: how long it holds, and how long "until tomorrow" is."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from tray_app.core.phrase import phrase

MORNING = time(6, 0)
SHORTEST_NIGHT = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of the automatic backup; `until` is aware, None: until it is resumed."""

    until: datetime | None = None

    @classmethod
    def of(cls, now: datetime, minutes: int | None) -> "Pause":
        """Begin one of `minutes`, None: until it is resumed."""
        return cls(None if minutes is None else now + timedelta(minutes=minutes))

    def holds(self, now: datetime) -> bool:
        """Tell whether it is in force."""
        return self.until is None or now < self.until

    def words(self, zone: tzinfo | None = None) -> str:
        """Say it as one sentence, in `zone` (None: the computer's)."""
        if self.until is None:
            return phrase("You paused the backup until you resume it.")
        return phrase(
            "You paused the backup until {until:%a %H:%M}.",
            until=self.until.astimezone(zone),
        )


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
