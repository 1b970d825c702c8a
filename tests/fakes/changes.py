"""Lines of a change stream as a server writes them, and a server whose stream a test writes."""

import asyncio
import base64
import hashlib
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

COMPLETE = {"type": "SyncCompleteV1", "data": {}, "ack": "SyncCompleteV1|end"}
RESET = {"type": "SyncResetV1", "data": {}, "ack": "SyncResetV1|reset"}
DAY = "2024-05-06T07:08:09.123Z"


def ident(name: str) -> str:
    """Return the same UUID for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def key(name: str) -> bytes:
    return uuid.UUID(ident(name)).bytes


def sha1(name: str) -> bytes:
    return hashlib.sha1(name.encode()).digest()


def line(kind: str, data: dict[str, Any], ack: str = "1") -> dict[str, Any]:
    return {"type": kind, "data": data, "ack": f"{kind}|{ack}"}


def asset(name: str, owner: str = "me", kind: str = "AssetV1", **fields: Any) -> dict[str, Any]:
    data = {
        "id": ident(name),
        "ownerId": ident(owner),
        "originalFileName": f"{name}.jpg",
        "thumbhash": None,
        "checksum": base64.b64encode(sha1(name)).decode(),
        "fileCreatedAt": DAY,
        "fileModifiedAt": DAY,
        "localDateTime": DAY,
        "duration": None,
        "type": "IMAGE",
        "deletedAt": None,
        "isFavorite": False,
        "visibility": "timeline",
        "livePhotoVideoId": None,
        "stackId": None,
        "libraryId": None,
        "width": 4,
        "height": 3,
        "isEdited": False,
        **fields,
    }
    return line(kind, data, name)


def exif(name: str, kind: str = "AssetExifV1", **fields: Any) -> dict[str, Any]:
    return line(kind, {"assetId": ident(name), "description": "", **fields}, name)


def user(name: str, **fields: Any) -> dict[str, Any]:
    data = {
        "id": ident(name),
        "name": name,
        "email": f"{name}@example.org",
        "avatarColor": None,
        "deletedAt": None,
        "hasProfileImage": False,
        "profileChangedAt": DAY,
        **fields,
    }
    return line("UserV1", data, name)


def partner(by: str, with_: str = "me", *, shown: bool = True) -> dict[str, Any]:
    data = {"sharedById": ident(by), "sharedWithId": ident(with_), "inTimeline": shown}
    return line("PartnerV1", data, by)


def album(name: str, owner: str | None = "me") -> dict[str, Any]:
    data = {
        "id": ident(name),
        "name": name,
        "description": "",
        "createdAt": DAY,
        "updatedAt": DAY,
        "thumbnailAssetId": None,
        "isActivityEnabled": True,
        "order": "desc",
    }
    if owner:
        return line("AlbumV1", {**data, "ownerId": ident(owner)}, name)
    return line("AlbumV2", data, name)


def link(album_name: str, asset_name: str, kind: str = "AlbumToAssetV1") -> dict[str, Any]:
    return line(kind, {"albumId": ident(album_name), "assetId": ident(asset_name)}, asset_name)


def written(*lines: dict[str, Any] | bytes) -> bytes:
    """Return lines as they travel."""
    return b"".join(
        one if isinstance(one, bytes) else json.dumps(one, separators=(",", ":")).encode() + b"\n"
        for one in lines
    )


class Stream:
    """The answer to one request for the stream, in chunks."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    async def begin(self, kind: str = "application/jsonlines+json", **headers: str) -> None:
        extra = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}Transfer-Encoding: chunked\r\n"
        self._writer.write(head.encode() + b"\r\n")
        await self._writer.drain()

    async def send(self, data: bytes) -> None:
        self._writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await self._writer.drain()

    async def end(self) -> None:
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    async def silence(self) -> None:
        """Say nothing until the client goes."""
        await asyncio.Event().wait()


Script = Callable[[Stream], Awaitable[None]]


class Server:
    """Answers each request for the stream by the next script; keeps what was asked and acked."""

    def __init__(self) -> None:
        self.scripts: list[Script] = []
        self.asked: list[dict[str, Any]] = []
        self.acks: list[str] = []
        self.version = (2, 7, 5)
        self.ack_status = 204
        self.url = ""

    def streams(self, *lines: dict[str, Any] | bytes, whole: bool = True) -> None:
        """Let the next stream be these lines; not `whole`: it ends without the last line."""

        async def script(stream: Stream) -> None:
            await stream.begin()
            for one in (*lines, COMPLETE) if whole else lines:
                await stream.send(written(one))
            await stream.end()

        self.scripts.append(script)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head.decode(), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        lengths = [
            row.split(":")[1] for row in head.split("\r\n") if "content-length" in row.lower()
        ]
        body = await reader.readexactly(int(lengths[0])) if lengths else b""
        path = head.split(" ")[1]
        if path == "/api/sync/stream":
            self.asked.append(json.loads(body))
            await self.scripts.pop(0)(Stream(writer))
        elif path == "/api/sync/ack":
            if self.ack_status == 204:
                self.acks += json.loads(body)["acks"]
            writer.write(f"HTTP/1.1 {self.ack_status} X\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            answer = json.dumps(dict(zip(("major", "minor", "patch"), self.version, strict=True)))
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(answer), answer.encode())
            )
        await writer.drain()


@asynccontextmanager
async def change_server() -> AsyncIterator[Server]:
    """Serve on loopback, in this loop; ends streams that are still open."""
    server = Server()
    open_ones: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(server.answer(reader, writer))
        open_ones.add(task)
        task.add_done_callback(open_ones.discard)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/api"
    try:
        yield server
    finally:
        listener.close()
        for task in list(open_ones):
            task.cancel()
        await asyncio.gather(*open_ones, return_exceptions=True)
        await listener.wait_closed()
