"""A whole answer in bounded memory and time, whatever a server sends.

httpx itself would unpack a few bytes into gigabytes, and read for as long as something comes.
"""

import asyncio
from contextlib import aclosing

import httpx

from tray_app.adapters.immich.blocks import unpacked
from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase

LARGEST = 64 << 20
"""Bytes, unpacked: a month of many thousand photos is a tenth of this."""

LARGEST_REFUSAL = 64 << 10
"""Bytes of a refusal that are read; what it says is short, and the rest is not looked at."""

SECONDS = 300.0
"""How long the body of an answer may take, once its headers are here."""

_OF_THE_BODY = frozenset({"content-length", "content-encoding", "transfer-encoding"})


async def whole(response: httpx.Response, host: str, largest: int = LARGEST) -> httpx.Response:
    """Read an answer that is still to be read, and close it.

    Raises TryLater for one that is larger than `largest`, takes too long or is packed wrongly, and
    what httpx raises. Of a refusal only the beginning is given.
    """
    refusal = not response.is_success
    limit = LARGEST_REFUSAL if refusal else largest
    try:
        async with asyncio.timeout(SECONDS):
            content = await _content(response, host, limit)
    except TimeoutError as exc:
        raise TryLater(phrase("{host} takes too long over an answer.", host=host)) from exc
    except TryLater:
        if not refusal:
            raise
        content = b""
    if len(content) > limit and not refusal:
        raise TryLater(
            phrase("{host} sent an answer of more than {limit} MiB.", host=host, limit=limit >> 20)
        )
    headers = {k: v for k, v in response.headers.items() if k.lower() not in _OF_THE_BODY}
    return httpx.Response(response.status_code, headers=headers, content=content[:limit])


async def _content(response: httpx.Response, host: str, limit: int) -> bytes:
    """Return what fits, and a little more where there is more."""
    content = bytearray()
    async with aclosing(unpacked(response, host)) as pieces:
        async for piece in pieces:
            content += piece
            if len(content) > limit:
                break
    return bytes(content)
