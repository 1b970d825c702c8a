"""A streamed answer cut into blocks of whole lines, in bounded memory whatever comes."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import NamedTuple, cast

import httpx

from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase

_INFLATED = 262_144


class Limits(NamedTuple):
    """Where a stream stops being one of Immich's; bytes, lines and seconds.

    `silence`: the longest wait for the next whole line.
    """

    line: int = 4 << 20
    block: int = 512 << 10
    lines: int = 50_000_000
    silence: float = 60.0


USUAL = Limits()


class TooLongError(Exception):
    """A line went on beyond the limit."""


async def blocks_of(
    response: httpx.Response, host: str, limits: Limits
) -> AsyncGenerator[bytes, None]:
    """Yield blocks of whole lines, and what is whole before a break passes on.

    Raises TimeoutError, TooLongError, TryLater and what httpx raises.
    """
    loop = asyncio.get_running_loop()
    lines = _Lines(limits, loop.time())
    trouble: Exception | None = None
    async with aclosing(unpacked(response, host)) as pieces:
        try:
            async for piece in pieces:
                lines.add(piece, loop.time())
                if lines.enough:
                    yield lines.take()
                    lines.last = loop.time()
        except (TimeoutError, httpx.RequestError) as exc:
            trouble = exc
    if block := lines.take():
        yield block
    if trouble:
        raise trouble
    if last := lines.rest.strip():
        yield bytes(last)


class _Lines:
    """Collects pieces; `last` is when a line was complete."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self.rest = bytearray()
        self.last = now
        self.enough = False

    def add(self, piece: bytes, now: float) -> None:
        """Append; raises TooLongError, or TimeoutError where no line comes to its end."""
        self.rest += piece
        if b"\n" in piece:
            self.last = now
            self.enough = len(self.rest) >= self._limits.block
        elif len(self.rest) > self._limits.line + self._limits.block:
            raise TooLongError
        elif now - self.last > self._limits.silence:
            raise TimeoutError

    def take(self) -> bytes:
        """Take the whole lines off; raises TooLongError for what is left."""
        end = self.rest.rfind(b"\n") + 1
        block = bytes(self.rest[:end])
        del self.rest[:end]
        self.enough = False
        if len(self.rest) > self._limits.line:
            raise TooLongError
        return block


async def unpacked(response: httpx.Response, host: str) -> AsyncGenerator[bytes, None]:
    """Yield the bytes of an answer, unpacked in steps that stay small."""
    encoding = response.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise TryLater(
            phrase(
                "{host} sends an answer compressed as {encoding}, which nobody asked for.",
                host=host,
                encoding=repr(encoding),
            )
        )
    # As it comes: httpx would lose what it collects for larger pieces when the answer breaks off.
    answer = cast("AsyncGenerator[bytes, None]", response.aiter_raw())
    async with aclosing(answer) as raw:
        try:
            async for piece in raw if encoding == "identity" else _gunzipped(raw, host):
                yield piece
        finally:
            # First the connection, then its generators: they await while they are thrown away,
            # which asyncio forgives and Qt's loop does not.
            await response.aclose()


async def _gunzipped(raw: AsyncIterator[bytes], host: str) -> AsyncGenerator[bytes, None]:
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    async for piece in raw:
        if unpacker.eof:  # what follows would be kept for us, without a bound
            return
        for part in _inflated(unpacker, piece, host):
            yield part


def _inflated(unpacker: "zlib._Decompress", piece: bytes, host: str) -> Iterator[bytes]:
    """Unpack in steps of bounded size: a few bytes can stand for gigabytes."""
    while piece:
        try:
            part = unpacker.decompress(piece, _INFLATED)
        except zlib.error as exc:
            raise TryLater(
                phrase("{host} sent an answer whose compression is damaged.", host=host)
            ) from exc
        piece = unpacker.unconsumed_tail
        if part:
            yield part
