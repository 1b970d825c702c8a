"""Certificates that a person trusts by their fingerprint (SHA-256), one line of text each."""

import re
from urllib.parse import urlsplit

_LINE = re.compile(r"(\S+:\d{1,5})\s+(\S.*)")
_HEX = re.compile(r"[0-9a-f]{64}")
_PORTS = {"http": 80, "https": 443}


def place_of(url: str) -> str:
    """Return "host:port" of a URL, as pins name it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{f'[{host}]' if ':' in host else host}:{parts.port or _PORTS.get(parts.scheme, 0)}"


def spelled(fingerprint: str) -> str:
    """Write a fingerprint as browsers do: AB:CD:..."""
    return ":".join(re.findall("..", fingerprint.upper()))


def same_spelling(fingerprint: str) -> str:
    """Reduce what a person typed or copied to 64 lower-case hex digits; raises ValueError."""
    text = re.sub(r"(?i)^sha-?256(?: fingerprint)?[=:\s]*", "", fingerprint.strip())
    digits = re.sub(r"[:\s]", "", text).lower()
    if not _HEX.fullmatch(digits):
        raise ValueError(fingerprint)
    return digits


def pin_line(place: str, fingerprint: str) -> str:
    """Write a pin as it stands in the settings."""
    return f"{place} {spelled(fingerprint)}"


def read_pin(line: str) -> tuple[str, str]:
    """Read a pin into place and 64 hex digits, with or without colons; raises ValueError."""
    found = _LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(line)
    return found[1].lower(), same_spelling(found[2])


def with_pin(lines: tuple[str, ...], place: str, fingerprint: str) -> tuple[str, ...]:
    """Trust this certificate at this place, in the stead of any other."""
    kept = [line for line in lines if read_pin(line)[0] != place.lower()]
    return (*kept, pin_line(place, fingerprint))
