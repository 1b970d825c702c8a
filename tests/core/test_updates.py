"""When to ask for a new version, and what to make of the answer."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tray_app.core.conditions import Medium, Readings
from tray_app.core.settings import InvalidSettings, Settings, changed
from tray_app.core.updates import AGAIN, EVERY, Announcement, Checked, due_in, may_ask, notice

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def test_it_is_off_and_has_no_address_unless_a_person_wants_it():
    assert Settings().update_check is False
    assert Settings().update_check_url == ""


@pytest.mark.parametrize(
    ("checked", "left"),
    [
        (Checked(), timedelta()),
        (Checked(NOW), EVERY),
        (Checked(NOW - EVERY), timedelta()),
        (Checked(NOW - timedelta(days=6)), timedelta(days=1)),
        (Checked(NOW, useful=False), AGAIN),
        (Checked(NOW + timedelta(days=400)), timedelta()),  # the clock was wrong then
    ],
)
def test_at_most_once_a_week(checked, left):
    assert due_in(checked, NOW) == left


@pytest.mark.parametrize(
    ("version", "current", "muted", "told"),
    [
        ("0.2.0", "0.1.0", "", True),
        ("0.10.0", "0.9.9", "", True),
        ("1.0", "0.9.9", "", True),
        ("0.1.0", "0.1.0", "", False),
        ("0.0.9", "0.1.0", "", False),
        ("0.2.0", "0.1.0", "0.2.0", False),
        ("0.3.0", "0.1.0", "0.2.0", True),
    ],
)
def test_only_a_newer_version_is_told_of_unless_muted(version, current, muted, told):
    found = Checked(NOW, found=Announcement(version, "https://example.org/news"))
    said = notice(found, current, muted)
    assert bool(said) is told
    if told:
        assert f"Version {version} " in said
        assert "https://example.org/news" in said
        assert f"settings set updateMuted {version}" in said


@pytest.mark.parametrize(
    "answer",
    [
        b"{}",
        b'{"version": 3}',
        b'{"version": "newest"}',
        b'{"version": "1.2.3; rm -rf /"}',
        b'{"version": "1.2.3\\u202e"}',
        b'{"version": "9.9.9", "page": "javascript:alert(1)"}',
        b'{"version": "9.9.9", "page": "http://example.org"}',
        b'{"version": "9.9.9", "page": "https://me:secret@example.org/"}',
        b'{"version": "9.9.9", "page": "https://example.org/\\u001b[31m"}',
        b'{"version": "9.9.9", "page": "https://example.org/%s"}' % (b"x" * 300),
        b"[]",
    ],
)
def test_an_answer_that_cannot_be_shown_is_none(answer):
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(answer, type=Announcement)


@pytest.mark.parametrize(
    ("readings", "may"),
    [
        (Readings(), True),
        (Readings(online=False), False),
        (Readings(captive=True), False),
        (Readings(metered=True), False),
        (Readings(medium=Medium.CELLULAR), False),
        (Readings(tethered=True), False),
        (Readings(on_ac=False, battery_percent=10), False),
        (Readings(on_ac=False, battery_percent=90), True),
    ],
)
def test_network_and_power_are_respected(readings, may):
    assert may_ask(readings) is may


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("updateCheckUrl", "http://example.org/version.json"),
        ("updateCheckUrl", "example.org"),
        ("updateCheckUrl", "https://me:secret@example.org/"),
        ("updateCheckUrl", "file:///etc/passwd"),
        ("updateMuted", "soon"),
    ],
)
def test_a_setting_of_no_use_is_refused(key, value):
    with pytest.raises(InvalidSettings, match=key):
        changed(Settings(), key, value)


@pytest.mark.parametrize("url", ["", "https://example.org/v.json", "http://127.0.0.1:80/v"])
def test_an_address_of_use_is_taken(url):
    assert changed(Settings(), "updateCheckUrl", url).update_check_url == url
