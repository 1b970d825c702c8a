"""What the settings of the connection may be (design section 3: two addresses, identity)."""

import re
from urllib.parse import urlsplit

from tray_app.core.errors import NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.pins import pin_line, read_pin
from tray_app.core.setting_specs import Refused, check_text, is_absolute
from tray_app.core.url import normalise

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# What HTTP itself and our own requests say; another value would break them.
_OURS = frozenset(
    [
        "accept",
        "connection",
        "content-length",
        "content-type",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-api-key",
        "x-immich-checksum",
    ]
)


def check_address(raw: object) -> str:
    """Accept nothing or the address of a server; the error says what is wrong with it."""
    text = check_text(raw)
    try:
        if text:
            normalise(text)
    except NeedsUser as exc:
        raise Refused(exc.reason.rstrip(".")) from exc
    return text


def check_proxy(raw: object) -> str:
    """Accept nothing, "none" or http://[user@]host[:port]; a password belongs into the keychain."""
    text = check_text(raw)
    if text in ("", "none"):
        return text
    try:
        parts = urlsplit(text)
        usable = parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or text.count(" ") or parts.path.strip("/") or parts.query:
        raise ValueError
    if parts.password is not None:
        raise Refused(phrase("a password does not belong here but into the keychain"))
    return text.rstrip("/")


def check_file(raw: object) -> str:
    """Accept nothing or an absolute path; whether the file is there is seen when it is used."""
    text = check_text(raw)
    if text and not is_absolute(text):
        raise Refused(phrase("it is not an absolute path"))
    return text


def check_headers(raw: object) -> tuple[str, ...]:
    """Accept names of HTTP headers, each once, that do not stand for something of ours."""
    if not isinstance(raw, (list, tuple)):
        raise ValueError  # noqa: TRY004  a wrong type is a wrong value to the person
    seen: set[str] = set()
    for name in raw:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise Refused(phrase("{name} is not the name of a header", name=repr(name)))
        if name.lower() in _OURS or name.lower().startswith("sec-websocket"):
            raise Refused(phrase("{name} is set by the program itself", name=name))
        if name.lower() in seen:
            raise Refused(phrase("{name} is listed twice", name=name))
        seen.add(name.lower())
    return tuple(raw)


def check_pins(raw: object) -> tuple[str, ...]:
    """Accept "host:port FINGERPRINT", one for each place; returned in one spelling."""
    if not isinstance(raw, (list, tuple)):
        raise ValueError  # noqa: TRY004  a wrong type is a wrong value to the person
    pins: dict[str, str] = {}
    for line in raw:
        try:
            place, fingerprint = read_pin(line)
        except (ValueError, TypeError, AttributeError) as exc:
            raise Refused(
                phrase("{line} is not host:port and a SHA-256 fingerprint", line=repr(line))
            ) from exc
        if place in pins:
            raise Refused(phrase("{place} is listed twice", place=place))
        pins[place] = fingerprint
    return tuple(pin_line(place, fingerprint) for place, fingerprint in pins.items())
