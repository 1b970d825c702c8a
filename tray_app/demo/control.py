"""`/demo/*`: what only the demo has, for tests in another process. Loopback and JSON only.

The content type is demanded so that no web page can post here without a preflight request.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tray_app.demo.answers import json_answer
from tray_app.demo.faults import AnyFault, Faults
from tray_app.demo.request_log import RequestLog

Control = Callable[[Request], Awaitable[Response]]


def _is_loopback(request: Request) -> bool:
    return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback


def _guarded(control: Control) -> Control:
    async def guard(request: Request) -> Response:
        is_json = request.headers.get("content-type", "").startswith("application/json")
        if not _is_loopback(request) or (request.method != "GET" and not is_json):
            return json_answer({"message": "loopback and application/json only"}, status=403)
        return await control(request)

    return guard


def control_routes(faults: Faults, requests: RequestLog) -> list[Route]:
    """Return the routes for faults (GET, POST, DELETE) and the request log (GET, DELETE)."""

    async def on_faults(request: Request) -> Response:
        if request.method == "DELETE":
            faults.clear()
        elif request.method == "POST":
            try:
                fault = msgspec.json.decode(await request.body(), type=AnyFault)
            except msgspec.MsgspecError as error:
                return json_answer({"message": str(error)}, status=400)
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
