"""Turns what httpx raises and what a server answers into errors by next action.

Each kind of trouble has its own words (issue 2, point 4); the cause is kept.
"""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from tray_app.adapters.immich.dates import http_date
from tray_app.adapters.immich.tls import WrongPinError
from tray_app.core.asset import shown
from tray_app.core.errors import AssetRejected, CaptivePortal, Need, NeedsUser, TooLarge, TryLater
from tray_app.core.phrase import filled, phrase, plural
from tray_app.core.pins import spelled
from tray_app.core.server import QUOTA_MESSAGE

T = TypeVar("T")

_PERMISSION = re.compile(r"Missing required permission: ([\w.]+)")
_LONGEST_WAIT = 3600.0

_SERVER_FAILS = phrase("It is tried again later; if it goes on, the server's log says why.")
_TRUST = phrase(
    "Compare its fingerprint and trust it: immich-tray login URL; or name its authority in the"
    " settings."
)
_OTHER_CERTIFICATE = (
    phrase("the certificate is not valid"),
    phrase("Correct the server's certificate."),
)
_CERTIFICATE_WORDS = {  # by OpenSSL's verification codes
    9: (
        phrase("the certificate is not valid yet"),
        phrase("Check the clocks of this computer and of the server."),
    ),
    10: (
        phrase("the certificate has expired"),
        phrase("Renew the server's certificate; check the clock here."),
    ),
    18: (phrase("the certificate is self-signed, signed by nobody this computer trusts"), _TRUST),
    19: (
        phrase("the certificate is signed by an authority that this computer does not trust"),
        _TRUST,
    ),
    20: (
        phrase("the certificate is signed by an authority that this computer does not trust"),
        _TRUST,
    ),
    62: (
        phrase("the certificate is for another name than {host}"),
        phrase("Use the name in the certificate."),
    ),
    64: (
        phrase("the certificate is for another name than {host}"),
        phrase("Use the name in the certificate."),
    ),
}


class _Problem(msgspec.Struct):
    """The only field of an error body that both generations share (protocol section 11).

    Where validation failed, 2.x lists phrases in `message`, 3.x lists problems in `errors`.
    """

    message: str | list[str] = ""
    errors: msgspec.Raw = msgspec.Raw(b"[]")


class _Issue(msgspec.Struct):
    """What is wrong with one value of a request (3.x)."""

    message: str
    path: list[str | int] = []


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Map transport faults of httpx to our errors."""
    host = urlsplit(address).hostname or address
    try:
        yield
    except httpx.ConnectError as exc:
        raise connect_error(exc, host, port_of(address)) from exc
    except httpx.TimeoutException as exc:
        raise TryLater(phrase("{host} did not answer in time.", host=host)) from exc
    except httpx.ProxyError as exc:
        raise TryLater(
            phrase("The proxy on the way to {host} refused: {error}.", host=host, error=exc),
            remedy=phrase("Check the setting proxy, and the proxy of the system."),
        ) from exc
    except (httpx.RequestError, ssl.SSLError) as exc:  # alerts of TLS 1.3 come through as they are
        if refused := _client_certificate_refused(exc, host):
            raise refused from exc
        raise TryLater(
            phrase("The connection to {host} broke ({kind}).", host=host, kind=type(exc).__name__)
        ) from exc
    except (httpx.InvalidURL, UnicodeError) as exc:
        raise NeedsUser(
            phrase("{address} is not a usable address.", address=repr(address)),
            need=Need.ADDRESS,
            remedy=phrase("Check it."),
        ) from exc


def port_of(address: str) -> int:
    """Return the port an address means, also where it does not say one."""
    parts = urlsplit(address)
    return parts.port or (443 if parts.scheme == "https" else 80)


def connect_error(exc: Exception, host: str, port: int) -> TryLater | NeedsUser:
    """Say why no connection came about, from what a library raised and its causes."""
    found = list(causes(exc))
    text = " ".join(str(cause) for cause in found)
    if refused := _client_certificate_refused(exc, host):
        return refused
    for cause in found:
        if isinstance(cause, ssl.SSLError):
            return _tls_error(cause, host)
    named = ("Name or service not known", "getaddrinfo")
    if any(isinstance(it, socket.gaierror) for it in found) or any(it in text for it in named):
        return TryLater(
            phrase("The name {host} could not be found.", host=host),
            remedy=phrase("Check the address for typing errors and your network connection."),
            server_wide=True,
        )
    if "CERTIFICATE_VERIFY_FAILED" in text or "WRONG_VERSION_NUMBER" in text:
        return _tls_error(ssl.SSLError(text), host)
    if any(isinstance(cause, ConnectionRefusedError) for cause in found) or "refused" in text:
        return TryLater(
            phrase(
                "{host} refused the connection on port {port}: no server listens there.",
                host=host,
                port=port,
            ),
            remedy=phrase("Check the port and that the Immich server is running."),
            server_wide=True,
        )
    return TryLater(
        phrase("{host} could not be reached.", host=host),
        remedy=phrase("Check your network connection."),
        server_wide=True,
    )


def _client_certificate_refused(exc: BaseException, host: str) -> NeedsUser | None:
    """Tell what the other side says about our own certificate, in an alert at any time."""
    faults = [str(cause).upper() for cause in causes(exc) if isinstance(cause, ssl.SSLError)]
    alerts = [text for text in faults if "ALERT" in text]
    if any("CERTIFICATE" in text for text in alerts):
        return _client_certificate(host)
    if any("HANDSHAKE_FAILURE" in text for text in alerts):  # all that TLS 1.2 says
        return _client_certificate(host, sure=False)
    return None


def _client_certificate(host: str, *, sure: bool = True) -> NeedsUser:
    known = phrase(
        "{host} lets in only computers with a client certificate that it knows.", host=host
    )
    guessed = phrase(
        "{host} probably lets in only computers with a client certificate that it knows.", host=host
    )
    return NeedsUser(
        known if sure else guessed,
        need=Need.CERTIFICATE,
        remedy=phrase("Choose it in the settings: clientCertificateFile."),
    )


def _tls_error(exc: ssl.SSLError, host: str) -> NeedsUser:
    if isinstance(exc, WrongPinError):
        return NeedsUser(
            phrase(
                "{host} shows another certificate than the one you trusted. It has the "
                "fingerprint {fingerprint}. Nothing is sent.",
                host=host,
                fingerprint=spelled(exc.shown),
            ),
            need=Need.IDENTITY,
            remedy=phrase(
                "If it was renewed and the fingerprint is right, sign in again and trust it."
            ),
        )
    if "WRONG_VERSION_NUMBER" in str(exc) or "record layer" in str(exc).lower():
        return NeedsUser(
            phrase("{host} does not speak https on this port.", host=host),
            need=Need.CERTIFICATE,
            remedy=phrase("Use http:// in the address, or the port that has https."),
        )
    why, remedy = _CERTIFICATE_WORDS.get(getattr(exc, "verify_code", 0), _OTHER_CERTIFICATE)
    return NeedsUser(
        phrase(
            "The secure connection to {host} failed: {why}.", host=host, why=filled(why, host=host)
        ),
        need=Need.CERTIFICATE,
        remedy=remedy,
    )


def causes(exc: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that led to it."""
    while exc is not None:
        yield exc
        if isinstance(exc, BaseExceptionGroup):
            for inner in exc.exceptions:
                yield from causes(inner)
        exc = exc.__cause__ or exc.__context__


def raise_for_answer(response: httpx.Response, address: str, *, uses_key: bool = False) -> None:
    """Raise what a status other than 2xx means; 2xx passes.

    `uses_key`: we are signed in with an API key, whose permissions a person can change.
    """
    if response.is_success:
        return
    status, message = response.status_code, message_of(response)
    host = urlsplit(address).hostname or address
    if _is_portal(response, address):
        raise _portal(response, host)
    if response.is_redirect:
        raise NeedsUser(
            phrase("{host} redirects to {place}.", host=host, place=_origin(response)),
            need=Need.ADDRESS,
            remedy=phrase("Sign in again with the address it redirects to."),
            status=status,
        )
    if status in (400, 403, 495, 496) and b"SSL certificate" in response.content[:2000]:
        raise _client_certificate(host)
    if status in (401, 403):
        _raise_refused(status, message, host, uses_key=uses_key)
    if status == 400 and message == QUOTA_MESSAGE:
        raise NeedsUser(
            phrase("Your storage quota on the server is used up."),
            need=Need.QUOTA,
            remedy=phrase("Free space on the server or ask its administrator for more."),
            status=status,
        )
    if status == 413:
        raise TooLarge(
            phrase("A proxy before the server refuses files of this size (413)."),
            remedy=phrase("Raise its body size limit, or use an address without the proxy."),
            status=status,
        )
    if status in (408, 425, 429) or status >= 500:
        raise TryLater(
            phrase(
                "{host} answered {status}{answer}.",
                host=host,
                status=status,
                answer=_quoted(message),
            ),
            remedy=_SERVER_FAILS if status >= 500 else "",
            status=status,
            after=retry_after(response),
            server_wide=status in (429, 503),
        )
    if status == 404:
        raise TryLater(
            phrase("{host} answered 404: Immich is not answering there now.", host=host),
            status=status,
        )
    raise AssetRejected(
        phrase("The server answered {status}{answer}.", status=status, answer=_quoted(message)),
        status=status,
    )


def _raise_refused(status: int, message: str, host: str, *, uses_key: bool) -> NoReturn:
    missing = _PERMISSION.search(message)
    if missing and uses_key:
        raise NeedsUser(
            plural(
                "The API key lacks the permission {names}.",
                "The API key lacks the permissions {names}.",
                n=1,
                names=missing[1],
            ),
            need=Need.PERMISSION,
            remedy=phrase("Add it to the key in Immich under Account Settings, API Keys."),
            status=status,
        )
    if status == 401:
        raise NeedsUser(
            phrase(
                "{host} no longer accepts our sign-in{answer}.", host=host, answer=_quoted(message)
            ),
            need=Need.SIGN_IN,
            remedy=phrase("Sign in again."),
            status=status,
        )
    raise NeedsUser(
        phrase("{host} refuses access{answer}.", host=host, answer=_quoted(message)),
        need=Need.PERMISSION,
        remedy=phrase("Check the rights of this account, and a proxy's login before the server."),
        status=status,
    )


def message_of(response: httpx.Response) -> str:
    """Return the server's own words, made visible; empty where the body is not its JSON."""
    try:
        problem = msgspec.json.decode(response.content, type=_Problem)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    phrases = [problem.message] if isinstance(problem.message, str) else problem.message
    return shown("; ".join([*phrases, *_issues(problem.errors)])[:300])


def _issues(listed: msgspec.Raw) -> list[str]:
    """Return the problems that 3.x lists, or nothing where they are none."""
    try:
        issues = msgspec.json.decode(listed, type=list[_Issue])
    except (msgspec.DecodeError, RecursionError):
        return []
    return [f"{'.'.join(map(str, issue.path))}: {issue.message}" for issue in issues]


def decoded(response: httpx.Response, kind: type[T], address: str) -> T:
    """Decode a 2xx answer; HTML or foreign JSON means that something else answered."""
    host = urlsplit(address).hostname or address
    if kind is type(None):
        return None
    if "json" not in response.headers.get("content-type", ""):
        if _can_be_forged(address) and "html" in response.headers.get("content-type", ""):
            raise _portal(response, host)
        raise TryLater(
            phrase(
                "Something other than Immich answered for {host}: a login page of this network?",
                host=host,
            ),
            remedy=phrase("Open a web page to sign in to the network, or check the address."),
            status=response.status_code,
            server_wide=True,
        )
    try:
        return msgspec.json.decode(response.content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise TryLater(
            phrase("{host} gave an answer that Immich does not give.", host=host),
            status=response.status_code,
        ) from exc


def _is_portal(response: httpx.Response, address: str) -> bool:
    """Tell whether the network itself answered with the way to its login page.

    It cannot answer for https. A server that moved redirects for good (301, 308).
    """
    if response.status_code == 511:  # Network Authentication Required (RFC 6585)
        return True
    target = urlsplit(str(response.headers.get("location", ""))).hostname
    elsewhere = target not in (None, urlsplit(address).hostname)
    return response.status_code in (302, 303, 307) and elsewhere and _can_be_forged(address)


def _can_be_forged(address: str) -> bool:
    return urlsplit(address).scheme == "http"


def _portal(response: httpx.Response, host: str) -> CaptivePortal:
    reason = phrase(
        "Something other than Immich answered for {host}: the login page of this network"
        " (captive portal).",
        host=host,
    )
    if response.is_redirect:
        reason = phrase(
            "Something other than Immich answered for {host}: the login page at {place} of this"
            " network (captive portal).",
            host=host,
            place=_origin(response),
        )
    return CaptivePortal(
        reason,
        remedy=phrase("Open a web page to log in to the network, or check the address."),
        status=response.status_code,
        server_wide=True,
    )


def retry_after(response: httpx.Response) -> float | None:
    """Read `Retry-After` in either form, as seconds between 0 and one hour."""
    value = response.headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        seconds = float(value)
    else:
        if (moment := http_date(value)) is None:
            return None
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _quoted(message: str) -> str:
    return f" “{message}”" if message else ""


def _origin(response: httpx.Response) -> str:
    target = urlsplit(str(response.headers.get("location", "")))
    return shown(f"{target.scheme}://{target.netloc}") if target.netloc else phrase("another page")
