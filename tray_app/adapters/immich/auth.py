"""Signing in at a server: sessions, API keys and who we are (protocol 1.3 to 1.5)."""

import asyncio
import platform
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from tray_app.adapters.immich import wire
from tray_app.adapters.immich.discovery import find_server
from tray_app.adapters.immich.http import connected
from tray_app.core.account import FoundServer, WaysIn
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.server import Account, SignIn
from tray_app.core.way import Way


class ImmichDoor:
    """Port `Door` over HTTP; `way` reads the connection options, in a thread of its own."""

    def __init__(self, way: Callable[[], Way] = Way) -> None:
        self._way = way

    async def equip(self, sign_in: SignIn, user_id: str | None) -> SignIn:
        """Add how to get to the server, and who has to answer at its nearer addresses."""
        way = await asyncio.to_thread(self._way)
        return msgspec.structs.replace(sign_in, way=way, user_id=user_id)

    async def find(self, typed: str) -> FoundServer:
        """Find the server a person means."""
        return await find_server(typed, await asyncio.to_thread(self._way))

    async def ways_in(self, url: str) -> WaysIn:
        """Ask how one may sign in; raises TryLater where the server does not tell."""
        async with connected(await self.equip(SignIn(url), None)) as http:
            features = await http.get("/server/features", wire.Features)
            config = await http.get("/server/config", wire.Config)
        return WaysIn(features.password_login, features.oauth, config.oauth_button_text)

    async def log_in(self, url: str, email: str, password: str) -> SignIn:
        """Open a session named after this computer; raises NeedsUser(SIGN_IN) on refusal."""
        body = {"email": email, "password": password}
        async with connected(await self.equip(SignIn(url), None)) as http:
            try:
                answer = await http.send(
                    "POST", "/auth/login", wire.LoggedIn, body=body, headers=device_headers()
                )
            except NeedsUser as exc:
                if exc.status != 401:
                    raise
                raise _refused(url, phrase("this e-mail and password"), exc) from exc
        return SignIn(url, access_token=answer.access_token)

    async def log_out(self, sign_in: SignIn) -> None:
        """End the session at the server."""
        async with connected(await self._equipped(sign_in)) as http:
            await http.send("POST", "/auth/logout", dict)

    async def who(self, sign_in: SignIn) -> Account:
        """Ask who we are and how much we may store."""
        async with connected(await self._equipped(sign_in)) as http:
            return (await http.get("/users/me", wire.User)).value()

    async def key_permissions(self, sign_in: SignIn) -> frozenset[str]:
        """Ask what our API key may do; raises NeedsUser(SIGN_IN) when it is unknown."""
        async with connected(await self._equipped(sign_in)) as http:
            try:
                key = await http.get("/api-keys/me", wire.ApiKey)
            except NeedsUser as exc:
                if exc.status != 401:
                    raise
                raise _refused(sign_in.url, phrase("this API key"), exc) from exc
        return frozenset(key.permissions)

    async def _equipped(self, sign_in: SignIn) -> SignIn:
        return await self.equip(sign_in, sign_in.user_id)


def device_headers() -> dict[str, str]:
    """Name this computer for the server's list of devices; headers carry ASCII only."""
    host = socket.gethostname().encode("ascii", "replace").decode() or "computer"
    system = {"Darwin": "macOS"}.get(platform.system(), platform.system())
    return {"deviceModel": host, "deviceType": f"Immich Tray on {system}"}


def _refused(url: str, what: str, exc: NeedsUser) -> NeedsUser:
    said = exc.reason.partition("“")[2].partition("”")[0]
    host = urlsplit(url).hostname
    quoting = phrase("{host} does not accept {what} (“{said}”).", host=host, what=what, said=said)
    return NeedsUser(
        quoting if said else phrase("{host} does not accept {what}.", host=host, what=what),
        need=Need.SIGN_IN,
        remedy=phrase("Check for typing errors, or ask the server's administrator."),
        status=401,
    )
