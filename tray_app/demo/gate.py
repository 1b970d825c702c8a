"""The outermost layer: correlation id, request log, and the faults of the connection and proxy."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tray_app.demo.answers import AnswerNow, ClientGone, answer_then_drain, json_answer, page
from tray_app.demo.errors import UNFORESEEN, ApiError, correlation_header, error_body
from tray_app.demo.fault import Facts
from tray_app.demo.faults import (
    CaptivePortal,
    CutUpload,
    F,
    Faults,
    LoseAnswer,
    Maintenance,
    MissingPermission,
    ProxyError,
    ProxyTooLarge,
    ServerError,
    SlowAnswer,
    SlowRead,
    TooManyRequests,
)
from tray_app.demo.options import Options
from tray_app.demo.request_log import LogEntry, RequestLog

log = logging.getLogger(__name__)

CONTROL = "/demo/"
KEY = "demo.exchange"
IN_MAINTENANCE = ("/api/server/config", "/api/server/ping", "/api/server/version", "/api/admin/")
PROXY_TITLES = {502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Time-out"}


class Take(Protocol):
    """Asks for a fault that strikes at this point."""

    def __call__(self, kind: type[F]) -> F | None:
        """Return the fault, counted, or None."""


class ConnectionCut(Exception):
    """A fault reset the connection."""


class Exchange:
    """One request and its answer while it lasts; found in the scope under KEY."""

    def __init__(self, scope: Scope, faults: Faults, options: Options) -> None:
        headers = Headers(scope=scope)
        length = headers.get("content-length")
        self.headers = headers
        self.entry = LogEntry(scope["method"], scope["path"])
        self.facts = Facts(scope["method"], scope["path"], int(length) if length else None)
        self.options = options
        self.correlation_id = headers.get(correlation_header(options.version)) or str(uuid.uuid4())
        self.maintenance = False
        self.body_over = False
        self.cut: CutUpload | None = None
        self.slow_read: SlowRead | None = None
        self.slow_answer: SlowAnswer | None = None
        self.lose_answer: LoseAnswer | None = None
        self._faults = faults

    def strikes(self, kind: type[F]) -> F | None:
        """Return the fault of this kind that strikes this request now, and count it."""
        return self._faults.take(kind, self.facts)

    def lacks(self, permission: str) -> bool:
        """Tell whether a fault takes this permission away from this request."""
        self.facts = replace(self.facts, permission=permission)
        return self.strikes(MissingPermission) is not None

    def begin(self) -> Response | None:
        """Take the faults that need no file name; return the answer if one of them answers."""
        return self._arm(named_only=False)

    def file_named(self, name: str) -> None:
        """Take the faults for this file name; raises AnswerNow if one of them answers."""
        self.facts = replace(self.facts, file_name=name)
        self.entry.file_name = name
        if (response := self._arm(named_only=True)) is not None:
            raise AnswerNow(response)

    def _arm(self, *, named_only: bool) -> Response | None:
        def take(kind: type[F]) -> F | None:
            return self._faults.take(kind, self.facts, named_only=named_only)

        self.cut = self.cut or take(CutUpload)
        self.slow_read = self.slow_read or take(SlowRead)
        self.slow_answer = self.slow_answer or take(SlowAnswer)
        self.lose_answer = self.lose_answer or take(LoseAnswer)
        if take(Maintenance):
            self.maintenance = True
            if not self.facts.path.startswith(IN_MAINTENANCE):
                return page(404, "404 Not Found")
        return self._in_front(take) or (
            self.refusal(ApiError(500, UNFORESEEN)) if take(ServerError) else None
        )

    def _in_front(self, take: Take) -> Response | None:
        """Return what a portal or a reverse proxy says before the server sees the request."""
        if take(CaptivePortal):
            return page(200, "Sign in to this network")
        if take(ProxyTooLarge):
            return page(413, "413 Request Entity Too Large", {"connection": "close"})
        if busy := take(TooManyRequests):
            wait = {"retry-after": busy.retry_after} if busy.retry_after else {}
            return page(429, "429 Too Many Requests", wait)
        if proxy := take(ProxyError):
            return page(proxy.status, PROXY_TITLES[proxy.status])
        return None

    def refusal(self, error: ApiError) -> Response:
        """Return an error in the style of the server's version."""
        body = error_body(error, self.options.version, self.correlation_id)
        return json_answer(body, status=error.status, media_type=error.media_type)


class Gate:
    """ASGI layer around the application; anything but HTTP (later: Socket.IO) passes through."""

    def __init__(
        self,
        app: ASGIApp,
        options: Options,
        faults: Faults,
        requests: RequestLog,
        reset: Callable[[Scope], None],
    ) -> None:
        self._app = app
        self._options = options
        self._faults = faults
        self._requests = requests
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, with whatever is to go wrong on the way."""
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope, self._faults, self._options)
        scope[KEY] = exchange
        taking = _Intake(exchange, receive, self._requests)
        giving = _Output(exchange, send, self._requests)
        try:
            await self._serve(exchange, scope, taking, giving)
        except ConnectionCut:
            self._requests.add(exchange.entry)
            self._reset(scope)
            # Lets uvicorn see the loss, so that it does not answer 500 for us.
            await asyncio.sleep(0)
        except ClientGone:
            self._requests.add(exchange.entry)

    async def _serve(self, exchange: Exchange, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if (response := exchange.begin()) is None:
                await self._app(scope, receive, send)
                return
        except AnswerNow as early:
            response = early.response
        except (ConnectionCut, ClientGone):
            raise
        except Exception:
            log.exception("%s %s failed", exchange.facts.method, exchange.facts.path)
            if exchange.entry.status:
                raise
            response = exchange.refusal(ApiError(500, UNFORESEEN))
        await answer_then_drain(response, None if exchange.body_over else receive, send)


class _Intake:
    """Counts the body, reads it slowly, and cuts it short."""

    def __init__(self, exchange: Exchange, receive: Receive, requests: RequestLog) -> None:
        self._exchange = exchange
        self._requests = requests
        self._receive = receive

    async def __call__(self) -> Message:
        """Return the next part of the body; raises ConnectionCut."""
        exchange = self._exchange
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        size = len(message.get("body", b""))
        exchange.entry.received += size
        self._requests.count_bytes(size)
        exchange.body_over = not message.get("more_body", False)
        if exchange.slow_read:
            await asyncio.sleep(size / exchange.slow_read.bytes_per_second)
        if exchange.cut and exchange.entry.received >= exchange.cut.after_bytes:
            raise ConnectionCut
        return message


class _Output:
    """Adds the correlation id, delays the answer, or loses it."""

    def __init__(self, exchange: Exchange, send: Send, requests: RequestLog) -> None:
        self._exchange = exchange
        self._requests = requests
        self._send = send
        self._header = correlation_header(exchange.options.version).encode()

    async def __call__(self, message: Message) -> None:
        """Send a part of the answer; raises ConnectionCut."""
        exchange = self._exchange
        if message["type"] == "http.response.start":
            if exchange.slow_answer:
                await asyncio.sleep(exchange.slow_answer.seconds)
            if exchange.cut or exchange.lose_answer:
                raise ConnectionCut
            exchange.entry.status = message["status"]
            self._requests.add(exchange.entry)
            correlation = (self._header, exchange.correlation_id.encode("latin-1", "replace"))
            message["headers"] = [*message.get("headers", []), correlation]
        await self._send(message)
