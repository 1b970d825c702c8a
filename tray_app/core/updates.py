"""Whether there is a newer version of this program: when to ask, what to make of the answer.

Off unless a person switches it on (setting `updateCheck`) and names an address (`updateCheckUrl`),
where a JSON object says `{"version": "1.2.3", "page": "https://..."}`; `page` may be missing.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import msgspec

from tray_app.core.conditions import Readings, Rules, blockers
from tray_app.core.phrase import join, phrase
from tray_app.core.setting_specs import Refused, check_text
from tray_app.core.url import is_loopback

EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)  # after an answer that was of no use
_NUMBERS = re.compile(r"(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?")
_NOON = time(12)  # quiet hours are for backups


class Announcement(msgspec.Struct, frozen=True):
    """What stands at the address. Raises ValueError where it is not what we can show."""

    version: str
    page: str = ""

    def __post_init__(self) -> None:
        """Take only what is short and plain: it is shown to a person."""
        numbers_of(self.version)
        if self.page and not (is_web_page(self.page) and len(self.page) <= 200):
            raise ValueError("the page is no https address")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was asked last. `at`: aware, None: never; `useful`: it was answered."""

    at: datetime | None = None
    useful: bool = True
    found: Announcement | None = None


def is_web_page(address: str) -> bool:
    """Tell whether an address is one of https, or of a server on this computer."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def check_url(raw: object) -> str:
    """Accept nothing, or an https address without a name or password in it."""
    text = check_text(raw)
    if text and not is_web_page(text):
        raise Refused(phrase("{text} is no https address", text=repr(text)))
    return text


def check_version(raw: object) -> str:
    """Accept nothing, or the number of a version."""
    text = check_text(raw)
    if text:
        try:
            numbers_of(text)
        except ValueError as exc:
            said = phrase("{text} is no number of a version", text=repr(text))
            raise Refused(said) from exc
    return text


def numbers_of(version: str) -> tuple[int, int, int]:
    """Read "1.2.3" or "1.2"; raises ValueError for anything else."""
    found = _NUMBERS.fullmatch(version)
    if not found:
        raise ValueError(f"{version[:40]!r} is no number of a version")
    major, minor, patch = found.groups(default="0")
    return int(major), int(minor), int(patch)


def due_in(checked: Checked, now: datetime) -> timedelta:
    """Return how long to wait before asking; zero or less: now. A clock set back does not wait."""
    if checked.at is None or checked.at > now:
        return timedelta()
    return checked.at + (EVERY if checked.useful else AGAIN) - now


def may_ask(readings: Readings) -> bool:
    """Tell whether network and power allow it: as for a backup whose settings nobody changed."""
    return not blockers(readings, Rules(), _NOON)


def notice(checked: Checked, current: str, muted: str) -> str:
    """Say that there is a newer version than `current`; "" where there is nothing to say."""
    found = checked.found
    if found is None or found.version == muted:
        return ""
    if numbers_of(found.version) <= numbers_of(current):
        return ""
    new = found.version
    return join(
        " ",
        [
            phrase(
                "Version {version} of Immich Tray is out; this is {current}.",
                version=new,
                current=current,
            ),
            found.page,
            phrase(
                "To hear no more of it: immich-tray settings set updateMuted {version}",
                version=new,
            ),
        ],
    )
