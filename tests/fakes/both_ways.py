"""A server that answers HTTP and Socket.IO on one port, with TLS where asked, and who asks it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.oauth import ImmichOAuth
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.adapters.immich.wire import Version
from tray_app.core.oauth import Attempt
from tray_app.core.server import SignIn
from tray_app.core.way import Way

PATIENCE = 20
TOKEN = "t0ken-of-mine"
OPEN = '0{"sid":"1","upgrades":[],"pingInterval":25000,"pingTimeout":20000}'
GREETING = '42["on_server_version",{"major":3,"minor":0,"patch":3}]'


@dataclass
class Both:
    """`asked`: path and headers of each request; `location`: where it sends everybody instead."""

    user_id: str = "user-1"
    url: str = ""
    location: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append((request.path, {k.lower(): v for k, v in request.headers.items()}))
        if self.location:
            return web.Response(status=302, headers={"Location": self.location + request.path})
        if request.path.endswith("/socket.io/"):
            return await self._greet(request)
        known = {
            "/api/server/ping": {"res": "pong"},
            "/api/server/version": {"major": 3, "minor": 0, "patch": 3},
            "/api/server/config": {"maintenanceMode": False},
            "/api/oauth/authorize": {"url": "https://who.example.org/?state=state"},
            "/api/users/me": {"id": self.user_id, "email": "me@example.org", "name": "Me"},
        }
        if request.path not in known:
            return web.json_response({"message": "Not Found"}, status=404)
        if request.path == "/api/users/me" and request.headers.get("Authorization") is None:
            return web.json_response({"message": "Invalid user token"}, status=401)
        return web.json_response(known[request.path])

    async def _greet(self, request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(OPEN)
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.data.startswith("40"):
                await socket.send_str('40{"sid":"2"}')
                await socket.send_str(GREETING)
        return socket


@asynccontextmanager
async def serving_both(tls: ssl.SSLContext | None = None, **options: str) -> AsyncIterator[Both]:
    it = Both(**options)
    runner = web.ServerRunner(web.Server(it.answer), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    it.url = f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield it
    finally:
        await runner.cleanup()


def sign_in(url: str, way: Way, user_id: str | None = None) -> SignIn:
    return SignIn(f"{url}/api", access_token=TOKEN, way=way, user_id=user_id)


async def by_http(one: SignIn) -> str:
    """Ask one question; returns the address that was used."""
    async with connected(one) as http:
        await http.get("/server/version", Version)
        return http.address


async def by_socket(one: SignIn) -> None:
    """Listen until greeted."""
    greeted = asyncio.Event()
    listening = asyncio.create_task(ImmichRealtime(one).listen(lambda _heard: greeted.set()))
    waiting = asyncio.create_task(greeted.wait())
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.wait({listening, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            await listening
    finally:
        for task in (listening, waiting):
            task.cancel()
        await asyncio.gather(listening, waiting, return_exceptions=True)


async def by_browser(one: SignIn) -> None:
    """Ask for the page on which a person signs in."""
    attempt = Attempt("state", "verifier")
    await ImmichOAuth(lambda: one.way).begin(one.url, "http://127.0.0.1:1/callback", attempt)


BOTH = (by_http, by_socket)
ALL = (*BOTH, by_browser)


class TunnelProxy:
    """A proxy that only tunnels (CONNECT); `asked`: target and Proxy-Authorization of each."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.refuses = False
        self.url = ""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        target = head[0].split(" ")[1]
        self.asked.append((target, _value(head, "proxy-authorization")))
        assert "authorization" not in fields
        if self.refuses:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()
            return
        host, _, port = target.rpartition(":")
        there = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_copy(reader, there[1]), _copy(there[0], writer))

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TunnelProxy"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()


def _value(head: list[str], name: str) -> str:
    found = [line.split(": ", 1)[1] for line in head if line.lower().startswith(f"{name}: ")]
    return found[0] if found else ""


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()
