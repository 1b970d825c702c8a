"""Looking at the certificate of a server without sending it anything."""

import ssl
from urllib.parse import urlsplit

import httpx

from tray_app.adapters.immich import errors
from tray_app.adapters.immich.http import CONNECT_SECONDS
from tray_app.adapters.immich.routing import proxy_for
from tray_app.adapters.immich.tls import WrongPinError, revealing_context
from tray_app.core.account import ShownCertificate
from tray_app.core.pins import place_of
from tray_app.core.url import normalise
from tray_app.core.way import Way


async def shown_certificate(typed: str, way: Way) -> ShownCertificate | None:
    """Return what the https server behind an address shows; None where nothing speaks https.

    Raises TryLater when nobody can be reached, NeedsUser(ADDRESS).
    """
    url = normalise(typed).sites[0]
    if urlsplit(url).scheme != "https":
        return None
    async with httpx.AsyncClient(
        verify=revealing_context(),
        proxy=proxy_for(url, way),
        trust_env=False,
        timeout=CONNECT_SECONDS,
    ) as client:
        try:
            with errors.translated(url):
                await client.head(url)  # never sent: the handshake refuses every certificate
        except Exception as exc:
            for cause in errors.causes(exc):
                if isinstance(cause, WrongPinError):
                    return ShownCertificate(place_of(url), cause.shown)
            if any(isinstance(cause, ssl.SSLError) for cause in errors.causes(exc)):
                return None
            raise
    return None
