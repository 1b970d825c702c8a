"""`/api/sync/*`: the stream of changes, and the acknowledgements that move it on."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import chain

from starlette.responses import Response, StreamingResponse

from tray_app.demo import update_ids
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import UNFORESEEN, ApiError
from tray_app.demo.gate import ConnectionCut
from tray_app.demo.records import Session
from tray_app.demo.stream_faults import GzipBomb, StaleStream
from tray_app.demo.sync.checkpoints import Ack, BadCheckpoint
from tray_app.demo.sync.disturbed import GZIP, Cut, Hanging, bomb, disturbed, split
from tray_app.demo.sync.feeds import entity_types
from tray_app.demo.sync.stream import RESET, Refused, Stream
from tray_app.demo.sync.types import request_types

MAX_ACKS = 1000
CHUNK = 64 * 1024
JSON_LINES = "application/jsonlines+json"
PACKED = {"content-encoding": "gzip", "vary": "accept-encoding"}


class Wanted(Body):
    """What a stream is asked for."""

    types: list[str]
    reset: bool = False


class Acks(Body):
    """The acknowledgements of a client, in the order of the lines."""

    acks: list[str]


class Types(Body):
    """Whose checkpoints are to be forgotten; all without `types`."""

    types: list[str] | None = None


def _session(call: Call) -> Session:
    session = call.signed_in.session
    if session is None:
        raise ApiError(403, "Sync endpoints cannot be used with API keys")
    return session


async def stream(call: Call) -> Response:
    """Send all changes since the session's checkpoints, one JSON object a line."""
    sent, session = await _wanted(call), _session(call)
    if sent.reset:
        call.state.checkpoints.reset(session.id)
    if fault := call.exchange.strikes(GzipBomb):
        return StreamingResponse(bomb(fault), headers=PACKED, media_type=JSON_LINES)
    lines, hanging = disturbed(_lines(call, session, sent.types), call.exchange), False
    first = b""
    try:
        first = next(lines)
    except Refused as refusal:
        raise ApiError(400, str(refusal)) from refusal
    except BadCheckpoint as error:
        # Once something was written, the server can no longer say so: then it never ends.
        raise ApiError(500, UNFORESEEN) from error
    except Hanging:
        hanging = True
    return _answer(call, _parts(chain([first], lines), hanging=hanging))


async def _wanted(call: Call) -> Wanted:
    """Read what is asked for; what fails validation is refused under the name of lines."""
    try:
        sent = await call.body(Wanted)
        _require_known(call, sent.types)
    except ApiError as error:
        if error.is_invalid:
            error.media_type = JSON_LINES
        raise
    return sent


def _require_known(call: Call, types: Sequence[str]) -> None:
    if unknown := set(types) - set(request_types(call.options.version)):
        values = f"must be one of the known types, not {', '.join(sorted(unknown))}"
        raise ApiError(400, [call.phrase("types", values)])


def _lines(call: Call, session: Session, types: list[str]) -> Iterator[bytes]:
    checkpoints = call.state.checkpoints
    if checkpoints.must_reset(session.id):
        yield RESET
        return
    run = Stream(
        db=call.state.db,
        version=call.options.version,
        user_id=call.user.id,
        session_id=session.id,
        now_id=_now_id(call),
        acks=dict(Ack.parse(ack) for _, ack in checkpoints.all(session.id)),
    )
    yield from run.lines(types)


def _now_id(call: Call) -> str:
    """Return the id that ends a stream: later than all that happened, unless a fault says so."""
    ids = call.state.db.update_ids
    if fault := call.exchange.strikes(StaleStream):
        return update_ids.at(ids.now() - int(fault.seconds * 1000))
    return ids.next()


async def _parts(lines: Iterator[bytes], *, hanging: bool) -> AsyncIterator[bytes]:
    """Pass lines on in large parts; where the server gets stuck, wait until the client leaves."""
    part, cut = bytearray(), False
    while True:
        try:
            found = next(lines, None)
        except (BadCheckpoint, Hanging, Refused):
            hanging, found = True, None
        except Cut:
            cut, found = True, None
        part += found or b""
        if found is None or len(part) > CHUNK:
            yield bytes(part)
            part.clear()
            await asyncio.sleep(0)
        if found is None:
            break
    if cut:
        raise ConnectionCut
    if hanging:
        await asyncio.Event().wait()


async def _gzip(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    press = zlib.compressobj(wbits=GZIP)
    async for part in parts:
        if pressed := press.compress(part):
            yield pressed
    yield press.flush()


def _answer(call: Call, parts: AsyncIterator[bytes]) -> Response:
    headers = {}
    if "gzip" in call.request.headers.get("accept-encoding", ""):
        parts, headers = _gzip(parts), PACKED
    parts = split(parts, call.exchange)
    return StreamingResponse(parts, headers=headers, media_type=JSON_LINES)


async def get_acks(call: Call) -> Response:
    """List the session's checkpoints."""
    found = call.state.checkpoints.all(_session(call).id)
    return call.json([{"type": kind, "ack": ack} for kind, ack in found])


async def set_acks(call: Call) -> Response:
    """Move checkpoints: the last ack of a type counts; a reset ack swallows all others."""
    sent = await call.body(Acks)
    if len(sent.acks) > MAX_ACKS:
        problem = f"must contain no more than {MAX_ACKS} elements"
        raise ApiError(400, [call.phrase("acks", problem)])
    session = _session(call)
    if not sent.acks:
        # The real server makes an INSERT without rows of it.
        raise ApiError(500, "Failed to send sync ack")
    known, latest = entity_types(call.options.version), {}
    for ack in sent.acks:
        kind, _ = Ack.parse(ack)
        if kind == "SyncResetV1":
            call.state.checkpoints.reset(session.id)
            return no_content()
        if kind not in known:
            raise ApiError(400, f"Invalid ack type: {kind}")
        latest[kind] = ack
    call.state.checkpoints.set(session.id, latest)
    return no_content()


async def delete_acks(call: Call) -> Response:
    """Forget the checkpoints of some types, or of all."""
    if call.is_v3 and not call.has_body:
        raise ApiError(400, ["[] Invalid input: expected object, received undefined"])
    sent, session = await call.body(Types), _session(call)
    if sent.types and not entity_types(call.options.version).issuperset(sent.types):
        raise ApiError(400, [call.phrase("types", "must be known entity types")])
    if sent.types == []:
        raise ApiError(500, "Failed to delete sync ack")
    call.state.checkpoints.delete(session.id, sent.types)
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("POST", "/api/sync/stream", "sync.stream", stream),
    Endpoint("GET", "/api/sync/ack", "syncCheckpoint.read", get_acks),
    Endpoint("POST", "/api/sync/ack", "syncCheckpoint.update", set_acks),
    Endpoint("DELETE", "/api/sync/ack", "syncCheckpoint.delete", delete_acks),
)
