"""Which network this is where no NetworkManager names it: the MAC of its gateway.

Source: /proc/net/route and /proc/net/arp (proc(5)); IPv4 only, as most networks have it.
"""

import socket
from pathlib import Path

from tray_app.core.conditions import Readings

_NOBODY = "00:00:00:00:00:00"


class Gateway:
    """A source of `network_id`."""

    def __init__(self, folder: Path = Path("/proc/net")) -> None:
        self._folder = folder

    async def read(self) -> Readings:
        """Look; unknown without a default route, or when the gateway was not spoken to yet."""
        mac = _mac_of(self._lines("arp"), _gateway(self._lines("route")))
        return Readings(network_id=f"gateway {mac}" if mac else None)

    def _lines(self, name: str) -> list[list[str]]:
        try:
            text = (self._folder / name).read_text(encoding="ascii", errors="replace")
        except OSError:
            return []
        return [line.split() for line in text.splitlines()[1:]]


def _gateway(routes: list[list[str]]) -> str | None:
    """Return the address of the default gateway with the lowest metric."""
    defaults = [
        (int(row[6]), row[2])
        for row in routes
        if len(row) >= 8 and row[1] == row[7] == "00000000" and row[2] != "00000000"
    ]
    if not defaults:
        return None
    return socket.inet_ntoa(bytes.fromhex(min(defaults)[1])[::-1])


def _mac_of(neighbours: list[list[str]], address: str | None) -> str | None:
    for row in neighbours:
        if len(row) >= 4 and row[0] == address and row[3] != _NOBODY:
            return row[3].lower()
    return None
