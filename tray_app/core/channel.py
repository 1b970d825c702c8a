"""`ForegroundChannel` (requirement, Platform Channel Communication): methods, directions, messages.

JSON-RPC 2.0, one message a line of at most `MOST_BYTES`. Pure: text in, values out.
"""

from enum import IntEnum, StrEnum
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

from tray_app.core.notification import Notification
from tray_app.core.phrase import plain_text

CHANNEL = "immich/foregroundChannel"
VERSION = 1  # of the messages; a newer client says so and is refused politely
MOST_BYTES = 64 * 1024
MOST_PATHS = 1000


_FILE = "file://"


def uri_of(path: str) -> str:
    """Write an absolute path (surrogate-escaped) as a `file:` URI."""
    return _FILE + quote_from_bytes(path.encode("utf-8", "surrogateescape"))


def path_of(uri: str) -> str:
    """Read it back; raises ValueError for what is no file of this computer."""
    data = unquote_to_bytes(uri.removeprefix(_FILE))
    if not uri.startswith(f"{_FILE}/") or b"\0" in data:
        raise ValueError("paths are absolute file: URIs of this computer")
    return data.decode("utf-8", "surrogateescape")


class Direction(StrEnum):
    """Who calls: *app* is engine and windows, *native* the desktop's host side."""

    NATIVE_TO_APP = "nativeToApp"
    APP_TO_NATIVE = "appToNative"
    ASKED = "asked"  # added beside the five: a person or another process asks the program


class NoParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A method that takes nothing."""


class PauseParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`minutes` None: until resumed."""

    minutes: int | None = None

    def __post_init__(self) -> None:
        """Refuse a pause without end and one before now."""
        if self.minutes is not None and not 0 < self.minutes <= 7 * 24 * 60:
            raise ValueError("minutes is not within 1 to 10080")


class BackUpParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`paths`: just these files and folders, none: the chosen folders. `anyway`: nothing holds it.

    `account`: a digest of the sign-in that the caller's environment names, "": none. Paths are
    `file:` URIs, whose escapes carry names that are no UTF-8.
    """

    paths: tuple[str, ...] = ()
    anyway: bool = False
    account: str = ""

    def __post_init__(self) -> None:
        """Refuse too many, and what names no place on this computer."""
        if len(self.paths) > MOST_PATHS:
            raise ValueError(f"more than {MOST_PATHS} paths")
        for uri in self.paths:
            path_of(uri)

    @property
    def plain_paths(self) -> frozenset[str]:
        """The paths as Python knows them, undecodable bytes surrogate-escaped."""
        return frozenset(path_of(uri) for uri in self.paths)


class TicketParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`run`: the number that `backUpNow` answered, `sync`: that of `syncNow`; None: none."""

    run: int | None = None
    sync: int | None = None


class SyncParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`full`: have the server send everything again. `account`: as of `BackUpParams`."""

    full: bool = False
    account: str = ""


class ReturnParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`url`: the `app.immich:` address that a browser handed over, to be judged by who listens."""

    url: str

    def __repr__(self) -> str:
        """Never show the code in it."""
        return "ReturnParams()"


class Method(NamedTuple):
    """One method: who calls whom, and with what."""

    direction: Direction
    params: type[msgspec.Struct] = NoParams


METHODS: dict[str, Method] = {
    "initialized": Method(Direction.NATIVE_TO_APP),
    "start": Method(Direction.APP_TO_NATIVE),
    "stop": Method(Direction.APP_TO_NATIVE),
    "updateNotification": Method(Direction.APP_TO_NATIVE, Notification),
    "systemStop": Method(Direction.NATIVE_TO_APP),
    "status": Method(Direction.ASKED, TicketParams),
    "pause": Method(Direction.ASKED, PauseParams),
    "resume": Method(Direction.ASKED),
    "backUpNow": Method(Direction.ASKED, BackUpParams),
    "cancel": Method(Direction.ASKED, TicketParams),
    "syncNow": Method(Direction.ASKED, SyncParams),
    "show": Method(Direction.ASKED),
    "quit": Method(Direction.ASKED),
    "signInReturned": Method(Direction.ASKED, ReturnParams),
}


class Code(IntEnum):
    """Error codes: those of JSON-RPC 2.0, then ours."""

    PARSE = -32700
    INVALID_REQUEST = -32600
    METHOD_NOT_FOUND = -32601
    INVALID_PARAMS = -32602
    INTERNAL = -32603
    TOO_LARGE = -32001
    NOT_ALLOWED = -32002
    WRONG_VERSION = -32003
    BUSY = -32004


Id = int | str | None


class RpcError(Exception):
    """A message that is refused; `words` may be shown to a person."""

    def __init__(self, code: Code, words: str, request_id: Id = None) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        self.request_id = request_id


class Call(NamedTuple):
    """A message that was understood; `wants_answer` False: a notification of JSON-RPC."""

    method: str
    params: msgspec.Struct
    request_id: Id = None
    wants_answer: bool = True


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    jsonrpc: str
    method: str
    params: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    id: Id | msgspec.UnsetType = msgspec.UNSET
    version: int = VERSION


def checked(method: str, params: msgspec.Struct | None, direction: Direction) -> Call:
    """Return the call that `direction` may make; raises RpcError for any other."""
    known = METHODS.get(method)
    if known is None:
        raise RpcError(Code.METHOD_NOT_FOUND, "There is no such method.")
    if known.direction is not direction:
        raise RpcError(Code.NOT_ALLOWED, f"{method} is not {direction}.")
    params = NoParams() if params is None else params
    if not isinstance(params, known.params):
        raise RpcError(Code.INVALID_PARAMS, f"{method} takes {known.params.__name__}.")
    return Call(method, params, wants_answer=False)


def decode_call(line: bytes) -> Call:
    """Understand one line; raises RpcError, and nothing else, whatever the bytes are."""
    if len(line) > MOST_BYTES:
        raise RpcError(Code.TOO_LARGE, f"The message is larger than {MOST_BYTES} bytes.")
    request = _request(line)
    request_id = None if request.id is msgspec.UNSET else request.id
    if request.jsonrpc != "2.0":
        raise RpcError(Code.INVALID_REQUEST, "jsonrpc is not 2.0.", request_id)
    if request.version != VERSION:
        words = f"This program speaks version {VERSION} of its channel; update the older one."
        raise RpcError(Code.WRONG_VERSION, words, request_id)
    method = METHODS.get(request.method)
    if method is None:
        raise RpcError(Code.METHOD_NOT_FOUND, "There is no such method.", request_id)
    params = _params(method, request.params, request_id)
    return Call(request.method, params, request_id, request.id is not msgspec.UNSET)


def _request(line: bytes) -> _Request:
    try:
        return msgspec.json.decode(line, type=_Request)
    except msgspec.ValidationError as exc:
        raise RpcError(Code.INVALID_REQUEST, f"This is no request: {exc}.") from exc
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise RpcError(Code.PARSE, "This is not JSON.") from exc


def _params(method: Method, raw: msgspec.Raw | msgspec.UnsetType, request_id: Id) -> msgspec.Struct:
    try:
        return msgspec.json.decode(b"{}" if raw is msgspec.UNSET else raw, type=method.params)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise RpcError(
            Code.INVALID_PARAMS, f"The parameters do not fit: {exc}.", request_id
        ) from exc


def encode_call(method: str, params: msgspec.Struct | None = None, request_id: Id = 1) -> bytes:
    """Write one call as a line."""
    said = {
        "jsonrpc": "2.0",
        "version": VERSION,
        "id": request_id,
        "method": method,
        "params": params or NoParams(),
    }
    return _line(said)


def encode_result(result: object, request_id: Id) -> bytes:
    """Write an answer as a line."""
    return _line({"jsonrpc": "2.0", "id": request_id, "result": result})


def encode_error(error: RpcError) -> bytes:
    """Write a refusal as a line."""
    said = {"code": int(error.code), "message": error.words}
    return _line({"jsonrpc": "2.0", "id": error.request_id, "error": said})


def _line(said: object) -> bytes:
    return msgspec.json.encode(said, enc_hook=plain_text) + b"\n"


class _Refusal(msgspec.Struct, frozen=True):
    code: int
    message: str


class _Answer(msgspec.Struct, frozen=True):
    jsonrpc: str
    id: Id = None
    result: Any = None
    error: _Refusal | None = None


def decode_answer(line: bytes) -> Any:
    """Return the result of an answer; raises RpcError for a refusal or what is no answer."""
    try:
        answer = msgspec.json.decode(line, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as exc:
        raise RpcError(Code.PARSE, "The program's answer could not be understood.") from exc
    if answer.error:
        code = answer.error.code if answer.error.code in set(Code) else Code.INTERNAL
        raise RpcError(Code(code), answer.error.message, answer.id)
    return answer.result
