"""What a person types as the address of a server, made into sites to try (protocol 1.1)."""

import ipaddress
import re
import unicodedata
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*)://")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_PAGES = ("/auth/login", "/photos", "/api")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOCAL_ENDINGS = (".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost")
_CARRIER_NAT = ipaddress.ip_network("100.64.0.0/10")  # used by overlay networks such as Tailscale


class Typed(NamedTuple):
    """Sites to try in this order: `scheme://host[:port][/path]`, no trailing slash, no `/api`."""

    sites: tuple[str, ...]


def normalise(typed: str) -> Typed:
    """Understand an address; raises NeedsUser(ADDRESS) saying what is wrong with it.

    Without a scheme https comes first, and http only for a host of one's own network.
    """
    text = "".join(typed.split()) if typed.isascii() else "".join(typed.strip().split())
    if not text:
        raise _unusable(typed, phrase("it is empty"))
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if scheme not in ("", "http", "https"):
        raise _unusable(
            typed, phrase("{scheme}:// is not supported, only https:// and http://", scheme=scheme)
        )
    rest = _with_brackets(text[found.end() :] if found else text)
    try:
        parts = urlsplit(f"//{rest}")
        port = parts.port
    except ValueError as exc:
        raise _unusable(typed, phrase("the port or the brackets are wrong")) from exc
    if "@" in parts.netloc:
        raise _unusable(
            "", phrase("a user name or password does not belong into it; they are asked for later")
        )
    host = _host(typed, parts)
    schemes = (scheme,) if scheme else ("https", "http") if is_local(host) else ("https",)
    return Typed(tuple(_site(one, host, port, _path(parts.path)) for one in schemes))


def is_local(host: str) -> bool:
    """Tell whether a host name or address can only be in one's own network."""
    host = host.strip("[]").lower()
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)
    private = address.is_private or address.is_loopback or address.is_link_local
    return private or address in _CARRIER_NAT


def is_loopback(host: str) -> bool:
    """Tell whether a host is this very computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def warning_for(url: str) -> str:
    """Warn of a password in the clear across the internet; empty where there is no danger."""
    parts = urlsplit(url)
    if parts.scheme == "https" or is_local(parts.hostname or ""):
        return ""
    return phrase(
        "The connection to {hostname} is not encrypted: others on the way can "
        "read your photos and your sign-in. Use https:// if the server has it.",
        hostname=parts.hostname,
    )


def api_url(endpoint: str) -> str:
    """Return the API base of a site or endpoint: exactly one `/api` at the end."""
    trimmed = endpoint.rstrip("/")
    return trimmed if trimmed.endswith("/api") else f"{trimmed}/api"


def endpoint_url(site: str, endpoint: str) -> str:
    """Resolve the endpoint of `.well-known/immich` against its site (protocol 1.1)."""
    if endpoint.startswith("/"):
        return api_url(site + endpoint)
    return api_url(normalise(endpoint).sites[0])


def _with_brackets(rest: str) -> str:
    host, slash, path = rest.partition("/")
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return rest
    return f"[{host}]{slash}{path}"


def _host(typed: str, parts: SplitResult) -> str:
    name = unicodedata.normalize("NFKC", parts.hostname or "").lower().rstrip(".")
    if "[" in parts.netloc:
        try:
            return f"[{ipaddress.IPv6Address(name)}]"
        except ValueError as exc:
            raise _unusable(typed, phrase("the IPv6 address in brackets is wrong")) from exc
    labels = [_ascii(label) for label in name.split(".")]
    host = ".".join(labels)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _unusable(typed, phrase("the host name is wrong"))
    return host


def _ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    for page in _PAGES:
        path = path.removesuffix(page).rstrip("/")
    return path


def _site(scheme: str, host: str, port: int | None, path: str) -> str:
    shown = "" if port in (None, _DEFAULT_PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host}{shown}{path}"


def _unusable(typed: str, why: str) -> NeedsUser:
    named = repr(typed.strip()) if typed.strip() else ""
    unnamed = phrase("The address cannot be used: {why}.", why=why)
    return NeedsUser(
        phrase("The address {named} cannot be used: {why}.", named=named, why=why)
        if named
        else unnamed,
        need=Need.ADDRESS,
        remedy=phrase("Type it like https://photos.example.org or 192.168.1.5:2283."),
    )
