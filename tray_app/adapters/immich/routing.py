"""Which proxy a request takes, and what goes along with it to the server alone."""

import urllib.request
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import httpx

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.pins import place_of
from tray_app.core.way import NO_PROXY, Way


def proxy_for(url: str, way: Way) -> str | None:
    """Choose the proxy for a server; the system's unless one is set, none within one's network."""
    if way.is_near(url) or way.proxy == NO_PROXY:
        return None
    if way.proxy:
        return way.proxy
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    proxies = urllib.request.getproxies()
    found = proxies.get(parts.scheme) or proxies.get("all") or ""
    if found and "://" not in found:
        return f"http://{found}"
    if found and urlsplit(found).scheme not in ("http", "https"):
        raise NeedsUser(
            phrase(
                "The proxy of the system, {hostname}, is of a kind that cannot be used (SOCKS).",
                hostname=urlsplit(found).hostname,
            ),
            need=Need.SETTINGS,
            remedy=phrase('Name an http proxy in the setting proxy, or "none".'),
        )
    return found or None


def extra_headers(base_url: str, way: Way) -> Callable[[httpx.Request], Awaitable[None]]:
    """Let the headers of a login before the server go there and nowhere else."""
    own = urlsplit(base_url).scheme, place_of(base_url)

    async def add(request: httpx.Request) -> None:
        url = str(request.url)
        if (urlsplit(url).scheme, place_of(url)) == own:
            for name, value in way.headers:
                request.headers.setdefault(name, value)

    return add
