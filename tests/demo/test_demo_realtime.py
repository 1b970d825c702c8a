"""Socket.IO: the handshake, who is told what, and sockets that misbehave."""

import asyncio
import contextlib
import json

import aiohttp
import httpx
import pytest
import socketio

from tests.demo.rig import Client
from tests.openapi import spec

QUERY = "?EIO=4&transport=websocket"
CONNECTED = "on_server_version"


class Socket:
    """One client, frame by frame."""

    def __init__(self, server, headers=None, query=QUERY, path="/api/socket.io/"):
        self._runner = asyncio.Runner()
        try:
            self._runner.run(self._open(server.url + path + query, headers))
        except aiohttp.ClientError:
            self._runner.close()
            raise

    async def _open(self, url, headers):
        self._session = aiohttp.ClientSession()
        try:
            self._socket = await self._session.ws_connect(url, headers=headers)
        except aiohttp.ClientError:
            await self._session.close()
            raise

    def frame(self):
        return self._runner.run(asyncio.wait_for(self._socket.receive_str(), 10))

    def send(self, frame):
        self._runner.run(self._socket.send_str(frame))

    def join(self):
        opening = json.loads(self.frame()[1:])
        self.send("40")
        assert self.frame().startswith("40{")
        return opening

    def event(self):
        frame = self.frame()
        while frame == "2":
            self.send("3")
            frame = self.frame()
        assert frame.startswith("42"), frame
        return json.loads(frame[2:])

    def until(self, name):
        while (found := self.event())[0] != name:
            pass
        return found[1:]

    def close(self):
        self._runner.run(self._session.close())
        self._runner.close()


@pytest.fixture
def connect(server):
    opened = []

    def joined(headers=None, **options):
        headers = headers or {"Authorization": f"Bearer {server.add_session()}"}
        opened.append(Socket(server, headers, **options))
        opened[-1].join()
        return opened[-1]

    yield joined
    for socket in opened:
        socket.close()


@pytest.fixture
def socket(connect):
    found = connect()
    found.until(CONNECTED)
    return found


def test_the_handshake(server, version):
    socket = Socket(server, {"x-api-key": server.add_api_key()})
    opening = socket.join()
    assert (opening["pingInterval"], opening["pingTimeout"]) == (25000, 20000)
    assert opening["upgrades"] == []
    name, told = socket.event()
    assert name == CONNECTED
    assert f"{told['major']}.{told['minor']}.{told['patch']}" == version
    assert ("raw" in told) == (version == "2.7.5")
    socket.close()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nonsense"},
        {"x-api-key": "nonsense"},
    ],
)
def test_bad_credentials_are_connected_first_and_refused_then(server, headers):
    socket = Socket(server, headers)
    socket.join()
    assert socket.frame() == '42["error","unauthorized"]'
    assert socket.frame() == "41"
    socket.close()


def test_a_key_needs_everything_and_a_query_counts_for_nothing(server):
    small = server.add_api_key(["asset.upload"])
    for headers, query in (
        ({"x-api-key": small}, QUERY),
        ({}, f"{QUERY}&apiKey={server.add_api_key()}"),
        ({}, f"{QUERY}&sessionKey={server.add_session()}"),
    ):
        socket = Socket(server, headers, query)
        socket.join()
        assert socket.event() == ["error", "unauthorized"]
        socket.close()


def test_polling_is_refused(server):
    answer = httpx.get(f"{server.url}/api/socket.io/?EIO=4&transport=polling")
    assert answer.status_code == 400
    assert answer.json() == {"code": 0, "message": "Transport unknown"}


def test_without_the_trailing_slash_there_is_nobody(server):
    with pytest.raises(aiohttp.WSServerHandshakeError):
        Socket(server, path="/api/socket.io")


def test_an_upload_is_told_with_all_that_the_stream_would_say(socket, client, version):
    made = client.upload().json()["id"]
    (asset,) = socket.until("on_upload_success")
    assert asset == client.get(f"/api/assets/{made}").json()
    name, ready = socket.event()
    assert name == ("AssetUploadReadyV2" if version == "3.0.3" else "AssetUploadReadyV1")
    if specification := spec(version):
        generation = name[-2:]
        for kind, data in ((f"Asset{generation}", ready["asset"]), ("AssetExifV1", ready["exif"])):
            specification.check_line({"type": kind, "data": data, "ack": ""})
    assert ready["asset"]["id"] == ready["exif"]["assetId"] == made


def test_hidden_videos_are_not_told_but_being_hidden_is(socket, client):
    video = client.upload("a.mov", b"v").json()["id"]
    client.upload("b.mov", b"w", visibility="hidden")
    client.upload("a.heic", b"p", livePhotoVideoId=video)
    assert socket.until("on_upload_success")[0]["originalFileName"] == "a.mov"
    assert socket.until("on_asset_hidden") == [video]
    assert socket.until("on_upload_success")[0]["originalFileName"] == "a.heic"


def test_trash_restore_and_delete(socket, client):
    ids = [client.upload(data=bytes([n])).json()["id"] for n in range(2)]
    client.request("DELETE", "/api/assets", json={"ids": ids})
    assert socket.until("on_asset_trash") == [ids]
    client.post("/api/trash/restore/assets", json={"ids": ids[:1]})
    assert socket.until("on_asset_restore") == [ids[:1]]
    client.request("DELETE", "/api/assets", json={"ids": ids, "force": True})
    assert {socket.until("on_asset_delete")[0] for _ in ids} == set(ids)


def test_events_stay_with_their_user(connect, server, client):
    friend = server.add_user("friend@example.org")
    other = connect({"x-api-key": server.add_api_key(email=friend.email)})
    other.until(CONNECTED)
    client.upload()
    server.emit("on_asset_stack_update", email=friend.email)
    assert other.event() == ["on_asset_stack_update"]


def test_a_logout_is_told_to_its_session_only(connect, server, version):
    token = server.add_session()
    headers = {"Authorization": f"Bearer {token}"}
    leaving, staying = connect(headers), connect()
    with Client(server, version, headers=headers) as client:
        (own,) = [item for item in client.get("/api/sessions").json() if item["current"]]
        client.post("/api/auth/logout")
    assert leaving.until("on_session_delete") == [own["id"]]
    server.emit("on_user_delete", "x", email=None)
    names = [staying.event()[0] for _ in range(2)]
    assert "on_session_delete" not in names


def test_controls_from_another_process(socket, server):
    def control(path, **body):
        return httpx.post(f"{server.url}/demo/{path}", json=body)

    control("events", event="on_config_update")
    assert socket.event() == ["on_config_update"]
    control("events", event="on_asset_trash", arguments=[["1", "2"]], user="demo@example.org")
    assert socket.event() == ["on_asset_trash", ["1", "2"]]
    assert control("sockets", silent=True).json()["connected"] == 1
    server.emit("on_user_delete", "unheard")
    control("sockets", silent=False)
    server.emit("on_user_delete", "heard")
    assert socket.event() == ["on_user_delete", "heard"]
    assert control("sockets", drop=True, refusing=True).json()["connected"] == 0
    assert socket.frame() == "41"
    with pytest.raises(aiohttp.WSServerHandshakeError):
        Socket(server)
    assert control("events", nonsense=1).status_code == 400


def test_a_real_client_hears_it(server, client):
    async def listen():
        heard = asyncio.get_running_loop().create_future()
        async with contextlib.AsyncExitStack() as stack:
            sockets = socketio.AsyncClient()
            sockets.on(CONNECTED, heard.set_result)
            await sockets.connect(
                server.url,
                headers={"x-api-key": server.add_api_key()},
                transports=["websocket"],
                socketio_path="api/socket.io",
            )
            stack.push_async_callback(sockets.disconnect)
            return await asyncio.wait_for(heard, 10)

    assert asyncio.run(listen())["major"] == server.options.version.major
