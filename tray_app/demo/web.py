"""The application: the route table, authorisation, and errors, behind the gate.

A part adds its `ENDPOINTS` in `endpoints()`; a Socket.IO application goes around `Gate`, which
lets everything but HTTP through.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from tray_app.demo import albums, assets, server_info, sessions, sign_in, users
from tray_app.demo.answers import AnswerNow
from tray_app.demo.auth import Caller, authenticate, missing
from tray_app.demo.call import Access, Call, Endpoint
from tray_app.demo.control import control_routes
from tray_app.demo.errors import ApiError
from tray_app.demo.faults import Faults, RevokedToken
from tray_app.demo.gate import KEY, Exchange, Gate
from tray_app.demo.options import Options
from tray_app.demo.realtime import PATH, Realtime, polling_refused
from tray_app.demo.request_log import RequestLog
from tray_app.demo.state import State
from tray_app.demo.storage import Storage
from tray_app.demo.sync import endpoints as sync
from tray_app.demo.upload import Uploads

WELCOME = (
    "<!doctype html><title>Immich Tray demo server</title><h1>Immich Tray demo server</h1>"
    "<p>It speaks enough of the Immich API to try the app with. Your uploads are in its folder.</p>"
)


def endpoints(options: Options, storage: Storage) -> list[Endpoint]:
    """Return the route table of a version, the busiest routes first."""
    table = [
        Endpoint("POST", "/api/assets", "asset.upload", Uploads(storage).upload),
        *assets.ENDPOINTS,
        *server_info.ENDPOINTS,
        *sign_in.ENDPOINTS,
        *sessions.ENDPOINTS,
        *users.ENDPOINTS,
        *albums.ENDPOINTS,
        *sync.ENDPOINTS,
    ]
    return table if options.version.is_v3 else [*table, *assets.ONLY_V2]


def application(
    state: State,
    options: Options,
    faults: Faults,
    requests: RequestLog,
    realtime: Realtime,
    reset: Callable[[Scope], None],
) -> Gate:
    """Wire the ASGI application; `reset` must reset the TCP connection of a scope."""
    storage = Storage(options.folder, discard=options.discard_bodies)
    by_path: dict[str, dict[str, Endpoint]] = defaultdict(dict)
    for endpoint in endpoints(options, storage):
        by_path[endpoint.path][endpoint.method] = endpoint
    context = _Context(state, options, realtime)
    routes = [Route(path, _Resource(context, table)) for path, table in by_path.items()]
    controls = control_routes(state, faults, requests, realtime)
    router = Router([*routes, *controls], default=_default)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await realtime.websocket(scope, receive, send)
        elif scope["path"].startswith(PATH.rstrip("/")):
            await polling_refused()(scope, receive, send)
        else:
            await router(scope, receive, send)

    return Gate(app, options, faults, requests, reset)


@dataclass(frozen=True, slots=True)
class _Context:
    """What every resource works with."""

    state: State
    options: Options
    realtime: Realtime


class _Resource:
    """All methods of one path."""

    def __init__(self, context: _Context, table: dict[str, Endpoint]) -> None:
        self._context = context
        self._table = table

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; AnswerNow is left to the gate."""
        request = Request(scope, receive, send)
        scope["path_params"] = {key: str(value) for key, value in scope["path_params"].items()}
        exchange: Exchange = scope[KEY]
        try:
            response = await self._answer(request, exchange)
        except ApiError as error:
            # The rest of a refused body is drained, so that the client can finish and read this.
            raise AnswerNow(exchange.refusal(error)) from error
        await response(scope, receive, send)

    async def _answer(self, request: Request, exchange: Exchange) -> Response:
        endpoint = self._table.get(request.method)
        if endpoint is None:
            raise _not_found(request)
        caller = self._authorise(request, exchange, endpoint.access)
        context = self._context
        call = Call(request, context.state, context.options, context.realtime, caller)
        return await endpoint.handler(call)

    def _authorise(
        self, request: Request, exchange: Exchange, access: str | Access
    ) -> Caller | None:
        if access is Access.PUBLIC:
            return None
        caller = authenticate(request, self._context.state.accounts)
        exchange.entry.credential = "session" if caller.session else "key"
        if exchange.strikes(RevokedToken):
            raise ApiError(401, "Invalid user token" if caller.session else "Invalid API key")
        if access is Access.SESSION_OR_ALL:
            caller.require("all")
        elif isinstance(access, str):
            caller.require(access)
            if exchange.lacks(access):
                raise missing(access)
        return caller


def _not_found(request: Request) -> ApiError:
    return ApiError(404, f"Cannot {request.method} {request.url.path}")


async def _default(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer paths that are not in the table: JSON 404 under /api, a welcome page elsewhere."""
    if scope["type"] != "http":
        return
    if not scope["path"].startswith("/api"):
        await HTMLResponse(WELCOME)(scope, receive, send)
        return
    raise AnswerNow(scope[KEY].refusal(_not_found(Request(scope))))
