"""What our client sends, held against the published specifications (issue 2, point 2)."""

import email.parser
import email.policy
import hashlib
import json

import httpx
import pytest

from tests.openapi import needs_spec, spec
from tray_app.adapters.immich import http
from tray_app.adapters.immich.client import ImmichServer
from tray_app.core import server as core_permissions
from tray_app.core.server import SignIn, Upload
from tray_app.demo.server import DemoServer

# 2.x demands what 3.x ignores; one set of fields serves both (protocol 3.1).
DEVICE_FIELDS = {"deviceAssetId", "deviceId"}
BODY = b"\xff\xd8 no real photo"


class Recorder(httpx.AsyncHTTPTransport):
    """Sends for real and keeps each request with its body."""

    def __init__(self):
        super().__init__()
        self.sent = []

    async def handle_async_request(self, request):
        body = await request.aread()
        self.sent.append((request, body))
        again = httpx.Request(request.method, request.url, headers=request.headers, content=body)
        return await super().handle_async_request(again)


class Bytes:
    async def chunks(self):
        yield BODY


def parts(request, body):
    """Take a multipart body apart with an independent parser."""
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    fields, files = {}, {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if part.get_filename() is None:
            fields[name] = part.get_payload(decode=True).decode()
        else:
            files[name] = part.get_payload(decode=True)
    return fields, files


@pytest.fixture(params=["2.7.5", "3.0.3"])
def version(request):
    return request.param


@needs_spec
async def test_every_request_is_what_the_specification_says(version, tmp_path, monkeypatch):
    published, recorder = spec(version), Recorder()
    real = httpx.AsyncClient
    monkeypatch.setattr(
        http.httpx, "AsyncClient", lambda **options: real(**options, transport=recorder)
    )
    with DemoServer(tmp_path, version=version) as demo:
        permissions = core_permissions.BACKUP_PERMISSIONS | core_permissions.ALBUM_PERMISSIONS
        sign_in = SignIn.with_key(f"{demo.url}/api", demo.add_api_key(permissions))
        async with http.connected(sign_in) as connection:
            await _use_everything(ImmichServer(connection, uses_key=True))
    checked = {_check(published, request, body) for request, body in recorder.sent}
    assert checked >= {
        ("POST", "/api/assets"),
        ("POST", "/api/assets/bulk-upload-check"),
        ("POST", "/api/albums"),
        ("PUT", "/api/albums/{id}/assets"),
        ("GET", "/api/albums"),
        ("GET", "/api/users/me"),
        ("GET", "/api/api-keys/me"),
        ("GET", "/api/server/version"),
        ("GET", "/api/server/config"),
        ("GET", "/api/server/media-types"),
        ("GET", "/api/server/ping"),
    }


async def _use_everything(server):
    await server.version()
    await server.health()
    await server.media_types()
    await server.me()
    await server.permissions()
    sha1 = hashlib.sha1(BODY, usedforsecurity=False).digest()
    await server.check([sha1])
    upload = Upload(
        file_name='a "b"\nü 🏖.jpg',
        size=len(BODY),
        sha1=sha1,
        created_at="2024-05-06T07:08:09.123Z",
        modified_at="2024-05-06T07:08:09.123Z",
        device_asset_id="x-1",
        sidecar=b"<x/>",
        hidden=True,
    )
    answer = await server.upload(upload, Bytes())
    await server.albums()
    album = await server.create_album("Sommer")
    assert await server.add_to_album(album.remote_id, [answer.remote_id]) == [True]


def _check(published, request, body):
    path = request.url.path
    known = "/api/albums/{id}/assets" if path.endswith("/assets") and "albums" in path else path
    published.operation(request.method, path)  # the route exists in this version
    if path == "/api/assets":
        fields, files = parts(request, body)
        assert files == {"sidecarData": b"<x/>", "assetData": BODY}
        assert fields["filename"].encode() == 'a "b"\nü 🏖.jpg'.encode()
        published.check_multipart("POST", path, fields, list(files), allow=DEVICE_FIELDS)
    elif body:
        published.check_json(request.method, path, json.loads(body))
    return request.method, known
