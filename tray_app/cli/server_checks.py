"""What `doctor` asks the network and the server, from the name to the clock."""

import asyncio
import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from tray_app.adapters.immich.discovery import find_server
from tray_app.adapters.immich.errors import translated
from tray_app.adapters.immich.http import make_client
from tray_app.adapters.immich.routing import proxy_for
from tray_app.cli.checks import Finding, State, problem
from tray_app.core.account import FoundServer
from tray_app.core.errors import TrayError
from tray_app.core.permissions import missing_permissions
from tray_app.core.server import Account
from tray_app.core.url import normalise
from tray_app.core.way import Way
from tray_app.engine.session import Session, SignedIn
from tray_app.ports import Door

SECONDS = 10.0
MOST_DRIFT = 300.0  # seconds; more spoils certificates and the dates people see
STEPS = ("Server name", "Connection", "Encryption", "Immich", "Sign-in", "Permissions", "Quota")


def skipped(names: tuple[str, ...], why: str) -> list[Finding]:
    """Name the checks that make no sense any more."""
    return [Finding(name, State.SKIPPED, why) for name in names]


async def settled(typed: str, way: Way) -> str:
    """Return the address that answers to what was typed; the typed one where none does."""
    try:
        return (await find_server(typed, way)).url
    except TrayError:
        return typed


async def network(url: str, way: Way) -> list[Finding]:
    """Check name, port and TLS of an address, stopping at the first problem."""
    site = normalise(url).sites[0]
    parts = urlsplit(site)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if proxy_for(site, way):
        return skipped(STEPS[:3], "A proxy is set for this address.")
    findings = [await _name(host, port)]
    if findings[-1].state is State.OK:
        findings.append(await _port(host, port))
    if findings[-1].state is State.OK:
        findings.append(await _encryption(site, way))
    return findings + skipped(STEPS[len(findings) : 3], "The step before failed.")


async def _name(host: str, port: int) -> Finding:
    try:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(SECONDS):
            infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError):
        remedy = "Check the address for typing errors and your network connection."
        return Finding(STEPS[0], State.PROBLEM, f"{host} cannot be found.", remedy)
    addresses = sorted({str(info[4][0]) for info in infos})
    return Finding(STEPS[0], State.OK, f"{host} is {', '.join(addresses)}.")


async def _port(host: str, port: int) -> Finding:
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as exc:
        why = "refuses the connection" if isinstance(exc, ConnectionRefusedError) else "is silent"
        remedy = "Check the port, a firewall, and that the server is running."
        return Finding(STEPS[1], State.PROBLEM, f"{host} {why} on port {port}.", remedy)
    writer.close()
    await writer.wait_closed()
    return Finding(STEPS[1], State.OK, f"Port {port} answers.")


async def _encryption(site: str, way: Way) -> Finding:
    if site.startswith("http:"):
        return Finding(STEPS[2], State.NOTE, "Not encrypted (http).")
    try:
        async with make_client(site, way=way) as client:
            with translated(site):
                await client.head(site, timeout=SECONDS)
    except TrayError as exc:
        return problem(STEPS[2], exc)
    if way.pin_for(site):
        return Finding(STEPS[2], State.OK, "The certificate is the one you trust.")
    return Finding(STEPS[2], State.OK, "The certificate is trusted.")


async def immich(url: str, way: Way) -> Finding:
    """Check what answers at the address."""
    try:
        server: FoundServer = await find_server(url, way)
    except TrayError as exc:
        return problem(STEPS[3], exc)
    words = " ".join((f"Immich {server.version} at {server.url}.", *server.warnings))
    return Finding(STEPS[3], State.NOTE if server.warnings else State.OK, words)


async def account(session: Session, door: Door, *, albums: bool) -> list[Finding]:
    """Check sign-in, permissions and quota."""
    try:
        signed_in = await session.open()
    except TrayError as exc:
        return [problem(STEPS[4], exc), *skipped(STEPS[5:], "Not signed in.")]
    try:
        who = signed_in.account
        first = Finding(STEPS[4], State.OK, f"Signed in as {who.email}.")
        return [first, await _permissions(door, signed_in, albums=albums), _quota(who)]
    finally:
        await session.finish(signed_in.loaded)


async def _permissions(door: Door, signed_in: SignedIn, *, albums: bool) -> Finding:
    sign_in = signed_in.loaded.sign_in
    if not sign_in.api_key:
        return Finding(STEPS[5], State.OK, "A session may do everything.")
    try:
        missing = missing_permissions(await door.key_permissions(sign_in), albums=albums)
    except TrayError as exc:
        return problem(STEPS[5], exc)
    if missing:
        remedy = "Add to the key in Immich under Account Settings, API Keys."
        words = f"The API key lacks {', '.join(missing)}."
        return Finding(STEPS[5], State.PROBLEM, words, remedy, needs_user=True)
    return Finding(STEPS[5], State.OK, "The API key may do all a backup needs.")


def _quota(who: Account) -> Finding:
    if who.quota is None:
        return Finding(STEPS[6], State.OK, "No limit.")
    free = who.quota - who.quota_used
    words = f"{max(free, 0) // 1_000_000:,} MB free of {who.quota // 1_000_000:,} MB."
    if free <= 0:
        remedy = "Free space on the server or ask its administrator for more."
        return Finding(STEPS[6], State.PROBLEM, words, remedy, needs_user=True)
    return Finding(STEPS[6], State.OK, words)


async def clock(url: str, way: Way) -> Finding:
    """Compare this computer's clock with the `Date` of the server's answer."""
    site = normalise(url).sites[0]
    try:
        async with make_client(site, way=way) as client:
            response = await client.get(site, timeout=SECONDS)
        there = parsedate_to_datetime(response.headers["date"])
    except (httpx.HTTPError, TrayError, KeyError, ValueError):
        return Finding("Clock", State.SKIPPED, "The server does not tell the time.")
    drift = (datetime.now(UTC) - there).total_seconds()
    if abs(drift) > MOST_DRIFT:
        side = "ahead of" if drift > 0 else "behind"
        words = f"This computer is {abs(drift) / 60:.0f} minutes {side} the server."
        remedy = "Switch on network time on the one that is wrong."
        return Finding("Clock", State.PROBLEM, words, remedy, needs_user=True)
    return Finding("Clock", State.OK, "Agrees with the server's.")
