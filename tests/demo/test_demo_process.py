"""Start, stop and restart: in this process, in another, and from the same folder."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from importlib import resources

import aiohttp
import httpx
import pytest

from tests.demo import raw
from tests.demo.rig import FIELDS, Client, sha1, wait_for
from tray_app.demo.faults import ServerError, SlowAnswer
from tray_app.demo.options import DEMO_EMAIL
from tray_app.demo.process import DemoFailedError, serve_in_process
from tray_app.demo.server import DemoServer
from tray_app.demo.stream_faults import HangingStream


def test_state_survives_a_restart(tmp_path, version):
    with DemoServer(tmp_path, version=version) as first:
        key, token = first.add_api_key(), first.add_session()
        user = first.user().id
        with Client(first, version, headers={"x-api-key": key}) as client:
            asset = client.upload(data=b"kept").json()["id"]
    with DemoServer(tmp_path, version=version) as second:
        assert second.user().id == user
        with Client(second, version, headers={"x-api-key": key}) as client:
            assert client.get(f"/api/assets/{asset}/original").content == b"kept"
            assert client.upload(data=b"kept").status_code == 200
        with Client(second, version, headers={"x-immich-user-token": token}) as client:
            assert client.get("/api/users/me").status_code == 200


def test_a_folder_of_an_older_demo_server_goes_on(tmp_path):
    moment = "2024-01-01T00:00:00.000Z"
    before = sqlite3.connect(tmp_path / "demo.db")
    # schema.sql is what the older server had; the columns of the stream came later.
    before.executescript(resources.files("tray_app.demo").joinpath("schema.sql").read_text())
    user = ("u", DEMO_EMAIL, "Demo", "x", 0, None, 5, moment, moment)
    before.execute("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", user)
    asset = ("a", "u", b"1" * 20, 5, "a.jpg", "IMAGE", "timeline", 0, None, None)
    asset += (moment,) * 4 + (None, "d", "e", "[]", None, None)
    before.execute("INSERT INTO asset VALUES (?" + ", ?" * 19 + ")", asset)
    before.execute(
        "INSERT INTO album VALUES ('b', 'u', 'B', '', NULL, 1, 'asc', ?, ?)", (moment,) * 2
    )
    before.execute("INSERT INTO album_asset VALUES ('b', 'a')")
    before.commit()
    before.close()
    for _ in range(2):
        with DemoServer(tmp_path) as server:
            headers = {"authorization": f"Bearer {server.add_session()}"}
            with Client(server, "2.7.5", headers=headers) as client:
                client._spec = None
                lines = client.lines("AssetsV2", "AlbumsV2", "AlbumToAssetsV1", "AssetExifsV1")
        kinds = [line["type"] for line in lines[:-1]]
        assert kinds == ["AssetV2", "AlbumV2", "AlbumToAssetV1", "AssetExifV1"]
        assert all(re.fullmatch(r"\w+\|[0-9a-f-]{36}", line["ack"]) for line in lines)


def test_stop_is_fast_with_a_websocket_and_a_hanging_stream(tmp_path):
    async def stopped():
        server = DemoServer(tmp_path).start()
        headers = {"authorization": f"Bearer {server.add_session()}"}
        server.faults.add(HangingStream())
        address = f"{server.url}/api/socket.io/?EIO=4&transport=websocket"
        async with aiohttp.ClientSession(headers=headers) as session:
            socket = await session.ws_connect(address)
            stream = await session.post(f"{server.url}/api/sync/stream", json={"types": []})
            assert (await socket.receive_str()).startswith("0{")
            assert stream.status == 200
            began = time.monotonic()
            await asyncio.to_thread(server.stop)
            took = time.monotonic() - began
            stream.close()
            await socket.close()
            return took

    assert asyncio.run(stopped()) < 5


async def _ask(folder):
    async with DemoServer(folder) as server, httpx.AsyncClient() as client:
        return (await client.get(f"{server.url}/api/server/ping")).json()


def test_async_with(tmp_path):
    assert asyncio.run(_ask(tmp_path)) == {"res": "pong"}


def test_stop_is_fast_with_connections_open_and_requests_running(tmp_path):
    server = DemoServer(tmp_path).start()
    key = server.add_api_key()
    idle, half, slow = (raw.connect(server.url) for _ in range(3))
    try:
        idle.sendall(b"GET /api/server/ping HTTP/1.1\r\nHost: demo\r\n\r\n")
        assert b"pong" in raw.read_answer(idle)
        half.sendall(raw.head(key, 1_000_000) + raw.fields() + raw.file(b'filename="a.jpg"', b"x"))
        server.faults.add(SlowAnswer(seconds=60, path="/api/server"))
        slow.sendall(b"GET /api/server/ping HTTP/1.1\r\nHost: demo\r\n\r\n")
        wait_for(lambda: any(entry.used for entry in server.faults.active()))
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 1
    finally:
        for connection in (idle, half, slow):
            connection.close()


def test_idle_connections_close_after_5_seconds(tmp_path):
    with DemoServer(tmp_path) as server, raw.connect(server.url) as connection:
        connection.sendall(b"GET /api/server/ping HTTP/1.1\r\nHost: demo\r\n\r\n")
        raw.read_answer(connection)
        began = time.monotonic()
        assert connection.recv(1) == b""
        assert 4 < time.monotonic() - began < 7


def test_it_listens_on_loopback_only(server):
    assert server.url == f"http://127.0.0.1:{server.port}"


def test_two_servers_cannot_share_a_port(server, tmp_path):
    with pytest.raises(OSError, match="in use"):
        DemoServer(tmp_path / "other", port=server.port)


def test_a_server_in_its_own_process(tmp_path, version):
    with serve_in_process(tmp_path, version=version) as demo:
        headers = {"x-api-key": demo.add_api_key()}
        number = demo.faults.add(ServerError(times=1))
        with httpx.Client(base_url=demo.url, headers=headers) as client:
            assert client.get("/api/users/me").status_code == 500
            assert demo.faults.used(number) == 1
            demo.faults.clear()
            files = {"assetData": ("a.jpg", b"1")}
            assert client.post("/api/assets", data=FIELDS, files=files).status_code == 201
            assert [asset.checksum for asset in demo.assets()] == [sha1(b"1")]
            assert demo.log.count("POST", "/api/assets") == 1
            assert demo.log.received > 500
            began = time.monotonic()
            assert demo.stop() == 0
            assert time.monotonic() - began < 1


def test_a_failed_start_is_told(tmp_path, server, capfd):
    with pytest.raises(DemoFailedError, match="status 1"):
        serve_in_process(tmp_path / "other", port=server.port)
    assert f"port {server.port}" in capfd.readouterr().err


def test_ready_file_and_sigterm(tmp_path):
    ready = tmp_path / "ready.json"
    command = [sys.executable, "-m", "tray_app.demo", "--folder", str(tmp_path / "demo")]
    command += ["--version", "2.7.5", "--ready-file", str(ready)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        line = process.stdout.readline()
        assert json.loads(line) == json.loads(ready.read_text())
        assert json.loads(line)["pid"] == process.pid
        assert httpx.get(f"{json.loads(line)['url']}/api/server/version").json()["major"] == 2
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(5) == 0
        assert process.stderr.read() == b""


def test_it_ends_with_its_parent(tmp_path):
    with serve_in_process(tmp_path) as demo:
        demo.process.stdin.close()
        assert demo.process.wait(5) == 0


def test_the_orders_reach_another_process(tmp_path, version):
    with serve_in_process(tmp_path, version=version) as server:
        headers = {"authorization": f"Bearer {server.add_session()}"}
        with Client(server, version, headers=headers) as client:
            assert client.synced("UsersV1")
            server.fill(3)
            server.emit("on_config_update", email=None)
            assert client.get("/api/assets/statistics").json()["images"] == 3
            server.advance(timedelta(days=31))
            assert [line["type"] for line in client.lines("UsersV1")] == ["SyncResetV1"]
        server.drop_sockets()
        assert server.control.post("fill", number=2) == {"filled": 2}
        assert server.control.post("sockets")["connected"] == 0
