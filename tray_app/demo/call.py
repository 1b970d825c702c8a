"""One authorised request as the resources see it, and the table row that leads to a resource."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tray_app.demo.answers import ClientGone, json_answer
from tray_app.demo.auth import Caller
from tray_app.demo.errors import ApiError
from tray_app.demo.gate import KEY, Exchange
from tray_app.demo.identity_provider import IdentityProvider
from tray_app.demo.options import Options
from tray_app.demo.realtime import Realtime
from tray_app.demo.records import User
from tray_app.demo.state import State

T = TypeVar("T")
MAX_JSON = 10 * 1024 * 1024


class Access(Enum):
    """Who may call a route that names no permission."""

    PUBLIC = "no credential needed"
    ANY = "any credential"
    SESSION_OR_ALL = "a session, or a key with the permission all"


class Body(msgspec.Struct, rename="camel"):
    """Base of JSON request bodies; unknown keys are ignored as the server does."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request with what a resource needs to answer it."""

    request: Request
    state: State
    options: Options
    realtime: Realtime
    identity: IdentityProvider
    caller: Caller | None

    @property
    def exchange(self) -> Exchange:
        """The request's connection-level side: faults, log, correlation id."""
        found: Exchange = self.request.scope[KEY]
        return found

    @property
    def user(self) -> User:
        """The signed-in user; only for routes that need one."""
        return self.signed_in.user

    @property
    def signed_in(self) -> Caller:
        """The caller; only for routes that need one."""
        if self.caller is None:
            raise RuntimeError("a public route has no caller")
        return self.caller

    @property
    def is_v3(self) -> bool:
        """True when 3.x is spoken."""
        return self.options.version.is_v3

    def param(self, name: str) -> str:
        """Return a part of the path; ids are UUIDs, as the routes demand."""
        value: str = self.request.path_params[name]
        return value

    def flag(self, name: str) -> bool | None:
        """Return a boolean query parameter; None when absent. Raises ApiError 400."""
        value = self.request.query_params.get(name)
        if value not in (None, "true", "false"):
            raise ApiError(400, [self.phrase(name, "must be a boolean value")])
        return None if value is None else value == "true"

    @property
    def has_body(self) -> bool:
        """True unless the request came without any body."""
        headers = self.request.headers
        return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"

    async def body(self, kind: type[T]) -> T:
        """Read the JSON body; raises ApiError 400 with phrases, 413 over 10 MB, ClientGone."""
        received = bytearray()
        more = True
        while more:
            message = await self.request.receive()
            if message["type"] != "http.request":
                raise ClientGone
            received += message.get("body", b"")
            more = message.get("more_body", False)
            if len(received) > MAX_JSON:
                raise ApiError(413, "request entity too large")
        try:
            return msgspec.json.decode(bytes(received) or b"{}", type=kind)
        except msgspec.ValidationError as error:
            text, _, path = str(error).partition(" - at `$")
            name = re.sub(r"\[[^\]]*\]", ".0", path.rstrip("`")).lstrip(".")
            raise ApiError(400, [self.phrase(name, text)]) from error
        except msgspec.DecodeError as error:
            raise ApiError(400, f"Invalid JSON: {error}") from error

    def phrase(self, name: str, problem: str) -> str:
        """Return a validation phrase in the style of the version."""
        return f"[{name}] Invalid input: {problem}" if self.is_v3 else f"{name} {problem}"

    def json(self, data: Any, status: int = 200) -> Response:
        """Answer with JSON, or with 304 if the client knows it already."""
        request = self.request
        return json_answer(data, status=status, method=request.method, headers=request.headers)


Handler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the route table: `access` is a permission name or an `Access`."""

    method: str
    path: str
    access: str | Access
    handler: Handler


Endpoints = Sequence[Endpoint]


def no_content() -> Response:
    """Return 204."""
    return Response(status_code=204)
