"""A demo server per test, in both versions, and a client that checks every answer it gets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.openapi import spec
from tray_app.demo.server import DemoServer

FIELDS = {
    "deviceAssetId": "a-1",
    "deviceId": "test",
    "fileCreatedAt": "2024-05-06T07:08:09.123Z",
    "fileModifiedAt": "2024-05-06T07:08:10.000Z",
    "isFavorite": "false",
}


class Client(httpx.Client):
    """An HTTP client whose successful JSON answers are held against the specification."""

    def __init__(self, server: DemoServer, version: str, **options: Any) -> None:
        super().__init__(base_url=server.url, timeout=10, **options)
        self._spec = spec(version)

    def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        response = super().request(method, url, **options)
        json_type = "json" in response.headers.get("content-type", "")
        path = response.request.url.path
        known = path.startswith("/api/") and response.status_code < 300
        if self._spec and known and (json_type or not response.content):
            body = response.json() if response.content else None
            self._spec.check_answer(method, path, response.status_code, body)
        return response

    def upload(
        self,
        name: str = "a.jpg",
        data: bytes = b"photo",
        fields: dict[str, str] | None = None,
        *,
        files: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        **extra: str,
    ) -> httpx.Response:
        texts = (FIELDS if fields is None else fields) | extra
        parts = {"assetData": (name, data)} | (files or {})
        return self.post("/api/assets", data=texts, files=parts, headers=headers)


@pytest.fixture(params=["2.7.5", "3.0.3"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(tmp_path: Path, version: str) -> Iterator[DemoServer]:
    with DemoServer(tmp_path / "demo", version=version) as running:
        yield running


@pytest.fixture
def anonymous(server: DemoServer, version: str) -> Iterator[Client]:
    with Client(server, version) as client:
        yield client


@pytest.fixture
def client(server: DemoServer, version: str) -> Iterator[Client]:
    with Client(server, version, headers={"x-api-key": server.add_api_key()}) as client:
        yield client


@pytest.fixture
def signed_in(server: DemoServer, version: str) -> Iterator[Client]:
    token = server.add_session()
    with Client(server, version, headers={"authorization": f"Bearer {token}"}) as client:
        yield client
