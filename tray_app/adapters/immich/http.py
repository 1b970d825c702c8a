"""The one way to a server: a client, typed answers, and errors by next action.

Redirects are never followed with credentials: a redirected upload would be lost or leaked.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TypeVar

import httpx
import msgspec
import truststore

from tray_app import __version__
from tray_app.adapters.immich import errors
from tray_app.adapters.immich.whole import whole
from tray_app.core.errors import TryLater
from tray_app.core.server import SignIn

T = TypeVar("T")

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 60.0
WHOLE_SECONDS = 300.0
USER_AGENT = f"ImmichTray/{__version__}"
_ALWAYS = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}


def tls_context() -> ssl.SSLContext:
    """Trust what the operating system trusts."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _timeout(answer_seconds: float) -> httpx.Timeout:
    return httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS, read=answer_seconds, pool=None)


def make_client(base_url: str, headers: Mapping[str, str] | None = None) -> httpx.AsyncClient:
    """Build the client every request goes through; `base_url` ends in `/api`.

    Idle connections are dropped after 4 s: the server closes its own after 5 (protocol 0.2).
    """
    return httpx.AsyncClient(
        base_url=base_url,
        headers={**_ALWAYS, **(headers or {})},
        timeout=_timeout(ANSWER_SECONDS),
        limits=httpx.Limits(max_connections=32, keepalive_expiry=4.0),
        follow_redirects=False,
        verify=tls_context(),
        trust_env=True,
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
            raise TryLater(f"{host} takes too long over an answer.") from exc

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
    async with make_client(sign_in.url, credentials(sign_in)) as client:
        yield Http(client)
