"""Whether we may back up now: readings and rules in, reasons out (requirement).

Unknown is a value: what it means is decided here, once, and never blocks (design section 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from math import floor

from tray_app.core.pauses import Pause
from tray_app.core.phrase import phrase


class Medium(StrEnum):
    """What carries the default route, as the operating system names it."""

    WIFI = "wifi"
    ETHERNET = "ethernet"
    CELLULAR = "cellular"
    BLUETOOTH = "bluetooth"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The state of this computer; None: the platform could not tell.

    `online`: whether a route leads to *our* server, which needs no internet. `captive`: the
    network answers with a login page. `tethered`: it is a phone's hotspot or cable.
    `network_id` names the network for "upload anyway"; `network_name` is for a person's eyes.
    `on_ac` True on a computer without a battery. `battery_percent` 0-100.
    """

    online: bool | None = None
    captive: bool | None = None
    metered: bool | None = None
    tethered: bool | None = None
    medium: Medium | None = None
    network_id: str | None = None
    network_name: str | None = None
    on_ac: bool | None = None
    battery_percent: float | None = None
    power_saver: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a person allows; names of the settings. `quiet_hours`: from, to, local time.

    `needs_network` False: the server is on this computer. `allowed_networks` by `network_id`;
    None among them is a network without an id. `pause`: one that is in force now.
    """

    needs_network: bool = True
    require_wifi: bool = True
    require_charging: bool = False
    min_battery_percent: int = 20
    quiet_hours: tuple[time, time] | None = None
    allowed_networks: frozenset[str | None] = frozenset()
    pause: Pause | None = None


class Blocker(StrEnum):
    """Why a backup waits."""

    PAUSED = "paused"
    ASLEEP = "asleep"
    OFFLINE = "offline"
    CAPTIVE_PORTAL = "captivePortal"
    METERED = "metered"
    TETHERED = "tethered"
    CELLULAR = "cellular"
    NOT_CHARGING = "notCharging"
    LOW_BATTERY = "lowBattery"
    POWER_SAVER = "powerSaver"
    QUIET_HOURS = "quietHours"
    LIBRARY = "library"  # what changed on the server is not known: core/sync/guard.py


# What "upload anyway on this network" overrules.
COSTLY = frozenset({Blocker.METERED, Blocker.TETHERED, Blocker.CELLULAR})


def only_costly(found: Iterable[Blocker | None]) -> bool:
    """Tell whether "upload anyway on this network" would let the backup go."""
    return bool(found := frozenset(found)) and found <= COSTLY


@dataclass(frozen=True, slots=True)
class Reason:
    """For a person: what holds the backup, and what they can do; no blocker: a bug of ours."""

    blocker: Blocker | None
    words: str
    remedy: str


UNREADABLE = Reason(
    None, phrase("Network and power of this computer could not be read."), phrase("See the logs.")
)


def blockers(
    readings: Readings, rules: Rules, local_time: time, *, asleep: bool = False
) -> tuple[Blocker, ...]:
    """Return every reason to wait, in the order a person should read them; empty means go.

    `asleep`: the computer is going to sleep.
    """
    found = [Blocker.PAUSED] if rules.pause else []
    if asleep:
        found.append(Blocker.ASLEEP)
    if rules.needs_network:
        found += [*_reach(readings), *_cost(readings, rules)]
    found += _power(readings, rules)
    if rules.quiet_hours and _within(local_time, *rules.quiet_hours):
        found.append(Blocker.QUIET_HOURS)
    return tuple(found)


def out_of_reach(readings: Readings, rules: Rules, *, asleep: bool = False) -> tuple[Blocker, ...]:
    """Return why the server cannot even be asked; a sync costs little and obeys nothing else."""
    found = [Blocker.ASLEEP] if asleep else []
    return tuple(found + _reach(readings)) if rules.needs_network else tuple(found)


def _reach(readings: Readings) -> list[Blocker]:
    """Only what is known to be cut off blocks."""
    found = [Blocker.OFFLINE] if readings.online is False else []
    return [*found, Blocker.CAPTIVE_PORTAL] if readings.captive else found


def _cost(readings: Readings, rules: Rules) -> list[Blocker]:
    """Known metered blocks, unknown does not; Bluetooth is a phone's tethering."""
    if not rules.require_wifi or readings.network_id in rules.allowed_networks:
        return []
    if readings.medium is Medium.CELLULAR:
        return [Blocker.CELLULAR]
    if readings.tethered or readings.medium is Medium.BLUETOOTH:
        return [Blocker.TETHERED]
    return [Blocker.METERED] if readings.metered else []


def _power(readings: Readings, rules: Rules) -> list[Blocker]:
    """Judge power; a level counts only while discharging: a charge limit holds it on AC."""
    found: list[Blocker] = []
    on_battery = readings.on_ac is False
    if rules.require_charging and on_battery:
        found.append(Blocker.NOT_CHARGING)
    percent = readings.battery_percent
    if on_battery and percent is not None and percent < rules.min_battery_percent:
        found.append(Blocker.LOW_BATTERY)
    if readings.power_saver and on_battery:
        found.append(Blocker.POWER_SAVER)
    return found


def _within(moment: time, begin: time, end: time) -> bool:
    """Hours may pass midnight; the end is not part of them."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end


def reason(blocker: Blocker, readings: Readings, rules: Rules) -> Reason:
    """Put a blocker into words."""
    return Reason(blocker, words(blocker, readings, rules), _REMEDIES[blocker])


def words(blocker: Blocker, readings: Readings, rules: Rules) -> str:
    """Say what holds the backup, as one sentence."""
    network = readings.network_name
    network = phrase("“{name}”", name=network) if network else phrase("This network")
    said = {
        Blocker.PAUSED: rules.pause.words() if rules.pause else phrase("You paused the backup."),
        Blocker.ASLEEP: phrase("The computer goes to sleep."),
        Blocker.OFFLINE: phrase("This computer is offline: no network leads to the server."),
        Blocker.CAPTIVE_PORTAL: phrase(
            "{network} wants you to log in first (captive portal).", network=network
        ),
        Blocker.METERED: phrase("{network} is metered.", network=network),
        Blocker.TETHERED: phrase("{network} is a phone's connection (tethering).", network=network),
        Blocker.CELLULAR: phrase("{network} is a mobile connection.", network=network),
        Blocker.NOT_CHARGING: phrase("The computer runs on battery."),
        Blocker.LOW_BATTERY: phrase(
            "The battery is at {level:,} %, below {least:,} %.",
            level=floor(readings.battery_percent or 0),
            least=rules.min_battery_percent,
        ),
        Blocker.POWER_SAVER: phrase("The power saver is on."),
        Blocker.QUIET_HOURS: _quiet(rules),
        Blocker.LIBRARY: phrase("What changed on the server is not known."),
    }
    return said[blocker]


def _quiet(rules: Rules) -> str:
    if not rules.quiet_hours:
        return phrase("It is quiet hours.")
    return phrase("It is quiet hours until {end:%H:%M}.", end=rules.quiet_hours[1])


_OTHER_NETWORK = phrase("Use another network, or choose “Upload anyway on this network”.")
_REMEDIES = {
    Blocker.PAUSED: phrase("Choose “Resume” to go on now."),
    Blocker.ASLEEP: phrase("It goes on when the computer wakes up."),
    Blocker.OFFLINE: phrase("Connect to a network; it goes on by itself."),
    Blocker.CAPTIVE_PORTAL: phrase("Open a web page and log in; it goes on by itself."),
    Blocker.METERED: _OTHER_NETWORK,
    Blocker.TETHERED: _OTHER_NETWORK,
    Blocker.CELLULAR: _OTHER_NETWORK,
    Blocker.NOT_CHARGING: phrase("Plug in the charger, or turn backupRequireCharging off."),
    Blocker.LOW_BATTERY: phrase("Plug in the charger, or lower backupMinBatteryPercent."),
    Blocker.POWER_SAVER: phrase("Plug in the charger, or turn the power saver off."),
    Blocker.QUIET_HOURS: phrase("Choose “Back up now” to begin at once."),
    Blocker.LIBRARY: phrase("Choose “Back up now” to begin at once."),
}
