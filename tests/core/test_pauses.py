"""Pauses: how long they hold, and what "until tomorrow" means where clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tray_app.core.pauses import Pause, minutes_until_tomorrow

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [30, 60])
def test_a_pause_holds_for_its_minutes(minutes):
    pause = Pause.of(NOW, minutes)
    assert pause.holds(NOW)
    assert pause.holds(NOW + timedelta(minutes=minutes, seconds=-1))
    assert not pause.holds(NOW + timedelta(minutes=minutes))


def test_a_pause_until_resumed_holds_for_ever():
    assert Pause.of(NOW, None).holds(datetime.max.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        ((2026, 1, 1, 22, 0), 8),
        ((2026, 1, 1, 2, 0), 4),
        ((2026, 1, 1, 4, 0), 26),
        ((2026, 3, 28, 22, 0), 7),  # the night is an hour shorter
        ((2026, 10, 24, 22, 0), 9),
    ],
)
def test_until_tomorrow_is_six_in_the_morning(local, hours):
    now = datetime(*local, tzinfo=BERLIN)
    assert minutes_until_tomorrow(now, BERLIN) == hours * 60
    end = Pause.of(now.astimezone(UTC), minutes_until_tomorrow(now, BERLIN))
    assert end.until.astimezone(BERLIN).hour == 6


def test_the_words():
    until = datetime(2026, 1, 2, 6, tzinfo=BERLIN)
    assert Pause(until).words(BERLIN) == "You paused the backup until Fri 06:00."
    assert Pause().words() == "You paused the backup until you resume it."
