"""Finding the server a person means (protocol 1.1), without ever sending a credential."""

import ssl
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from tray_app.adapters.immich import errors, wire
from tray_app.adapters.immich.http import Http, make_client
from tray_app.adapters.immich.whole import whole
from tray_app.core.account import FoundServer
from tray_app.core.errors import CaptivePortal, Need, NeedsUser, TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.server import NEWEST_KNOWN_MAJOR, OLDEST_SUPPORTED, ServerVersion
from tray_app.core.url import api_url, endpoint_url, normalise, warning_for
from tray_app.core.way import Way

STEP_SECONDS = 5.0
MOST_REDIRECTS = 3
LARGEST_PAGE = 1 << 20  # bytes of what answers where a server may be
_WELL_KNOWN = "/.well-known/immich"
_PING = "/server/ping"
_PLAIN = Way()


class _Answer(NamedTuple):
    response: httpx.Response
    url: str
    left_host: bool


async def find_server(typed: str, way: Way = _PLAIN) -> FoundServer:
    """Find the API of the server behind what was typed.

    Raises NeedsUser (ADDRESS, CERTIFICATE, VERSION) or TryLater, each trouble in its own words.
    """
    *first, last = normalise(typed).sites
    for site in first:
        try:
            return await _find_at(site, way)
        except TrayError as exc:
            if not _may_be_plain_http(exc):
                raise
    try:
        return await _find_at(last, way)
    except TryLater as exc:
        if last.startswith("http:") and _was_hung_up(exc):
            raise _wants_https(urlsplit(last).hostname) from exc
        raise


def _was_hung_up(exc: TrayError) -> bool:
    """Tell whether the other side closed without a word, as to whom plain HTTP is no language."""
    return isinstance(exc.__cause__, httpx.ReadError | httpx.RemoteProtocolError)


def _wants_https(host: str | None) -> NeedsUser:
    return NeedsUser(
        phrase(
            "{host} closed the connection without an answer: it may speak only https on this port.",
            host=str(host),
        ),
        need=Need.ADDRESS,
        remedy=phrase("Use https:// in the address, or the port that has http."),
    )


def _may_be_plain_http(exc: TrayError) -> bool:
    """Fall back from https only where nothing spoke it; a bad certificate is no reason."""
    faults = list(errors.causes(exc))
    return any(isinstance(fault, httpx.TransportError) for fault in faults) and not any(
        isinstance(fault, ssl.SSLCertVerificationError) for fault in faults
    )


async def _find_at(site: str, way: Way) -> FoundServer:
    async with make_client(site, way=way) as client:
        endpoint = await _well_known(client, site)
        url = await _pinged(client, endpoint)
        return await _described(client, url)


async def _well_known(client: httpx.AsyncClient, site: str) -> str:
    """Return the endpoint the site names; its own `/api` where it names none."""
    try:
        answer = await _follow(client, site + _WELL_KNOWN)
    except TryLater as exc:
        if exc.server_wide:  # the name, the port: asking again cannot go better
            raise
        return api_url(site)
    endpoint = _endpoint_in(answer.response)
    if not answer.response.is_success or not endpoint:
        return api_url(site)
    found = endpoint_url(answer.url.removesuffix(_WELL_KNOWN), endpoint)
    if not _safe_step(answer.url, found):
        raise _refused_step(answer.url, found)
    return found


def _endpoint_in(response: httpx.Response) -> str:
    try:
        data: Any = msgspec.json.decode(response.content)
        endpoint = data["api"]["endpoint"]
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, RecursionError):
        return ""
    return endpoint if isinstance(endpoint, str) else ""


async def _pinged(client: httpx.AsyncClient, endpoint: str) -> str:
    answer = await _follow(client, endpoint + _PING)
    response, host, status = (
        answer.response,
        urlsplit(endpoint).hostname,
        answer.response.status_code,
    )
    if _is_pong(response) and answer.url.endswith(_PING):
        return answer.url.removesuffix(_PING)
    if status == 400 and "https" in response.text[:2000].lower():
        raise NeedsUser(
            phrase("{host} speaks https on this port.", host=host),
            need=Need.ADDRESS,
            remedy=phrase("Use https://."),
        )
    if status == 429 or (status >= 500 and status != 511):
        errors.raise_for_answer(response, endpoint)
    if _is_html(response) and (answer.left_host or _can_be_forged(endpoint, response)):
        plain = response.status_code == 511 or endpoint.startswith("http:")
        kind = CaptivePortal if plain else TryLater
        raise kind(
            phrase(
                "A web page answered instead of {host}: the login page of this network "
                "or of a proxy.",
                host=host,
            ),
            remedy=phrase("Open a web page to sign in to the network, or check the address."),
            status=status,
            server_wide=True,
        )
    raise NeedsUser(
        phrase("{host} answers, but it is not an Immich server.", host=host),
        need=Need.ADDRESS,
        remedy=phrase("Check the address, the port and the path."),
        status=status,
    )


def _is_pong(response: httpx.Response) -> bool:
    try:
        answer: object = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return response.is_success and answer == {"res": "pong"}


def _is_html(response: httpx.Response) -> bool:
    return "html" in response.headers.get("content-type", "")


def _can_be_forged(endpoint: str, response: httpx.Response) -> bool:
    """Tell whether the network itself may have answered; it cannot answer for https."""
    return response.status_code == 511 or (endpoint.startswith("http:") and response.is_success)


async def _described(client: httpx.AsyncClient, url: str) -> FoundServer:
    client.base_url = httpx.URL(url)
    client.timeout = httpx.Timeout(STEP_SECONDS)
    http = Http(client)
    version = (await http.get("/server/version", wire.Version)).value()
    host = urlsplit(url).hostname
    if not version.supported:
        oldest = ServerVersion(*OLDEST_SUPPORTED)
        raise NeedsUser(
            phrase(
                "{host} runs Immich {version}; this program needs {oldest} or newer.",
                host=host,
                version=version,
                oldest=oldest,
            ),
            need=Need.VERSION,
            remedy=phrase("Update the server."),
        )
    if (await http.get("/server/config", wire.Config)).maintenance_mode:
        raise TryLater(
            phrase("{host} is in maintenance.", host=host),
            remedy=phrase("Try again when it is over."),
            server_wide=True,
        )
    warnings = [warning_for(url)]
    if version.major > NEWEST_KNOWN_MAJOR:
        warnings.append(
            phrase(
                "{host} runs Immich {version}, newer than this program knows; look for an update.",
                host=host,
                version=version,
            )
        )
    return FoundServer(url, version, tuple(filter(None, warnings)))


async def _follow(client: httpx.AsyncClient, url: str) -> _Answer:
    """GET without credentials, following a few redirects that do not lose encryption."""
    start = urlsplit(url).hostname
    for _ in range(MOST_REDIRECTS + 1):
        with errors.translated(url):
            async with client.stream("GET", url, timeout=STEP_SECONDS) as answer:
                response = await whole(answer, urlsplit(url).hostname or url, LARGEST_PAGE)
        if not response.has_redirect_location:
            return _Answer(response, url, left_host=urlsplit(url).hostname != start)
        target = urljoin(url, response.headers["location"])
        if not _safe_step(url, target):
            raise _refused_step(url, target)
        url = target
    raise NeedsUser(
        phrase("{start} redirects again and again.", start=start),
        need=Need.ADDRESS,
        remedy=phrase("Use the address your browser shows in the end."),
    )


def _safe_step(before: str, after: str) -> bool:
    target = urlsplit(after)
    return target.scheme == "https" or (target.scheme == "http" == urlsplit(before).scheme)


def _refused_step(before: str, after: str) -> NeedsUser:
    return NeedsUser(
        phrase(
            "{hostname} leads from https to {after}, which is not safe.",
            hostname=urlsplit(before).hostname,
            after=after,
        ),
        need=Need.ADDRESS,
        remedy=phrase("Correct the server's settings, or type that address yourself."),
    )
