"""Whether a route leads to our server, asked of this computer alone: nothing is sent.

Connecting a UDP socket only looks the route up, which works alike on every system and knows
VPNs and policy routing. A name is looked up only where no default route is left.
"""

import asyncio
import ipaddress
import socket
import threading
import urllib.request
from collections.abc import Callable
from urllib.parse import urlsplit

from tray_app.core.conditions import Readings
from tray_app.core.url import is_loopback

_LOOKUP_SECONDS = 0.3
_PORT = 9  # discard; no packet is sent
# Addresses that belong to nobody (RFC 5737, RFC 3849): what leads there leads anywhere.
_ANYWHERE = ("192.0.2.1", "2001:db8::1")


class RouteToServer:
    """A source of `online`; `address` is the server's URL of the moment, "" for none.

    Unknown for a server on this computer. A server behind a proxy is where the proxy is.
    """

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address
        self._known: dict[str, tuple[str, ...]] = {}
        self._asking: dict[str, asyncio.Future[tuple[str, ...]]] = {}

    async def read(self) -> Readings:
        """Look; a name may be unknown until it was found."""
        host = _first_hop(self._address())
        if not host or is_loopback(host):
            return Readings()
        return Readings(online=await self._leads_to(host))

    async def _leads_to(self, host: str) -> bool | None:
        if _is_address(host):
            return _leads(host)
        if any(map(_leads, (*self._known.get(host, ()), *_ANYWHERE))):
            return True
        if not _is_connected():
            return False
        found = await self._look_up(host)
        if found:
            self._known[host] = found
        return None if found is None else any(map(_leads, found))

    async def _look_up(self, host: str) -> tuple[str, ...] | None:
        """Return the addresses, () for none; None while the question is under way."""
        if host not in self._asking:
            self._asking[host] = _ask_in_thread(host)
        asked = self._asking[host]
        await asyncio.wait({asked}, timeout=_LOOKUP_SECONDS)
        if not asked.done():
            return None
        self._asking.pop(host, None)
        return asked.result()


def _first_hop(address: str) -> str:
    """Name the host that requests go to: the server, or the proxy of the environment."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if host and proxy and not urllib.request.proxy_bypass(host):
        return urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname or ""
    return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _leads(address: str) -> bool:
    """Tell whether a route leads there over an interface that carries something."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, _PORT))
            ours = probe.getsockname()[0]
    except OSError:
        return False
    return _carries(ours)


def _carries(ours: str) -> bool:
    """Tell whether the interface with this address is up and has a carrier.

    A route stays when a cable is pulled and nobody manages the network.
    """
    import psutil  # noqa: PLC0415  a route to this computer needs no interface

    for name, addresses in psutil.net_if_addrs().items():
        if any(it.address.partition("%")[0] == ours for it in addresses):
            told = psutil.net_if_stats().get(name)
            return told is None or told.isup
    return True


def _is_connected() -> bool:
    """Tell whether any interface but the loopback carries something."""
    import psutil  # noqa: PLC0415  a route to this computer needs no interface

    return any(
        told.isup and "loopback" not in told.flags
        for name, told in psutil.net_if_stats().items()
        if not name.startswith("Loopback")
    )


def _ask_in_thread(host: str) -> asyncio.Future[tuple[str, ...]]:
    """Look a name up in a thread that nobody waits for: it may take half a minute."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def tell(found: tuple[str, ...]) -> None:
        if not answer.done():
            answer.set_result(found)

    def ask() -> None:
        try:
            found = tuple(str(it[4][0]) for it in socket.getaddrinfo(host, None))
        except (OSError, UnicodeError):
            found = ()
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, found)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return answer
