"""A server of REST resources for an API key, whose answers a test replaces."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.fakes.changes import DAY, ident, sha1

MONTH = "2024-05-01"
LISTS = ("/partners", "/stacks", "/albums")


class Site:
    """Photos of `me` in one month; `answers` and `statuses` replace what a path says."""

    def __init__(self) -> None:
        self.assets: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, bytes] = {}
        self.statuses: dict[str, int] = {}
        self.encoding = ""
        self.tags = True
        self.endless = False
        self.url = ""

    def add(self, name: str) -> None:
        self.assets[name] = {
            "id": ident(name),
            "ownerId": ident("me"),
            "originalFileName": f"{name}.jpg",
            "checksum": base64.b64encode(sha1(name)).decode(),
            "type": "IMAGE",
            "visibility": "timeline",
            "isFavorite": False,
            "isTrashed": False,
            "updatedAt": DAY,
            "localDateTime": DAY,
            "fileCreatedAt": DAY,
            "fileModifiedAt": DAY,
            "duration": "0:00:00.00000",
            "thumbhash": None,
            "exifInfo": {"fileSizeInByte": 5, "description": ""},
        }

    def month(self) -> dict[str, list[Any]]:
        columns = ("id", "ownerId", "visibility", "isFavorite", "isTrashed", "fileCreatedAt")
        told = {name: [one[name] for one in self.assets.values()] for name in columns}
        nothing = [None] * len(self.assets)
        return told | dict.fromkeys(("thumbhash", "livePhotoVideoId", "city", "country"), nothing)

    def answer(self, path: str) -> bytes:
        if path in self.answers:
            return self.answers[path]
        return json.dumps(self._told(path)).encode()

    def _told(self, path: str) -> object:
        fixed: dict[str, object] = {
            "/server/version": {"major": 3, "minor": 0, "patch": 3, "prerelease": None},
            "/api-keys/me": {"permissions": ["all"]},
            "/users": [{"id": ident("me"), "name": "me", "email": "me@example.org"}],
        }
        if path in fixed:
            return fixed[path]
        if path.startswith("/timeline/"):
            return self._timeline(path)
        items = list(self.assets.values())
        if path == "/search/metadata":
            return {"assets": {"items": items, "nextPage": "2" if self.endless else None}}
        if path.startswith("/assets/"):
            return next(one for one in items if path.endswith(one["id"]))
        return [] if path.startswith(LISTS) else {}

    def _timeline(self, path: str) -> object:
        if not path.startswith("/timeline/buckets"):
            return self.month()
        live = path.endswith("visibility=timeline")
        return [{"timeBucket": MONTH, "count": len(self.assets)}] if live else []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                await self._serve(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _serve(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        lines = [line.partition(": ") for line in head.split("\r\n")[1:]]
        headers = {name.lower(): value for name, _, value in lines}
        await reader.readexactly(int(headers.get("content-length", "0")))
        path = head.split(" ")[1].removeprefix("/api")
        body = self.answer(path)
        tag = f'"{hashlib.sha1(body).hexdigest()}"'
        known = self.tags and headers.get("if-none-match") == tag
        status = self.statuses.get(path) or (304 if known else 200)
        said = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        said += f"ETag: {tag}\r\n" if self.tags else ""
        if status == 304:
            body = b""
        elif self.encoding and path in self.answers:
            said += f"Content-Encoding: {self.encoding}\r\n"
        said += f"Content-Length: {len(body)}\r\n" if status != 304 else ""
        writer.write(said.encode() + b"\r\n" + body)
        await writer.drain()


@asynccontextmanager
async def resource_site() -> AsyncIterator[Site]:
    """Serve on loopback, in this loop."""
    site = Site()
    open_ones: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(site.serve(reader, writer))
        open_ones.add(task)
        task.add_done_callback(open_ones.discard)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    site.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/api"
    try:
        yield site
    finally:
        listener.close()
        for task in list(open_ones):
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        await listener.wait_closed()
