"""Network as NetworkManager tells it (its D-Bus API, `org.freedesktop.NetworkManager`)."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tray_app.core.conditions import Medium, Readings
from tray_app.desktop.linux.system_bus import Interface, SystemBus

_SERVICE = "org.freedesktop.NetworkManager"
_MANAGER = Interface(_SERVICE, "/org/freedesktop/NetworkManager", _SERVICE)
_ACTIVE = f"{_SERVICE}.Connection.Active"
_DEVICE = f"{_SERVICE}.Device"

# NMMetered: yes, no, "guess: yes" (a phone's hotspot says so in DHCP), "guess: no"; 0 unknown.
_METERED = {1: True, 2: False, 3: True, 4: False}

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
    """A source of `metered`, `medium`, `network_id` (the connection's UUID), `network_name`."""

    def __init__(self, bus: SystemBus) -> None:
        self._bus = bus
        bus.watch(_MANAGER, "Metered", "PrimaryConnection", "ActiveConnections")

    async def read(self) -> Readings:
        """Ask; unknown where NetworkManager does not run or manages no default route."""
        manager = await self._bus.properties(_MANAGER)
        metered = _METERED.get(manager.get("Metered", 0))
        primary = await self._connection(manager.get("PrimaryConnection", "/"))
        if primary is None:
            return Readings(metered=metered)
        if primary.kind in _MEDIA:
            return _readings(primary, metered=metered)
        below = await self._below(manager)
        if below is None:
            return _readings(primary, metered=metered)
        return _readings(below, metered=_worse(metered, await self._devices_metered(below)))

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

    async def _devices_metered(self, connection: _Connection) -> bool | None:
        """Ask the devices: the manager's answer is about the tunnel, not what carries it."""
        told = await asyncio.gather(
            *(self._bus.properties(_MANAGER.at(path, _DEVICE)) for path in connection.devices)
        )
        return _worse(*(_METERED.get(it.get("Metered", 0)) for it in told))


def _readings(connection: _Connection, *, metered: bool | None) -> Readings:
    return Readings(
        metered=metered,
        medium=_MEDIA.get(connection.kind, Medium.OTHER),
        network_id=connection.uuid,
        network_name=connection.name,
    )


def _worse(*answers: bool | None) -> bool | None:
    """Metered if anyone says so, unknown if nobody knows."""
    known = [it for it in answers if it is not None]
    return any(known) if known else None
