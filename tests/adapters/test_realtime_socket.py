"""Socket.IO over real sockets: what is sent, what is refused, and servers that mean harm."""

import asyncio
import json
import logging
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSMsgType, web

from tests.fakes.certificates import Authority
from tests.fakes.site import immich
from tests.fakes.site import serving as serving_https
from tray_app.adapters.immich import realtime as module
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.core.errors import CaptivePortal, Need, NeedsUser, TryLater
from tray_app.core.realtime import Action
from tray_app.core.server import SignIn
from tray_app.demo.server import DemoServer

PATIENCE = 15
SECRET = "s3cret-of-mine"
OPEN = {"sid": "1", "upgrades": [], "pingInterval": 25000, "pingTimeout": 20000}
GREETING = '42["on_server_version",{"major":3,"minor":0,"patch":3}]'
TRASHED = '42["on_asset_trash",["1"]]'


class Wire:
    """A server of single frames: says `first`, `40` in answer to `40`, then `then`."""

    def __init__(self, *then, first=None):
        self.then = then
        self.first = "0" + json.dumps(OPEN) if first is None else first
        self.asked: list[web.Request] = []
        self.got: list[str] = []
        self.url = ""

    async def __call__(self, request):
        self.asked.append(request)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _say(socket, self.first)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self.got.append(message.data)
            if str(message.data).startswith("40"):
                await socket.send_str('40{"sid":"2"}')
                for frame in self.then:
                    await _say(socket, frame)
        return socket


async def _say(socket, frame):
    if isinstance(frame, bytes):
        await socket.send_bytes(frame)
    else:
        await socket.send_str(frame)


@asynccontextmanager
async def serving(handler):
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def heard_of(wire, number, *, path="/api", **options):
    """Listen until that many events were heard, or fail as the port does."""
    heard: asyncio.Queue = asyncio.Queue()
    async with serving(wire) as url:
        port = ImmichRealtime(SignIn(url + path, access_token=SECRET), **options)
        listening = asyncio.create_task(port.listen(heard.put_nowait))
        found = []
        try:
            while len(found) < number:
                getting = asyncio.create_task(heard.get())
                await asyncio.wait({getting, listening}, return_when=asyncio.FIRST_COMPLETED)
                if listening.done() and not getting.done():
                    getting.cancel()
                    await listening
                found.append(await getting)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    return found


async def failure_of(handler, error=TryLater, **options):
    with pytest.raises(error) as caught:
        await asyncio.wait_for(heard_of(handler, 99, **options), PATIENCE)
    return caught.value


@pytest.mark.parametrize("path", ["/api", "/photos/immich/api"])
async def test_the_path_keeps_its_prefix_and_credentials_are_in_headers_only(path):
    wire = Wire(GREETING)
    await heard_of(wire, 1, path=path)
    (asked,) = wire.asked
    assert asked.path == f"{path}/socket.io/"
    assert set(asked.query) == {"transport", "EIO", "t"}
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    assert asked.headers["User-Agent"].startswith("ImmichTray/")
    assert SECRET not in "".join(wire.got)


async def test_nothing_counts_before_the_greeting():
    wire = Wire(TRASHED, GREETING, TRASHED)
    actions = [heard.action for heard in await heard_of(wire, 2)]
    assert actions == [Action.GREETED, Action.SYNC]


async def test_no_greeting_is_no_connection():
    error = await failure_of(Wire(TRASHED), greeting_seconds=0.3)
    assert "no greeting" in error.reason


async def test_a_refusal_may_come_late():
    error = await failure_of(Wire(GREETING, '42["error","unauthorized"]', "41"), NeedsUser)
    assert error.need is Need.SIGN_IN


async def test_a_key_that_may_not_do_all_is_told_so(tmp_path):
    async with DemoServer(tmp_path / "demo") as server:
        key = server.add_api_key(["asset.upload", "user.read"])
        port = ImmichRealtime(SignIn(f"{server.url}/api", api_key=key))
        with pytest.raises(NeedsUser) as caught:
            await asyncio.wait_for(port.listen(print), PATIENCE)
        assert caught.value.need is Need.PERMISSION
        assert "sync interval" in caught.value.remedy


async def test_a_redirect_takes_no_credentials_along():
    other = Wire(GREETING)
    async with serving(other) as elsewhere:

        async def moved(_request):
            return web.Response(status=308, headers={"Location": f"{elsewhere}/api/socket.io/"})

        error = await failure_of(moved, NeedsUser)
    assert error.need is Need.ADDRESS
    assert other.asked == []


@pytest.mark.parametrize(
    ("status", "kind", "need"),
    [
        (400, TryLater, None),
        (401, NeedsUser, Need.SIGN_IN),
        (403, NeedsUser, Need.PERMISSION),
        (404, TryLater, None),
        (413, TryLater, None),
        (503, TryLater, None),
        (511, CaptivePortal, None),
        (200, TryLater, None),
    ],
)
async def test_answers_other_than_a_socket(status, kind, need):
    async def answer(_request):
        return web.Response(status=status, headers={"Retry-After": "7"})

    error = await failure_of(answer, kind)
    assert getattr(error, "need", None) is need
    if status == 503:
        assert error.after == 7.0


async def test_nobody_there_is_told_as_by_every_other_request():
    async with serving(Wire()) as url:
        pass
    with pytest.raises(TryLater, match="refused the connection"):
        await ImmichRealtime(SignIn(f"{url}/api", access_token="t")).listen(print)


HARMLESS = [
    "4",
    "42",
    "42[",
    "42[]",
    "42[7]",
    "42[null,1]",
    '42["on_upload_success",' + "9" * 5000 + "]",
    '42["disconnect"]',
    '42["connect"]',
    '42["__disconnect_final","/"]',
    '427["on_asset_trash",["1"]]',
    '42/other,["on_asset_trash"]',
    "40/other,",
    '40["no object"]',
    '452-["on_asset_trash",{"_placeholder":true,"num":0}]',
    "461-1[]",
    "43999[]",
    "49",
    "4x",
    '4{"a":1}',
    "4{}",
    "4[1]",
    "bAAAA",
    b"\x00\xff",
    b"",
    "5",
    "6",
    "9",
    '42["on_new_release",' + '{"a":' * 900 + "1" + "}" * 900 + "]",
]


@pytest.mark.parametrize("frame", HARMLESS, ids=range(len(HARMLESS)))
async def test_frames_that_mean_harm_are_nothing(frame, caplog):
    caplog.set_level(logging.DEBUG)
    wire = Wire(GREETING, frame, TRASHED)
    actions = [heard.action for heard in await heard_of(wire, 2)]
    assert actions == [Action.GREETED, Action.SYNC]
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


FATAL = [
    "x",
    "4" + "[" * 200_000,
    "42" + '["on_asset_trash","' + "x" * (module.LARGEST_MESSAGE + 1) + '"]',
    "1",
    "41",
]


@pytest.mark.parametrize("frame", FATAL, ids=range(len(FATAL)))
async def test_frames_that_end_the_connection_are_an_error_that_may_pass(frame, caplog):
    caplog.set_level(logging.DEBUG)
    await failure_of(Wire(GREETING, frame))
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "first",
    [
        "",
        "0",
        "0{}",
        "0[]",
        '0{"sid":1,"upgrades":[],"pingInterval":"x","pingTimeout":1}',
        "4",
        b"0",
    ],
)
async def test_a_handshake_that_makes_no_sense(first):
    await failure_of(Wire(GREETING, first=first), greeting_seconds=0.5)


@pytest.mark.parametrize("interval", [10**18, -5, "25000"])
async def test_a_server_may_not_be_silent_for_years(interval, monkeypatch, both_loops):
    monkeypatch.setattr(module, "LONGEST_SILENCE", 0.2)
    wire = Wire(GREETING, first="0" + json.dumps(OPEN | {"pingInterval": interval}))
    error = await failure_of(wire)
    assert "ended the connection" in error.reason


async def test_a_server_that_falls_silent_is_noticed(tmp_path, both_loops):
    async with DemoServer(tmp_path / "demo", ping_interval=0.2, ping_timeout=0.2) as server:
        greeted = asyncio.Event()
        sign_in = SignIn(f"{server.url}/api", access_token=server.add_session())
        listening = asyncio.create_task(
            ImmichRealtime(sign_in).listen(lambda _heard: greeted.set())
        )
        await asyncio.wait_for(greeted.wait(), PATIENCE)
        server.realtime.silent = True
        with pytest.raises(TryLater):
            await asyncio.wait_for(listening, PATIENCE)


async def test_no_secret_is_ever_logged(caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("aiohttp", "asyncio", "socketio", "engineio", "socketio.client"):
        caplog.set_level(logging.DEBUG, name)
    await heard_of(Wire(GREETING, TRASHED), 2)
    await failure_of(Wire(GREETING, "41"))
    assert SECRET not in caplog.text
    assert "on_asset_trash" not in caplog.text


async def test_certificates_are_judged_as_everywhere_else(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with serving_https(immich(), tls=authority.context(days=-1)) as site:
        with pytest.raises(NeedsUser, match="expired") as caught:
            await ImmichRealtime(SignIn(f"{site.url}/api", access_token="t")).listen(print)
        assert caught.value.need is Need.CERTIFICATE
    with (
        serving_https(immich(), tls=authority.context()) as site,
        pytest.raises(TryLater, match="404"),
    ):
        await ImmichRealtime(SignIn(f"{site.url}/api", access_token="t")).listen(print)


def test_the_library_is_imported_only_when_we_connect():
    program = (
        "import sys, tray_app.adapters.immich.realtime, tray_app.engine.realtime;"
        "print({'socketio', 'engineio', 'aiohttp'} & set(sys.modules))"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert asked.stdout == "set()\n", asked.stderr
