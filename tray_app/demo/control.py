"""`/demo/*`: what only the demo has, for tests in another process. Loopback and JSON only.

The content type is demanded so that no web page can post here without a preflight request.
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_app.demo.answers import json_answer
from tray_app.demo.faults import AnyFault, Faults
from tray_app.demo.options import DEMO_EMAIL
from tray_app.demo.realtime import Realtime
from tray_app.demo.request_log import RequestLog
from tray_app.demo.state import State


class Body(msgspec.Struct, rename="camel"):
    """Base of what is sent here."""


Control = Callable[[Request], Awaitable[Response]]


def _is_loopback(request: Request) -> bool:
    return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback


def _guarded(control: Control) -> Control:
    async def guard(request: Request) -> Response:
        is_json = request.headers.get("content-type", "").startswith("application/json")
        if not _is_loopback(request) or (request.method != "GET" and not is_json):
            return json_answer({"message": "loopback and application/json only"}, status=403)
        try:
            return await control(request)
        except msgspec.MsgspecError as error:
            return json_answer({"message": str(error)}, status=400)

    return guard


class Fill(Body):
    """How many photos to invent, and whose."""

    number: int
    user: str = DEMO_EMAIL


class Event(Body):
    """An event to be sent: to one user by address, or to everybody."""

    event: str
    arguments: tuple[Any, ...] = ()
    user: str | None = None


class Sockets(Body):
    """How the websockets behave from now on; `drop` disconnects those that are there."""

    silent: bool = False
    refusing: bool = False
    drop: bool = False


def control_routes(
    state: State, faults: Faults, requests: RequestLog, realtime: Realtime
) -> list[Route]:
    """Return all routes under /demo."""
    return [*_fault_routes(faults, requests), *_sync_routes(state, realtime)]


def _sync_routes(state: State, realtime: Realtime) -> list[Route]:
    """Return the routes that fill a library, send an event, and disturb the websockets."""

    async def on_fill(request: Request) -> Response:
        sent = msgspec.json.decode(await request.body(), type=Fill)
        owner = state.accounts.user_by_email(sent.user)
        if owner is None:
            return json_answer({"message": f"no user {sent.user}"}, status=404)
        await asyncio.to_thread(state.library.fill, owner.id, sent.number)
        return json_answer({"filled": sent.number})

    async def on_event(request: Request) -> Response:
        sent = msgspec.json.decode(await request.body(), type=Event)
        user = state.accounts.user_by_email(sent.user) if sent.user else None
        await realtime.emit(sent.event, *sent.arguments, room=user.id if user else None)
        return json_answer({"sent": sent.event})

    async def on_sockets(request: Request) -> Response:
        if request.method == "POST":
            sent = msgspec.json.decode(await request.body(), type=Sockets)
            realtime.silent, realtime.refusing = sent.silent, sent.refusing
            if sent.drop:
                await realtime.drop()
        told = {"silent": realtime.silent, "refusing": realtime.refusing}
        return json_answer(told | {"connected": len(realtime.connected())})

    return [
        Route("/demo/fill", _guarded(on_fill), methods=["POST"]),
        Route("/demo/events", _guarded(on_event), methods=["POST"]),
        Route("/demo/sockets", _guarded(on_sockets), methods=["GET", "POST"]),
    ]


def _fault_routes(faults: Faults, requests: RequestLog) -> list[Route]:
    """Return the routes for faults (GET, POST, DELETE) and the request log (GET, DELETE)."""

    async def on_faults(request: Request) -> Response:
        if request.method == "DELETE":
            faults.clear()
        elif request.method == "POST":
            fault = msgspec.json.decode(await request.body(), type=AnyFault)
            return json_answer({"id": faults.add(fault)}, status=201)
        return json_answer(faults.active())

    async def on_fault(request: Request) -> Response:
        removed = faults.remove(request.path_params["id"])
        return json_answer({"removed": removed}, status=200 if removed else 404)

    async def on_log(request: Request) -> Response:
        if request.method == "DELETE":
            requests.clear()
        query = request.query_params
        entries = requests.entries(query.get("method", ""), query.get("path", ""))
        totals: dict[str, Any] = {"total": requests.total, "received": requests.received}
        return json_answer(totals | {"entries": entries})

    return [
        Route("/demo/faults", _guarded(on_faults), methods=["GET", "POST", "DELETE"]),
        Route("/demo/faults/{id:int}", _guarded(on_fault), methods=["DELETE"]),
        Route("/demo/log", _guarded(on_log), methods=["GET", "DELETE"]),
    ]
