"""May we back up now? Each reason alone, together, and what nobody knows."""

import dataclasses
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray_app.core.conditions import (
    Blocker,
    Medium,
    Readings,
    Rules,
    blockers,
    out_of_reach,
    reason,
    words,
)
from tray_app.core.pauses import Pause

NOON = time(12)
NIGHT = (time(22), time(7))

HOME = Readings(
    metered=False,
    medium=Medium.WIFI,
    network_id="home",
    network_name="Home",
    on_ac=True,
    battery_percent=80,
    power_saver=False,
)
UNPLUGGED = {"on_ac": False}

ALONE = [
    ({}, {}, []),
    ({"metered": True}, {}, [Blocker.METERED]),
    ({"metered": True, "medium": Medium.ETHERNET}, {}, [Blocker.METERED]),
    ({"metered": True, "medium": Medium.OTHER}, {}, [Blocker.METERED]),
    ({"metered": True, "medium": None}, {}, [Blocker.METERED]),
    ({"metered": None}, {}, []),
    ({"medium": Medium.OTHER, "metered": None}, {}, []),
    ({"medium": Medium.CELLULAR}, {}, [Blocker.CELLULAR]),
    ({"medium": Medium.CELLULAR, "metered": True}, {}, [Blocker.CELLULAR]),
    ({"medium": Medium.BLUETOOTH, "metered": None}, {}, [Blocker.TETHERED]),
    ({"tethered": True, "metered": None}, {}, [Blocker.TETHERED]),
    ({"tethered": True, "metered": True}, {}, [Blocker.TETHERED]),
    ({"tethered": True, "medium": Medium.CELLULAR}, {}, [Blocker.CELLULAR]),
    ({"tethered": True}, {"require_wifi": False}, []),
    ({"tethered": True}, {"allowed_networks": frozenset({"home"})}, []),
    ({"online": True, "captive": False, "tethered": False}, {}, []),
    ({"online": False}, {}, [Blocker.OFFLINE]),
    ({"online": False}, {"require_wifi": False}, [Blocker.OFFLINE]),
    ({"online": False}, {"allowed_networks": frozenset({"home"})}, [Blocker.OFFLINE]),
    ({"online": False, "captive": True, "metered": True}, {"needs_network": False}, []),
    ({"captive": True}, {}, [Blocker.CAPTIVE_PORTAL]),
    ({"captive": True}, {"require_wifi": False}, [Blocker.CAPTIVE_PORTAL]),
    ({"captive": True, "metered": True}, {}, [Blocker.CAPTIVE_PORTAL, Blocker.METERED]),
    ({}, {"pause": Pause()}, [Blocker.PAUSED]),
    ({}, {"pause": Pause(), "needs_network": False}, [Blocker.PAUSED]),
    ({"metered": True}, {"require_wifi": False}, []),
    ({"medium": Medium.CELLULAR}, {"require_wifi": False}, []),
    ({"metered": True}, {"allowed_networks": frozenset({"home"})}, []),
    ({"medium": Medium.CELLULAR}, {"allowed_networks": frozenset({"home"})}, []),
    ({"metered": True}, {"allowed_networks": frozenset({"other"})}, [Blocker.METERED]),
    (
        {"metered": True, "network_id": None},
        {"allowed_networks": frozenset({"home"})},
        [Blocker.METERED],
    ),
    ({"metered": True, "network_id": None}, {"allowed_networks": frozenset({None})}, []),
    ({"metered": True}, {"allowed_networks": frozenset({None})}, [Blocker.METERED]),
    (UNPLUGGED, {}, []),
    (UNPLUGGED, {"require_charging": True}, [Blocker.NOT_CHARGING]),
    ({}, {"require_charging": True}, []),
    ({"on_ac": None}, {"require_charging": True}, []),
    (UNPLUGGED | {"battery_percent": 19.9}, {}, [Blocker.LOW_BATTERY]),
    (UNPLUGGED | {"battery_percent": 20}, {}, []),
    (UNPLUGGED | {"battery_percent": None}, {}, []),
    (UNPLUGGED | {"battery_percent": 1}, {"min_battery_percent": 0}, []),
    ({"battery_percent": 15}, {}, []),
    ({"on_ac": None, "battery_percent": 15}, {}, []),
    (UNPLUGGED | {"power_saver": True}, {}, [Blocker.POWER_SAVER]),
    ({"power_saver": True}, {}, []),
    (UNPLUGGED | {"power_saver": None}, {}, []),
]


@pytest.mark.parametrize(("changed", "rules", "expected"), ALONE)
def test_each_condition(changed, rules, expected):
    readings = dataclasses.replace(HOME, **changed)
    assert list(blockers(readings, Rules(**rules), NOON)) == expected


@pytest.mark.parametrize(
    ("hours", "moment", "quiet"),
    [
        (NIGHT, time(21, 59, 59), False),
        (NIGHT, time(22), True),
        (NIGHT, time(23, 59, 59), True),
        (NIGHT, time(0), True),
        (NIGHT, time(6, 59, 59), True),
        (NIGHT, time(7), False),
        (NIGHT, NOON, False),
        ((time(9), time(17)), time(8, 59), False),
        ((time(9), time(17)), time(9), True),
        ((time(9), time(17)), time(17), False),
        ((time(22), time(0)), time(23, 59), True),
        ((time(22), time(0)), time(0), False),
        ((time(0), time(7)), time(0), True),
        ((NOON, NOON), NOON, False),
        (None, time(3), False),
    ],
)
def test_quiet_hours(hours, moment, quiet):
    found = blockers(HOME, Rules(quiet_hours=hours), moment)
    assert found == ((Blocker.QUIET_HOURS,) if quiet else ())


def test_all_reasons_are_told_in_their_order():
    readings = Readings(
        online=False,
        captive=True,
        metered=True,
        on_ac=False,
        battery_percent=5,
        power_saver=True,
    )
    rules = Rules(require_charging=True, quiet_hours=NIGHT, pause=Pause())
    assert blockers(readings, rules, time(3), asleep=True) == (
        Blocker.PAUSED,
        Blocker.ASLEEP,
        Blocker.OFFLINE,
        Blocker.CAPTIVE_PORTAL,
        Blocker.METERED,
        Blocker.NOT_CHARGING,
        Blocker.LOW_BATTERY,
        Blocker.POWER_SAVER,
        Blocker.QUIET_HOURS,
    )


READINGS = st.builds(
    Readings,
    online=st.none() | st.booleans(),
    captive=st.none() | st.booleans(),
    metered=st.none() | st.booleans(),
    tethered=st.none() | st.booleans(),
    medium=st.none() | st.sampled_from(Medium),
    network_id=st.none() | st.sampled_from(["a", "b"]),
    network_name=st.none() | st.just("Café"),
    on_ac=st.none() | st.booleans(),
    battery_percent=st.none() | st.floats(0, 100),
    power_saver=st.none() | st.booleans(),
)
TIMES = st.times()
RULES = st.builds(
    Rules,
    needs_network=st.booleans(),
    require_wifi=st.booleans(),
    require_charging=st.booleans(),
    min_battery_percent=st.integers(0, 100),
    quiet_hours=st.none() | st.tuples(TIMES, TIMES),
    allowed_networks=st.frozensets(st.sampled_from(["a", "b", None])),
)
FIELDS = [field.name for field in dataclasses.fields(Readings) if field.name != "network_id"]


@given(READINGS, RULES, TIMES, st.sampled_from(FIELDS))
def test_knowing_less_never_blocks_more(readings, rules, moment, forgotten):
    """Except `network_id`: a permission for a network needs the network to be known."""
    less = dataclasses.replace(readings, **{forgotten: None})
    assert len(blockers(less, rules, moment)) <= len(blockers(readings, rules, moment))


@given(RULES, TIMES)
def test_nothing_known_is_blocked_by_the_clock_alone(rules, moment):
    assert set(blockers(Readings(), rules, moment)) <= {Blocker.QUIET_HOURS}


@given(READINGS, RULES, TIMES)
def test_on_ac_power_never_blocks(readings, rules, moment):
    plugged = dataclasses.replace(readings, on_ac=True)
    power = {Blocker.NOT_CHARGING, Blocker.LOW_BATTERY, Blocker.POWER_SAVER}
    assert not power & set(blockers(plugged, rules, moment))


@given(TIMES, TIMES, TIMES)
def test_hours_and_the_hours_between_them_fill_the_day(begin, end, moment):
    def quiet(*hours):
        return bool(blockers(HOME, Rules(quiet_hours=hours), moment))

    if begin != end:
        assert quiet(begin, end) != quiet(end, begin)


@given(READINGS, RULES, TIMES)
def test_every_reason_is_told_once_and_in_words(readings, rules, moment):
    found = blockers(readings, rules, moment)
    assert len(set(found)) == len(found)
    for blocker in found:
        told = reason(blocker, readings, rules)
        assert told.blocker is blocker
        for sentence in (told.words, told.remedy):
            assert sentence.endswith(".")
            assert "None" not in sentence


@pytest.mark.parametrize(
    ("blocker", "sentence"),
    [
        (Blocker.METERED, "“Home” is metered."),
        (Blocker.TETHERED, "“Home” is a phone's connection (tethering)."),
        (Blocker.CELLULAR, "“Home” is a mobile connection."),
        (Blocker.OFFLINE, "This computer is offline: no network leads to the server."),
        (Blocker.CAPTIVE_PORTAL, "“Home” wants you to log in first (captive portal)."),
        (Blocker.ASLEEP, "The computer goes to sleep."),
        (Blocker.PAUSED, "You paused the backup."),
        (Blocker.NOT_CHARGING, "The computer runs on battery."),
        (Blocker.LOW_BATTERY, "The battery is at 80 %, below 20 %."),
        (Blocker.POWER_SAVER, "The power saver is on."),
        (Blocker.QUIET_HOURS, "It is quiet hours until 07:00."),
    ],
)
def test_the_words(blocker, sentence):
    assert words(blocker, HOME, Rules(quiet_hours=NIGHT)) == sentence


def test_a_level_below_the_limit_reads_as_below_it():
    almost = dataclasses.replace(HOME, battery_percent=19.9)
    assert words(Blocker.LOW_BATTERY, almost, Rules()) == "The battery is at 19 %, below 20 %."


def test_a_network_without_a_name():
    assert words(Blocker.METERED, Readings(), Rules()) == "This network is metered."
    portal = words(Blocker.CAPTIVE_PORTAL, Readings(), Rules())
    assert portal == "This network wants you to log in first (captive portal)."


def test_the_words_of_a_pause_name_its_end():
    until = datetime(2026, 1, 2, 6, tzinfo=UTC).astimezone()
    told = words(Blocker.PAUSED, HOME, Rules(pause=Pause(until)))
    assert told == f"You paused the backup until {until:%a %H:%M}."
    forever = words(Blocker.PAUSED, HOME, Rules(pause=Pause()))
    assert forever == "You paused the backup until you resume it."


@pytest.mark.parametrize(
    ("readings", "rules", "asleep", "found"),
    [
        (Readings(), Rules(), False, ()),
        (Readings(online=False), Rules(), False, (Blocker.OFFLINE,)),
        (Readings(captive=True), Rules(), True, (Blocker.ASLEEP, Blocker.CAPTIVE_PORTAL)),
        (Readings(online=False), Rules(needs_network=False), False, ()),
        (
            Readings(metered=True, on_ac=False, battery_percent=5.0, power_saver=True),
            Rules(require_charging=True),
            False,
            (),
        ),
    ],
)
def test_a_sync_waits_only_for_a_way_to_the_server(readings, rules, asleep, found):
    assert out_of_reach(readings, rules, asleep=asleep) == found
