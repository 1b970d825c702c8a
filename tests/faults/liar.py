"""A server that lies: a proxy on loopback that changes the answers of an honest one, by a seed."""

import http.client
import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from tests.faults.handlers import handled
from tests.faults.mutator import Mutator

ENDLESS = 100 << 20  # bytes after which even this server tires
DEEP = 20_000
STATUSES = (100, 200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 409, 413, 418, 429)
STATUSES += (500, 502, 503, 504, 599, 999)
TYPES = ("text/html", "text/plain", "application/octet-stream", "", "\x7f/\x01", "image/png")
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**400,
    -(2**63) - 1,
    2**64,
    1e308,
    1.5,
    "",
    "A" * 100_000,
    "\x1b[31mred\x1b]0;title\x07",
    "\u202e\u0000<b>bold</b>\n\r\x9b",
    "\ud800",
    "../../../../etc/passwd",
    "http://127.0.0.1:1/",
    "0000-00-00T99:99:99Z",
    [],
    {},
    [[]],
    [None] * 1000,
    {"a": {"b": []}},
)
HEADERS = (
    b"Content-Encoding: gzip",
    b"Content-Encoding: br",
    b"Retry-After: 999999999999999999",
    b"Retry-After: -5",
    b"Location: http://127.0.0.1:1/\x1b[31m",
    b"ETag: " + b"e" * 9000,
    b"Date: never",
    b"Date: Mon, 01 Jan 2024 00:00:00 +99999999999999",
    b"Date: Fri, 31 Dec 9999 23:59:59 -1200",
    b"Retry-After: Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    b"Retry-After: Mon, 01 Jan 2024 00:00:00 -0000",
    b"Set-Cookie: a=b; Domain=.com",
    b"X: \xff\xfe\x80",
    b"no header at all",
)
WAYS = ("value", "value", "value", "missing", "missing", "more", "bytes", "bytes", "status")
WAYS += (
    "refusal",
    "refusal",
    "status",
    "type",
    "cut",
    "empty",
    "deep",
    "headers",
    "endless",
    "never asked",
    "hang up",
)


@dataclass(frozen=True)
class Lie:
    """What becomes of the answers of one place, from the `first` on, `times` of them."""

    number: int
    place: str
    way: str
    first: int
    times: int

    def strikes(self, path: str, count: int) -> bool:
        return self.concerns(path) and self.first <= count < self.first + self.times

    def concerns(self, path: str) -> bool:
        return path == self.place or path.startswith(self.place + "/")


def lie(seed: object, places: Sequence[str]) -> Lie:
    """Case `seed` is always the same."""
    dice = random.Random(repr(seed))
    times = dice.choice([1, 1, 2, 1000])
    first = dice.choice([0, 0, 0, 1])
    return Lie(dice.randrange(1 << 30), dice.choice(places), dice.choice(WAYS), first, times)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cut: int | None = None
    endless: bool = False
    raw: list[bytes] = field(default_factory=list)


def changed(answer: Answer, way: str, dice: random.Random) -> Answer:  # noqa: C901  a table
    match way:
        case "value" | "missing" | "more":
            answer.body = _in_json(answer.body, way, dice)
        case "bytes":
            answer.body = Mutator([answer.body], dice.random()).case(0)
        case "status":
            answer.status = dice.choice(STATUSES)
        case "refusal":
            answer.status = dice.choice([400, 401, 403, 404, 409, 413, 422, 429, 500, 503])
            answer.headers = {"Content-Type": "application/json"}
            said = dice.choice([value for value in VALUES if isinstance(value, str)])
            answer.body = json.dumps({"message": said, "error": said}).encode()
        case "type":
            answer.headers["Content-Type"] = dice.choice(TYPES)
        case "cut":
            answer.cut = dice.randint(0, max(0, len(answer.body) - 1))
        case "empty":
            answer.body = b""
        case "deep":
            pair = dice.choice([(b"[", b"]"), (b'{"a":', b"}")])
            answer.body = pair[0] * DEEP + b"1" + pair[1] * DEEP
        case "headers":
            answer.raw = [dice.choice(HEADERS)]
        case "endless":
            answer.endless = True
    return answer


def _in_json(body: bytes, way: str, dice: random.Random) -> bytes:
    """Change one spot of a JSON document, or of one line where there are several."""
    lines = body.splitlines(keepends=True) or [b"null"]
    at = dice.randrange(len(lines))
    try:
        document = json.loads(lines[at])
    except ValueError:
        return body + b"{"
    spots = list(_spots(document))
    if not spots:
        document = dice.choice(VALUES)
    else:
        holder, key = dice.choice(spots)
        if way == "missing":
            del holder[key]
        elif way == "more" and isinstance(holder, list):
            holder.extend([holder[key]] * dice.choice([1, 1000]))
        elif way == "more":
            holder[f"unknown{dice.random()}"] = dice.choice(VALUES)
        else:
            holder[key] = dice.choice(VALUES)
    lines[at] = json.dumps(document).encode() + b"\n" * lines[at].endswith(b"\n")
    return b"".join(lines)


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in list(items):
        yield value, key
        yield from _spots(inner)


class Liar:
    """Stands before `target`; tells it `lie`, or with None the truth."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._lie: Lie | None = None
        self._count = 0
        self._dice = random.Random()
        self._lock = threading.Lock()
        self.struck = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tell(self, what: Lie | None) -> None:
        with self._lock:
            self._lie, self._count, self.struck = what, 0, 0
            self._dice = random.Random(what.number if what else 0)

    def due(self, path: str) -> tuple[str, random.Random]:
        """Return how this answer is to be changed, empty: not at all."""
        with self._lock:
            if not self._lie or not self._lie.concerns(path):
                return "", self._dice
            strikes = self._lie.strikes(path, self._count)
            self._count += 1
            self.struck += strikes
            return self._lie.way if strikes else "", random.Random(self._dice.random())

    def asked(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        there = http.client.HTTPConnection(self._target.hostname, self._target.port, timeout=30)
        try:
            there.request(method, path, body, headers)
            answer = there.getresponse()
            kept = {
                name: value
                for name, value in answer.getheaders()
                if name.lower() not in ("connection", "content-length", "transfer-encoding", "date")
            }
            return Answer(answer.status, kept, answer.read())
        finally:
            there.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    liar: Liar

    def serve(self) -> None:
        body = self._body()
        way, dice = self.liar.due(urlsplit(self.path).path)
        if way == "hang up":
            self.close_connection = True
            return
        if way == "never asked":  # it only claims to have done it
            made_up = b'{"id":"6b1b5c0a-0000-4000-8000-000000000000","status":"created"}'
            answer = Answer(201, {"Content-Type": "application/json"}, made_up)
        else:
            headers = {
                k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")
            }
            headers.pop("Transfer-Encoding", None)
            headers["Accept-Encoding"] = "identity"
            headers["Content-Length"] = str(len(body))
            try:
                asked = self.liar.asked(self.command, self.path, headers, body)
            except (OSError, http.client.HTTPException):  # so does the honest one
                self.close_connection = True
                return
            answer = changed(asked, way, dice)
        with suppress(OSError):
            self._say(answer)

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815  http.server's names

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _say(self, answer: Answer) -> None:
        head = [f"HTTP/1.1 {answer.status} Any".encode()]
        head += [f"{k}: {v}".encode("latin-1") for k, v in answer.headers.items()]
        head += answer.raw
        if not answer.endless and answer.status not in (100, 204, 304):
            head.append(b"Content-Length: %d" % len(answer.body))
        self.close_connection = True
        self.wfile.write(b"\r\n".join([*head, b"Connection: close", b"", b""]))
        self.wfile.write(answer.body if answer.cut is None else answer.body[: answer.cut])
        sent = 0
        while answer.endless and sent < ENDLESS:
            self.wfile.write(b" " * (1 << 20))
            sent += 1 << 20

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def liar(target: str) -> Iterator[Liar]:
    it = Liar(target)
    with handled(type("Handler", (Handler,), {"liar": it})) as it.port:
        yield it
