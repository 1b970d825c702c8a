"""How this computer gets to its server, besides the address and the sign-in (design section 3)."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import msgspec

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.pins import place_of, read_pin
from tray_app.core.settings import Settings
from tray_app.core.url import api_url, normalise

NO_PROXY = "none"
PROXY_SECRET = "proxy"  # noqa: S105  the name of a keychain entry
KEY_SECRET = "clientKey"  # noqa: S105  likewise

Secret = Callable[[str], str | None]


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """The connection options, secrets included.

    `proxy`: "" the system's, "none", or a URL. `near`: API bases of the same server in one's own
    network, in the order to try. `authority`, `certificate`, `key`: paths of PEM files, "" none.
    `headers` go to the server's own origin only. `pins`: the one certificate that counts at a
    place ("host:port"), by its SHA-256 in 64 hex digits.
    """

    proxy: str = ""
    near: tuple[str, ...] = ()
    authority: str = ""
    certificate: str = ""
    key: str = ""
    key_password: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    pins: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        """Never show a secret."""
        names = ", ".join(name for name, _ in self.headers)
        return f"Way(near={self.near!r}, headers=[{names}], pins={len(self.pins)})"

    def pin_for(self, url: str) -> str | None:
        """Return the fingerprint that must be met at this address, None where none is set."""
        return dict(self.pins).get(place_of(url)) if url.startswith("https:") else None

    def is_near(self, url: str) -> bool:
        """Tell whether this is an address in one's own network, which needs no proxy."""
        return place_of(url) in {place_of(near) for near in self.near}


def header_secret(name: str) -> str:
    """Name the keychain entry of an extra header's value."""
    return f"header:{name.lower()}"


def secret_names(settings: Settings) -> tuple[str, ...]:
    """Name the keychain entries that these settings can use."""
    proxy = (PROXY_SECRET,) if urlsplit(settings.proxy).username else ()
    key = (KEY_SECRET,) if settings.client_certificate_file else ()
    return (*proxy, *key, *map(header_secret, settings.extra_headers))


def forgettable(settings: Settings) -> tuple[str, ...]:
    """Name every keychain entry of the connection that can be there, used now or not."""
    return tuple(dict.fromkeys((PROXY_SECRET, KEY_SECRET, *secret_names(settings))))


def way_of(settings: Settings, secret: Secret) -> Way:
    """Build the way; `secret` looks into the keychain and is asked for what is needed only.

    Raises NeedsUser naming a secret that is missing.
    """
    lan = settings.lan_url
    return Way(
        proxy=_with_password(settings.proxy, secret),
        near=tuple(map(api_url, normalise(lan).sites)) if lan else (),
        authority=settings.authority_file,
        certificate=settings.client_certificate_file,
        key=settings.client_key_file,
        key_password=(secret(KEY_SECRET) or "") if settings.client_certificate_file else "",
        headers=tuple((name, _header(name, secret)) for name in settings.extra_headers),
        pins=tuple(map(read_pin, settings.trusted_certificates)),
    )


def _with_password(proxy: str, secret: Secret) -> str:
    """Put the password of the keychain into a proxy's URL that names a user."""
    parts = urlsplit(proxy)
    if not parts.username:
        return proxy
    password = secret(PROXY_SECRET)
    if password is None:
        raise _no_secret(phrase("the password of the proxy"), PROXY_SECRET)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{parts.username}:{quote(password, safe='')}@{place}"


def _header(name: str, secret: Secret) -> str:
    value = secret(header_secret(name))
    if value is None:
        raise _no_secret(phrase("the value of the header {name}", name=name), header_secret(name))
    return value


def _no_secret(what: str, name: str) -> NeedsUser:
    return NeedsUser(
        phrase("The keychain does not have {what}.", what=what),
        need=Need.SETTINGS,
        remedy=phrase("Type it in the settings, or: immich-tray settings secret {name}", name=name),
    )
