"""A Socket.IO server that lies, floods, says half or never ends: real sockets (issue 6)."""

import asyncio
import json
import logging
import resource
from contextlib import asynccontextmanager, suppress

import pytest

from tests.adapters.test_realtime_socket import GREETING, OPEN, PATIENCE, TRASHED, Wire, serving
from tests.engine.test_listening import World
from tests.faults.mutator import Mutator
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich import realtime as module
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.core.errors import NeedsUser, TryLater
from tray_app.core.realtime import MOST_READY, Action
from tray_app.core.server import SignIn

pytestmark = pytest.mark.timeout(300)
GROWTH_MIB = 100
LONG = pytest.mark.long
ASSET = {"id": "1", "ownerId": "2", "checksum": "x"}
EVENTS = [
    GREETING,
    TRASHED,
    '42["on_upload_success",{"id":"1"}]',
    '42["AssetUploadReadyV1",' + json.dumps({"asset": ASSET, "exif": {"city": None}}) + "]",
    '42["AssetUploadReadyV2",' + json.dumps({"asset": ASSET, "exif": {"city": "A"}}) + "]",
    '42["on_album_update",{"id":"1"}]',
    '42["on_notification",{"type":"AlbumInvite"}]',
    '42["on_config_update"]',
    '42["on_session_delete","1"]',
    '42["AppRestartV1",{"isMaintenanceMode":true}]',
    '42["error","unauthorized"]',
    '42["unknown",{"a":[1,2,3]}]',
    "2",
    "3",
]


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ears(url, **options):
    return ImmichRealtime(SignIn(f"{url}/api", access_token="t"), **options)


async def ended(url, heard=lambda _heard: None, **options):
    """Listen until it ends, which is an error of ours; return it."""
    with pytest.raises((TryLater, NeedsUser)) as caught:
        await asyncio.wait_for(ears(url, **options).listen(heard), PATIENCE * 2)
    return caught.value


@pytest.mark.parametrize(
    "count", [400, pytest.param(50_000, marks=[LONG, pytest.mark.timeout(7200)])]
)
async def test_spoilt_events(count, caplog, record):
    """Twenty a connection: afterwards the last one is heard, or the connection ended in words."""
    caplog.set_level(logging.WARNING)
    mutator, outcomes = Mutator([one.encode() for one in EVENTS], "ears"), {"heard": 0, "ended": 0}
    wire = Wire()
    before = peak()
    async with serving(wire) as url:
        for first in range(0, count, 20):
            cases = [case.decode("latin-1") for _, case in mutator.cases(first, 20)]
            wire.then = [GREETING, *cases, '42["on_asset_hidden","last"]', "41"]
            heard = []
            error = await ended(url, heard.append)
            outcomes["heard" if heard and heard[-1].action is Action.SYNC else "ended"] += 1
            assert error.reason
            wire.asked.clear()
            wire.got.clear()
    assert outcomes["heard"] > 0
    assert [r.getMessage() for r in caplog.records if r.name.startswith("asyncio")] == []
    assert peak() - before < GROWTH_MIB
    record(frames=count, **outcomes)


class Flood(Wire):
    """Greets, and then says one thing as fast as it is taken, or so often."""

    def __init__(self, frame, times=1 << 30):
        super().__init__(GREETING)
        self.frame, self.times, self.said = frame, times, 0

    async def __call__(self, request):
        with suppress(ConnectionError, RuntimeError):
            return await super().__call__(request)

    @property
    def then(self):
        yield GREETING
        for _ in range(self.times):
            self.said += 1
            yield self.frame(self.said) if callable(self.frame) else self.frame

    @then.setter
    def then(self, _frames):
        pass


FLOODS = {
    "changes": TRASHED,
    "unknown events": '42["unknown",1]',
    "settings": '42["on_config_update"]',
    "versions": lambda n: GREETING.replace('"patch":3', f'"patch":{n % 1000}'),
    "announced": lambda n: f'42["on_upload_success",{{"id":"{n}"}}]',
    "ready": lambda n: EVENTS[4].replace('"1"', f'"{n}"'),
    "nonsense": "4x",
}


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param(frame, id=name, marks=() if name in ("changes", "announced") else LONG)
        for name, frame in FLOODS.items()
    ],
)
async def test_a_flood_ends_the_connection_and_few_things_are_done(frame, monkeypatch):
    """What is more than a person's server tells is not followed: no core is kept busy by it."""
    monkeypatch.setattr(module, "MOST_EVENTS", 3_000)
    flood, before = Flood(frame), peak()
    async with serving(flood) as url:
        world = World(ears(url), SystemClock())
        serving_ = asyncio.create_task(world.service.serve())
        while not (world.service.trouble and flood.said):
            await asyncio.sleep(0.02)
        serving_.cancel()
        await asyncio.gather(serving_, return_exceptions=True)
        assert "more changes than anybody can follow" in world.service.trouble.reason
        assert world.service.connected is False
        assert world.syncs <= 5
        assert all(len(batch) <= MOST_READY for batch in world.batches)
    assert peak() - before < GROWTH_MIB


async def test_as_many_as_a_large_server_tells_are_followed():
    flood, heard = Flood(TRASHED, times=5_000), []
    async with serving(flood) as url:
        listening = asyncio.create_task(ears(url).listen(heard.append))
        while len(heard) < 5_001:
            await asyncio.sleep(0.02)
        assert not listening.done()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


# What is not even Socket.IO: raw sockets.


@asynccontextmanager
async def raw(script):
    async def serve(reader, writer):
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await script(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def silent(reader, _writer):
    await reader.read()


async def endless_head(_reader, writer):
    writer.write(b"HTTP/1.1 101 Switching Protocols\r\n")
    while True:
        writer.write(b"X-More: " + b"x" * 1000 + b"\r\n")
        await writer.drain()


async def dripping_head(_reader, writer):
    writer.write(b"HTTP/1.1 101 Switching")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)  # the server's pace


async def garbage(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(bytes(range(256)) * 4096)
    await writer.drain()


async def wrong_answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: bm8=\r\n\r\n"
    )
    await reader.read()


@pytest.mark.parametrize(
    "script", [silent, endless_head, dripping_head, garbage, wrong_answer], ids=lambda s: s.__name__
)
async def test_a_handshake_that_does_not_come_to_an_end(script):
    before = peak()
    async with raw(script) as url:
        await ended(url, greeting_seconds=1.0)
    assert peak() - before < GROWTH_MIB


SPOILT = {
    "reserved bits": b"\xf1\x01x",
    "no such kind": b"\x8f\x01x",
    "longer than anything": b"\x81\x7f" + b"\x7f" + b"\xff" * 7,
    "masked": b"\x81\x81\x00\x00\x00\x00x",
    "not utf-8": b"\x81\x02\xc3\x28",
    "a long ping": b"\x89\x7e\xff\xff" + b"x" * 65_535,
    "pieces without an end": b"\x01\x01x" + b"\x00\x7e\xff\xff" + b"x" * 65_535,
    "closed with a strange code": b"\x88\x02\x00\x01",
}


@pytest.mark.parametrize("frame", SPOILT.values(), ids=SPOILT)
async def test_frames_that_are_no_websockets(frame):
    """The last one is said again and again; in the end it is an error that may pass."""
    before = peak()

    async def spoilt(request):
        wire = Wire(GREETING)
        socket = None

        async def speak():
            transport = request.transport
            transport.write(frame)
            for _ in range(40 if frame is SPOILT["pieces without an end"] else 0):
                transport.write(frame[3:])
            await asyncio.sleep(0)

        asyncio.get_running_loop().call_later(0.3, asyncio.ensure_future, speak())
        with suppress(ConnectionError, RuntimeError):
            socket = await wire(request)
        return socket

    with suppress(TimeoutError):  # a frame that only begins is waited for, as a silent server is
        async with asyncio.timeout(3), serving(spoilt) as url:
            await ended(url)
    assert peak() - before < GROWTH_MIB


async def test_a_server_that_always_breaks_off_is_asked_less_and_less():
    """Half, one, two seconds: no loop of connections."""
    asked, sixth = [], asyncio.Event()

    async def breaking(reader, _writer):
        await reader.readuntil(b"\r\n\r\n")
        asked.append(asyncio.get_running_loop().time())
        if len(asked) == 6:  # the library may try twice
            sixth.set()

    async with raw(breaking) as url:
        world = World(ears(url), SystemClock())
        serving_ = asyncio.create_task(world.service.serve())
        await sixth.wait()
        serving_.cancel()
        await asyncio.gather(serving_, return_exceptions=True)
    assert asked[-1] - asked[0] > 2.0
    assert world.syncs == 0


async def test_pings_without_an_end_are_answered_and_nothing_more():
    pings = Wire(GREETING, *["2"] * 2_000, TRASHED, first="0" + json.dumps(OPEN))
    heard = []
    async with serving(pings) as url:
        listening = asyncio.create_task(ears(url).listen(heard.append))
        while len(heard) < 2:
            await asyncio.sleep(0.02)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    assert [one.action for one in heard] == [Action.GREETED, Action.SYNC]
