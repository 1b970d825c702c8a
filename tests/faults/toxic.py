"""A TCP proxy on loopback that does to a connection what bad networks do, on order."""

import asyncio
import random
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

PIECE = 16 * 1024
UNDER_WAY = 256  # pieces each way
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER that turns a close into a reset


@dataclass(frozen=True, kw_only=True)
class Toxics:
    """What the network does now; the default is a good one.

    `latency`, `jitter`: seconds each way, order kept. `rate`: bytes a second of each direction.
    `loss`: chance that a piece waits for its retransmission, `retransmission` seconds. `reset`:
    connections break after so many bytes from the client. `hole`: nothing gets through any more,
    and nothing tells. `half_open`: the server's side is closed and the client is not told.
    `closed`: nobody listens.
    """

    latency: float = 0.0
    jitter: float = 0.0
    rate: int = 0
    loss: float = 0.0
    retransmission: float = 0.3
    reset: int | None = None
    hole: bool = False
    half_open: bool = False
    closed: bool = False


class ToxicProxy:
    """Stands before `target`; `set` may be called from any thread and acts on what is under way."""

    def __init__(self, target: str, seed: object) -> None:
        self._target = urlsplit(target)
        self._dice = random.Random(repr(seed))
        self._toxics = Toxics()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._links: set[_Link] = set()
        self.port = 0
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def toxics(self) -> Toxics:
        return self._toxics

    def chance(self, share: float) -> bool:
        return self._dice.random() < share

    def delay(self) -> float:
        now = self._toxics
        lost = now.retransmission if now.loss and self.chance(now.loss) else 0.0
        return now.latency + self._dice.random() * now.jitter + lost

    def set(self, toxics: Toxics) -> None:
        asyncio.run_coroutine_threadsafe(self._set(toxics), self._loop).result(10)

    async def _set(self, toxics: Toxics) -> None:
        was, self._toxics = self._toxics, toxics
        if toxics.closed and self._server:
            self._server.close()
            self._server = None
            for link in tuple(self._links):
                link.reset()
        elif was.closed and not toxics.closed:
            await self._listen()
        if toxics.half_open:
            for link in tuple(self._links):
                link.lose_server()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", self.port, limit=PIECE, reuse_address=True
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        link = _Link(self, reader, writer)
        self._links.add(link)
        try:
            await link.serve(self._target.hostname, self._target.port)
        finally:
            self._links.discard(link)

    def start(self) -> threading.Thread:
        self._loop.run_until_complete(self._listen())
        thread = threading.Thread(target=self._loop.run_forever, name="toxic-proxy")
        thread.start()
        return thread

    def stop(self, thread: threading.Thread) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        thread.join()
        self._loop.close()

    async def _end(self) -> None:
        if self._server:
            self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.05)  # transports close in the next turns of the loop


class _Link:
    """One connection of a client, and ours to the server."""

    def __init__(
        self, proxy: ToxicProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._proxy, self._reader, self._writer = proxy, reader, writer
        self._there: asyncio.StreamWriter | None = None
        self._orphaned = asyncio.Event()
        self._sent = 0

    async def serve(self, host: str | None, port: int | None) -> None:
        try:
            reader, self._there = await asyncio.open_connection(host, port, limit=PIECE)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._carry(self._reader, self._there, counts=True))
                ways.create_task(self._carry(reader, self._writer, counts=False))
        except (OSError, ExceptionGroup):
            if not self._orphaned.is_set():
                self.reset()
        finally:
            try:
                await self._talk_to_nobody()
            finally:
                self._writer.close()
                if self._there:
                    self._there.close()

    async def _talk_to_nobody(self) -> None:
        with suppress(OSError):
            while self._orphaned.is_set() and await self._reader.read(PIECE):
                pass

    def reset(self) -> None:
        for writer in (self._writer, self._there):
            if writer:
                sock: socket.socket = writer.get_extra_info("socket")
                with suppress(OSError):
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                writer.transport.abort()

    def lose_server(self) -> None:
        self._orphaned.set()
        if self._there:
            self._there.transport.abort()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counts: bool
    ) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(UNDER_WAY)
        reading = asyncio.create_task(self._read(reader, pieces, counts=counts))
        clock = asyncio.get_running_loop().time
        try:
            while True:
                due, data = await pieces.get()
                await asyncio.sleep(max(due - clock(), 0))
                while self._proxy.toxics.hole:
                    await asyncio.sleep(0.02)
                if not data:
                    if not self._orphaned.is_set() and writer.can_write_eof():
                        writer.write_eof()
                    return
                writer.write(data)
                await writer.drain()
                if rate := self._proxy.toxics.rate:
                    await asyncio.sleep(len(data) / rate)
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(
        self,
        reader: asyncio.StreamReader,
        pieces: "asyncio.Queue[tuple[float, bytes]]",
        *,
        counts: bool,
    ) -> None:
        clock, last, data = asyncio.get_running_loop().time, 0.0, b"more"
        while data:
            try:
                data = await reader.read(PIECE)
            except ConnectionError:
                data = b""
            if counts:
                self._sent += len(data)
                limit = self._proxy.toxics.reset
                if limit is not None and self._sent > limit:
                    self.reset()
                    data = b""
            last = max(last, clock() + self._proxy.delay())
            await pieces.put((last, data))


@contextmanager
def toxic_proxy(target: str, seed: object = 0) -> Iterator[ToxicProxy]:
    """Serve in a thread of its own."""
    proxy = ToxicProxy(target, seed)
    thread = proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop(thread)
