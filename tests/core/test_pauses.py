"""What "until tomorrow" means where clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tray_app.core.pauses import minutes_until_tomorrow

BERLIN = ZoneInfo("Europe/Berlin")


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
    minutes = minutes_until_tomorrow(now, BERLIN)
    assert minutes == hours * 60
    end = now.astimezone(UTC) + timedelta(minutes=minutes)
    assert end.astimezone(BERLIN).hour == 6
