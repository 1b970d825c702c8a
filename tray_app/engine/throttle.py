"""The bandwidth cap, and the counting of what is sent."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from tray_app.ports import Clock, Content

_PIECE = 16_384
_BURST_SECONDS = 0.1


class Bandwidth:
    """Hands out bytes at a rate shared by all uploads; `rate` 0 means no cap.

    A debt is slept off, so that the average holds whatever the size of the pieces.
    """

    def __init__(self, clock: Clock, rate: int) -> None:
        self._clock = clock
        self.rate = rate
        self._ready_at = clock.monotonic()
        self._turn = asyncio.Lock()

    @property
    def piece(self) -> int | None:
        """The largest number of bytes to send at once; None without a cap."""
        return max(1024, min(_PIECE, self.rate // 8)) if self.rate else None

    async def take(self, count: int) -> None:
        """Wait until `count` bytes may go."""
        if not self.rate:
            return
        async with self._turn:
            now = self._clock.monotonic()
            self._ready_at = max(self._ready_at, now - _BURST_SECONDS) + count / self.rate
            wait = self._ready_at - now
        if wait > 0:
            await self._clock.sleep(wait)


class MeteredContent:
    """Content that respects the cap and reports each piece that was handed over."""

    def __init__(
        self, content: Content, bandwidth: Bandwidth, on_bytes: Callable[[int], None]
    ) -> None:
        self._content = content
        self._bandwidth = bandwidth
        self._on_bytes = on_bytes

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of the content, in smaller pieces under a cap."""
        async with aclosing(self._content.chunks()) as source:
            async for chunk in source:
                step = self._bandwidth.piece or len(chunk)
                for start in range(0, len(chunk), step):
                    piece = chunk[start : start + step]
                    await self._bandwidth.take(len(piece))
                    yield piece
                    self._on_bytes(len(piece))
