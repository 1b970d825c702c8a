"""A TCP proxy on loopback that makes the way to a server longer, and nothing else."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 256 * 1024
UNDER_WAY = 64  # pieces each way: many times what 50 ms hold


class LatencyProxy:
    """Passes bytes on, each way half of `round_trip` seconds late, however many there are."""

    def __init__(self, target: str, round_trip: float) -> None:
        self._target = urlsplit(target)
        self._delay = round_trip / 2
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> asyncio.Server:
        """Listen on a free port of loopback."""
        return await asyncio.start_server(self._accept, "127.0.0.1", limit=PIECE)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection(self._target.hostname, self._target.port, limit=PIECE)
        with suppress(ConnectionError):
            await asyncio.gather(self._late(reader, there[1]), self._late(there[0], writer))

    async def _late(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(UNDER_WAY)

        async def read() -> None:
            data = b"more"
            while data:
                data = await reader.read(PIECE)
                await pieces.put((clock() + self._delay, data))

        reading = asyncio.create_task(read())
        try:
            while True:
                due, data = await pieces.get()
                await asyncio.sleep(due - clock())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
        finally:
            reading.cancel()
            writer.close()


@contextmanager
def latency(target: str, round_trip: float = 0.05) -> Iterator[str]:
    """Serve in a thread of its own; gives the address to use instead of `target`."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(LatencyProxy(target, round_trip).serve())
    thread = threading.Thread(target=loop.run_forever, name="latency-proxy")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
