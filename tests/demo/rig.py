"""The client and the small helpers that the demo server's tests share."""

import hashlib
import json
import time
from collections.abc import Iterable
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
        kind = response.headers.get("content-type", "")
        if self._spec and "jsonlines" in kind and response.status_code == 200:
            for line in response.iter_lines():
                self._spec.check_line(json.loads(line))
            return response
        json_type = "json" in kind
        path = response.request.url.path
        known = path.startswith("/api/") and response.status_code < 300
        if self._spec and known and (json_type or not response.content):
            body = response.json() if response.content else None
            self._spec.check_answer(method, path, response.status_code, body)
        return response

    def lines(self, *types: str, **body: Any) -> list[dict[str, Any]]:
        """Return the lines of one whole stream."""
        answer = self.post("/api/sync/stream", json={"types": types, **body})
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    def ack(self, lines: Iterable[dict[str, Any]]) -> None:
        """Acknowledge the last line of each type, as a client does."""
        latest = {line["ack"].partition("|")[0]: line["ack"] for line in lines}
        answer = self.post("/api/sync/ack", json={"acks": list(latest.values())})
        assert answer.status_code == 204, answer.text

    def synced(self, *types: str) -> list[dict[str, Any]]:
        """Return the lines of one whole stream without its end, and acknowledge them all."""
        lines = self.lines(*types)
        assert lines[-1]["type"] == "SyncCompleteV1"
        self.ack(lines)
        return lines[:-1]

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
