"""Whether we may back up now: readings and rules in, reasons out (requirement).

Unknown is a value: what it means is decided here, once, and never blocks (design section 2).
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from math import floor


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

    `network_id` names the network for "upload anyway"; `network_name` is for a person's eyes.
    `on_ac` True on a computer without a battery. `battery_percent` 0-100.
    """

    metered: bool | None = None
    medium: Medium | None = None
    network_id: str | None = None
    network_name: str | None = None
    on_ac: bool | None = None
    battery_percent: float | None = None
    power_saver: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a person allows; names of the settings. `quiet_hours`: from, to, local time."""

    require_wifi: bool = True
    require_charging: bool = False
    min_battery_percent: int = 20
    quiet_hours: tuple[time, time] | None = None
    allowed_networks: frozenset[str] = frozenset()


class Blocker(StrEnum):
    """Why a backup waits."""

    METERED = "metered"
    CELLULAR = "cellular"
    NOT_CHARGING = "notCharging"
    LOW_BATTERY = "lowBattery"
    POWER_SAVER = "powerSaver"
    QUIET_HOURS = "quietHours"


def blockers(readings: Readings, rules: Rules, local_time: time) -> tuple[Blocker, ...]:
    """Return every reason to wait, in the order a person should read them; empty means go."""
    found = [*_network(readings, rules), *_power(readings, rules)]
    if rules.quiet_hours and _within(local_time, *rules.quiet_hours):
        found.append(Blocker.QUIET_HOURS)
    return tuple(found)


def _network(readings: Readings, rules: Rules) -> list[Blocker]:
    """Known metered blocks, unknown does not; Bluetooth is a phone's tethering."""
    if not rules.require_wifi or readings.network_id in rules.allowed_networks:
        return []
    if readings.medium in (Medium.CELLULAR, Medium.BLUETOOTH):
        return [Blocker.CELLULAR]
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


def words(blocker: Blocker, readings: Readings, rules: Rules) -> str:
    """Say a reason as one sentence."""
    network = f"“{readings.network_name}”" if readings.network_name else "This network"
    match blocker:
        case Blocker.METERED:
            return f"{network} is metered."
        case Blocker.CELLULAR:
            return f"{network} is a mobile connection."
        case Blocker.NOT_CHARGING:
            return "The computer runs on battery."
        case Blocker.LOW_BATTERY:
            return (
                f"The battery is at {floor(readings.battery_percent or 0)} %,"
                f" below {rules.min_battery_percent} %."
            )
        case Blocker.POWER_SAVER:
            return "The power saver is on."
        case Blocker.QUIET_HOURS:
            return f"It is quiet hours{_until(rules)}."


def _until(rules: Rules) -> str:
    return f" until {rules.quiet_hours[1]:%H:%M}" if rules.quiet_hours else ""
