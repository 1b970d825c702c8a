"""Signing in through the browser (OAuth with PKCE): what goes out, and what may come back.

Pure: random bytes come in, addresses are judged (protocol 1.6; RFC 6749, 7636, 8252).
"""

import base64
import hashlib
import hmac
import re
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, urlsplit

import msgspec

from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.phrase import phrase

SCHEME = "app.immich:"
MOBILE = f"{SCHEME}///oauth-callback"  # registered at the provider wherever the phone app works
LOOPBACK_HOST = "127.0.0.1"  # never a name: names can be made to lead elsewhere (RFC 8252, 8.3)
LOOPBACK_PATH = "/callback"
RANDOM_BYTES = 64
LONGEST = 8192  # characters of an address that comes back

_MOST_FIELDS = 50
_LONGEST_SAID = 200
_SLASHES = re.compile(rf"^{re.escape(SCHEME)}/{{1,3}}oauth-callback(?=[?#]|$)")
_MOBILE_PAGE = "/api/oauth/mobile-redirect"  # where the server sends browsers on to `MOBILE`
_ERROR = re.compile(r"[a-z_]{1,40}")


class Attempt(msgspec.Struct, frozen=True):
    """The secrets of one try: `state` proves that an answer is ours, `verifier` that we are we."""

    state: str
    verifier: str

    @classmethod
    def of(cls, random: bytes) -> Self:
        """Make both of `RANDOM_BYTES` unguessable bytes; ValueError for fewer or more."""
        if len(random) != RANDOM_BYTES:
            raise ValueError(f"{RANDOM_BYTES} random bytes are needed")
        half = RANDOM_BYTES // 2
        return cls(_base64url(random[:half]), _base64url(random[half:]))

    @property
    def challenge(self) -> str:
        """The S256 challenge, which may be seen by anybody (RFC 7636, 4.2)."""
        return _base64url(hashlib.sha256(self.verifier.encode()).digest())

    def __repr__(self) -> str:
        """Never show the secrets."""
        return "Attempt()"


class Returned(msgspec.Struct, frozen=True):
    """The browser came back with a code: `url` is what the server wants to have, whole."""

    url: str
    code: str

    def __repr__(self) -> str:
        """Never show the code."""
        return "Returned()"


class Refused(msgspec.Struct, frozen=True):
    """The provider sent the browser back without a sign-in; `said`: its words, maybe none."""

    error: str
    said: str = ""


class Foreign(StrEnum):
    """What came is not what this attempt waits for; the value says why, to a person."""

    ADDRESS = phrase("This is not the address that the browser came back to.")
    STATE = phrase("This address belongs to another sign-in; take the one of the page opened last.")
    CODE = phrase("This address is not complete: copy all of it.")


Verdict = Returned | Refused | Foreign


def loopback(port: int) -> str:
    """Return the redirect address for a receiver on this computer."""
    return f"http://{LOOPBACK_HOST}:{port}{LOOPBACK_PATH}"


def judge(text: str, redirect: str, state: str) -> Verdict:
    """Tell what an address is to the attempt with this redirect and state, however it came.

    Blanks and line ends from copying are taken out, the slashes of `MOBILE` made three, a
    fragment left off. The state is compared before anything the address says is believed.
    """
    url = _tidied(text)
    address, _, query = url.partition("?")
    if len(url) > LONGEST or not url.isprintable() or _target(address, redirect) != redirect:
        return Foreign.ADDRESS
    try:
        fields = parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return Foreign.ADDRESS
    if not hmac.compare_digest(_only(fields, "state").encode(), state.encode()):
        return Foreign.STATE
    if "error" in fields:
        return Refused(_only(fields, "error"), _only(fields, "error_description"))
    code = _only(fields, "code")
    return Returned(f"{redirect}?{query}", code) if code else Foreign.CODE


def refusal(refused: Refused, host: str) -> TrayError:
    """Say in words why the provider of `host` did not sign the person in."""
    error = refused.error if _ERROR.fullmatch(refused.error) else phrase("an unknown error")
    said = " ".join(refused.said.split())[:_LONGEST_SAID]
    what = phrase("{error}: “{said}”", error=error, said=said) if said else error
    if error in ("temporarily_unavailable", "server_error"):
        return TryLater(
            phrase("The sign-in provider of {host} is in trouble ({what}).", host=host, what=what)
        )
    if error == "access_denied":
        return NeedsUser(
            phrase(
                "The sign-in at {host} was cancelled, or its provider does not let you "
                "in ({what}).",
                host=host,
                what=what,
            ),
            need=Need.SIGN_IN,
            remedy=phrase("Try again, or ask the server's administrator."),
        )
    return NeedsUser(
        phrase("The sign-in provider of {host} refused ({what}).", host=host, what=what),
        need=Need.SIGN_IN,
        remedy=phrase(
            "Try again; if it stays, the server's administrator has to look at its OAuth settings."
        ),
    )


def is_web_page(address: str) -> bool:
    """Tell whether a browser may be started with it: a server's answer must not start a program.

    Only http and https with a host, without anything a shell, a terminal or a log may trip over.
    """
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _tidied(text: str) -> str:
    return _SLASHES.sub(MOBILE, "".join(text.split())).partition("#")[0]


def _target(address: str, redirect: str) -> str:
    """Take the server's page on the way to `MOBILE` for where it leads."""
    web = address.startswith(("https://", "http://"))
    passing = redirect == MOBILE and web and address.endswith(_MOBILE_PAGE)
    return redirect if passing else address


def _only(fields: dict[str, list[str]], name: str) -> str:
    """Return a field that is there once; what is there twice cannot be trusted (RFC 6749, 3.1)."""
    values = fields.get(name, [])
    return values[0] if len(values) == 1 else ""


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
