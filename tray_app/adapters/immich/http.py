"""The one way to a server: a client, typed answers, and errors by next action.

Redirects are never followed with credentials: a redirected upload would be lost or leaked.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TypeVar

import httpx
import msgspec

from tray_app import __version__
from tray_app.adapters.immich import errors, wire
from tray_app.adapters.immich.routing import extra_headers, proxy_for
from tray_app.adapters.immich.tls import tls_context
from tray_app.adapters.immich.whole import whole
from tray_app.core.errors import TrayError, TryLater
from tray_app.core.phrase import phrase
from tray_app.core.server import SignIn
from tray_app.core.way import Way

log = logging.getLogger(__name__)
T = TypeVar("T")

CONNECT_SECONDS = 10.0
NEAR_SECONDS = 2.0
"""How long an address in one's own network may take; away from home nothing answers there."""

ANSWER_SECONDS = 60.0
WHOLE_SECONDS = 300.0
USER_AGENT = f"ImmichTray/{__version__}"
_PLAIN = Way()
_ALWAYS = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}


def _timeout(answer_seconds: float) -> httpx.Timeout:
    return httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS, read=answer_seconds, pool=None)


def make_client(
    base_url: str, headers: Mapping[str, str] | None = None, way: Way = _PLAIN
) -> httpx.AsyncClient:
    """Build the client every request goes through; `base_url` ends in `/api`.

    Idle connections are dropped after 4 s: the server closes its own after 5 (protocol 0.2).
    Raises NeedsUser when a certificate's file or the proxy is of no use.
    """
    with errors.translated(base_url):
        return httpx.AsyncClient(
            base_url=base_url,
            headers={**_ALWAYS, **(headers or {})},
            timeout=_timeout(ANSWER_SECONDS),
            limits=httpx.Limits(max_connections=32, keepalive_expiry=4.0),
            follow_redirects=False,
            verify=tls_context(way, base_url),
            proxy=proxy_for(base_url, way),
            trust_env=False,
            event_hooks={"request": [extra_headers(base_url, way)]},
        )


def credentials(sign_in: SignIn) -> dict[str, str]:
    """Return the header for exactly one kind of credential (protocol 1.2)."""
    if sign_in.api_key:
        return {"x-api-key": sign_in.api_key}
    if sign_in.access_token:
        return {"Authorization": f"Bearer {sign_in.access_token}"}
    return {}


class Http:
    """Sends requests and gives typed answers; raises only errors of `core.errors`."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._uses_key = "x-api-key" in client.headers
        self.address = str(client.base_url).rstrip("/")
        """The API base URL without its trailing slash."""
        self._url = lru_cache(64)(self._parsed)

    def _parsed(self, path: str) -> httpx.URL:
        return httpx.URL(self.address + path)

    async def get(self, path: str, kind: type[T], **params: str) -> T:
        """GET `path` and decode the answer as `kind`."""
        return await self.send("GET", path, kind, params=params)

    async def send(
        self,
        method: str,
        path: str,
        kind: type[T],
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
        content: AsyncIterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> T:
        """Send JSON (`body`) or a stream (`content`) and decode the answer as `kind`.

        Raises TryLater also for an answer that is too large (`whole.LARGEST`) or too slow.
        `answer_seconds`: how long the server may think after the last byte was sent.
        """
        sending = dict(headers or {})
        raw: bytes | AsyncIterator[bytes] | None = content
        if body is not None:
            raw = msgspec.json.encode(body)
            sending["Content-Type"] = "application/json"
        with errors.translated(self.address):
            async with self._client.stream(
                method,
                self._url(path),
                params=params,
                content=raw,
                headers=sending,
                timeout=_timeout(answer_seconds),
            ) as answer:
                response = await whole(answer, answer.url.host)
        errors.raise_for_answer(response, self.address, uses_key=self._uses_key)
        return errors.decoded(response, kind, self.address)

    async def get_bytes(self, path: str, *, most: int, **params: str) -> bytes:
        """GET what is no JSON; raises TryLater for more than `most` bytes."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        query = f"?{httpx.QueryParams(params)}" if params else ""
        answer = await self.bounded("GET", f"{path}{query}", headers=headers, longest=most)
        return answer.content

    async def bounded(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        longest: int,
    ) -> httpx.Response:
        """Return a 2xx or 304 answer of at most `longest` bytes, unpacked; else raise TryLater.

        `path` may have a query. What the server says takes no longer than `WHOLE_SECONDS`.
        """
        sending = dict(headers or {})
        content = None if body is None else msgspec.json.encode(body)
        if content is not None:
            sending["Content-Type"] = "application/json"
        host = self._url(path).host
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                with errors.translated(self.address):
                    async with self._client.stream(
                        method, self._url(path), content=content, headers=sending
                    ) as response:
                        return await self._read(response, host, longest)
        except TimeoutError as exc:
            raise TryLater(phrase("{host} takes too long over an answer.", host=host)) from exc

    async def _read(self, response: httpx.Response, host: str, longest: int) -> httpx.Response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return httpx.Response(response.status_code, headers=response.headers)
        answer = await whole(response, host, longest)
        errors.raise_for_answer(answer, self.address, uses_key=self._uses_key)
        return answer

    @asynccontextmanager
    async def streamed(
        self, path: str, body: object, headers: Mapping[str, str], answer_seconds: float
    ) -> AsyncIterator[httpx.Response]:
        """POST JSON and give a 2xx answer whose body is still to be read, as it comes.

        `answer_seconds`: how long the server may be silent between two pieces.
        """
        with errors.translated(self.address):
            async with self._client.stream(
                "POST",
                self._url(path),
                content=msgspec.json.encode(body),
                headers={"Content-Type": "application/json", **headers},
                timeout=_timeout(answer_seconds),
            ) as response:
                if not response.is_success:
                    refused = await whole(response, response.url.host)
                    errors.raise_for_answer(refused, self.address, uses_key=self._uses_key)
                yield response


@asynccontextmanager
async def connected(sign_in: SignIn) -> AsyncIterator[Http]:
    """Open a client with these credentials and close it afterwards."""
    url = await nearest(sign_in)
    async with make_client(url, credentials(sign_in), sign_in.way) as client:
        yield Http(client)


async def nearest(sign_in: SignIn) -> str:
    """Return the first of the server's addresses that answers as the same user, nearest first."""
    for url in sign_in.way.near if sign_in.user_id else ():
        try:
            async with asyncio.timeout(NEAR_SECONDS):
                found = await _user_at(url, sign_in)
        except (TrayError, TimeoutError) as exc:
            log.debug("%s is not used: %s", url, exc or "no answer in time")
            continue
        if found == sign_in.user_id:
            return url
        log.warning("%s is not used: another account answers there.", url)
    return sign_in.url


async def _user_at(url: str, sign_in: SignIn) -> str:
    """Ask who we are; the credential is sent only where something speaks as Immich does."""
    async with make_client(url, way=sign_in.way) as client:
        await Http(client).get("/server/version", wire.Version)
        client.headers.update(credentials(sign_in))
        return (await Http(client).get("/users/me", wire.User)).value().user_id
