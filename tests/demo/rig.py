"""The client and the small helpers that the demo server's tests share."""

import hashlib
import time
from typing import Any

import httpx

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


def sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def leftovers(server) -> list[str]:
    return [path.name for path in (server.options.folder / "incoming").iterdir()]


def wait_for(condition) -> None:
    """Wait for what happens in the server's thread and has no event to await."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.005)
