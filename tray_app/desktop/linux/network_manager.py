"""Network as NetworkManager tells it (its D-Bus API, `org.freedesktop.NetworkManager`)."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from tray_app.core.conditions import Medium, Readings
from tray_app.desktop.linux.system_bus import Interface, SystemBus

_SERVICE = "org.freedesktop.NetworkManager"
_MANAGER = Interface(_SERVICE, "/org/freedesktop/NetworkManager", _SERVICE)
_ACTIVE = f"{_SERVICE}.Connection.Active"
_DEVICE = f"{_SERVICE}.Device"

# NMMetered: yes, no, "guess: yes", "guess: no"; 0 unknown.
_METERED = {1: True, 2: False, 3: True, 4: False}
_METERED_BY_PERSON = (1, 2)
# It guesses "yes" for phones: Android says so in DHCP (option 43, "ANDROID_METERED"), an
# iPhone in its Wi-Fi beacons.
_GUESSED_METERED = 3
# An iPhone's cable says nothing; its driver is used by nothing else.
_PHONE_DRIVERS = ("ipheth",)

_PORTAL, _FULL = 2, 4  # NMConnectivityState
_CUT_OFF = (10, 20)  # NMState: asleep (or switched off), disconnected

_MEDIA = {
    "802-11-wireless": Medium.WIFI,
    "802-3-ethernet": Medium.ETHERNET,
    "gsm": Medium.CELLULAR,
    "cdma": Medium.CELLULAR,
    "wwan": Medium.CELLULAR,
    "bluetooth": Medium.BLUETOOTH,
}


@dataclass(frozen=True, slots=True)
class _Connection:
    """The part of an active connection that matters here."""

    kind: str
    uuid: str | None
    name: str | None
    is_default: bool
    devices: tuple[str, ...]

    @classmethod
    def of(cls, told: dict[str, Any]) -> "_Connection":
        return cls(
            kind=told.get("Type", ""),
            uuid=told.get("Uuid"),
            name=told.get("Id"),
            is_default=bool(told.get("Default") or told.get("Default6")),
            devices=tuple(told.get("Devices", ())),
        )


class NetworkManager:
    """A source of all about the network; `network_id` is the connection's UUID.

    Of `online` only False: nothing is connected.
    """

    def __init__(self, bus: SystemBus) -> None:
        self._bus = bus
        bus.watch(
            _MANAGER, "Metered", "PrimaryConnection", "ActiveConnections", "State", "Connectivity"
        )

    async def read(self) -> Readings:
        """Ask; unknown where NetworkManager does not run or manages no default route."""
        manager = await self._bus.properties(_MANAGER)
        told = Readings(
            online=False if manager.get("State") in _CUT_OFF else None,
            captive={_PORTAL: True, _FULL: False}.get(manager.get("Connectivity", 0)),
            metered=_METERED.get(manager.get("Metered", 0)),
        )
        primary = await self._connection(manager.get("PrimaryConnection", "/"))
        if primary is None:
            return told
        below = None if primary.kind in _MEDIA else await self._below(manager)
        carrier = below or primary
        devices = await self._devices(carrier)
        codes = [device.get("Metered", 0) for device in devices]
        metered = told.metered
        if below:  # the manager's answer is about the tunnel, not about what carries it
            metered = _worse(metered, *map(_METERED.get, codes))
        return replace(
            told,
            metered=metered,
            tethered=_is_phone(carrier, [manager.get("Metered", 0), *codes], devices),
            medium=_MEDIA.get(carrier.kind, Medium.OTHER),
            network_id=carrier.uuid,
            network_name=carrier.name,
        )

    async def _connection(self, path: str) -> _Connection | None:
        """Look at an active connection; NetworkManager says "/" for none."""
        told = await self._bus.properties(_MANAGER.at(path, _ACTIVE)) if path != "/" else {}
        return _Connection.of(told) if told else None

    async def _below(self, manager: dict[str, Any]) -> _Connection | None:
        """Find what carries a VPN, bridge or tunnel; None where several could."""
        paths = manager.get("ActiveConnections", [])
        active = await asyncio.gather(*map(self._connection, paths))
        real = [it for it in active if it and it.kind in _MEDIA]
        candidates = [it for it in real if it.is_default] or real
        return candidates[0] if len(candidates) == 1 else None

    async def _devices(self, connection: _Connection) -> list[dict[str, Any]]:
        return await asyncio.gather(
            *(self._bus.properties(_MANAGER.at(path, _DEVICE)) for path in connection.devices)
        )


def _is_phone(
    connection: _Connection, codes: list[int], devices: list[dict[str, Any]]
) -> bool | None:
    """Tell whether a phone shares its connection; what a person set in the system wins."""
    if connection.kind not in ("802-11-wireless", "802-3-ethernet"):
        return None
    if any(code in _METERED_BY_PERSON for code in codes):
        return None
    by_cable = any(device.get("Driver") in _PHONE_DRIVERS for device in devices)
    return True if by_cable or _GUESSED_METERED in codes else None


def _worse(*answers: bool | None) -> bool | None:
    """Metered if anyone says so, unknown if nobody knows."""
    known = [it for it in answers if it is not None]
    return any(known) if known else None
