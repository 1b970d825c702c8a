"""The change stream over HTTP: pieces of bytes in, stretches of understood lines out.

Memory is bounded whatever the server sends: the response is never held whole, a line has a
longest length, compressed bytes are unpacked in steps, a silent or endless server runs into a
limit (protocol 4.2, section 11).
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from urllib.parse import urlsplit

import httpx

from tray_app.adapters.immich import wire
from tray_app.adapters.immich.blocks import USUAL, Limits, TooLongError, blocks_of
from tray_app.adapters.immich.http import Http
from tray_app.core.errors import (
    AssetRejected,
    Need,
    NeedsUser,
    StreamCut,
    StreamSilent,
    StreamStalled,
    TryLater,
)
from tray_app.core.phrase import phrase
from tray_app.core.server import ServerVersion
from tray_app.core.sync.batch import Batch, read
from tray_app.core.sync.lines import BadLineError

_ACKS_AT_ONCE = 1000
_UPDATE = phrase(
    "Look for a newer Immich Tray; until then the backup goes on, the library stays as it is."
)


class ImmichChanges:
    """Port `Changes` over HTTP."""

    def __init__(self, http: Http, limits: Limits = USUAL) -> None:
        self._http = http
        self._limits = limits
        self._host = urlsplit(http.address).hostname or http.address

    @property
    def address(self) -> str:
        """The API base URL."""
        return self._http.address

    async def version(self) -> ServerVersion:
        """Ask `server/version`."""
        return (await self._http.get("/server/version", wire.Version)).value()

    async def acknowledge(self, acks: Sequence[str]) -> None:
        """Move the checkpoints of this session, in this order."""
        for start in range(0, len(acks), _ACKS_AT_ONCE):
            body = {"acks": list(acks[start : start + _ACKS_AT_ONCE])}
            await self._http.send("POST", "/sync/ack", type(None), body=body)

    async def stream(self, types: Sequence[str], *, reset: bool) -> AsyncGenerator[Batch, None]:
        """Yield stretches of whole lines up to the end of the stream; see port `Changes`."""
        body = {"types": list(types)} | ({"reset": True} if reset else {})
        headers = {"Accept": "application/jsonlines+json", "Accept-Encoding": _encoding(reset)}
        seconds = self._limits.silence
        try:
            async with self._http.streamed("/sync/stream", body, headers, seconds) as response:
                self._require_lines(response)
                async with aclosing(self._batches(response)) as batches:
                    async for batch in batches:
                        yield batch
        except AssetRejected as exc:
            raise NeedsUser(
                phrase(
                    "{host} refuses the library's change stream: {reason}",
                    host=self._host,
                    reason=exc.reason,
                ),
                need=Need.VERSION,
                remedy=_UPDATE,
                status=exc.status,
            ) from exc

    def _require_lines(self, response: httpx.Response) -> None:
        if "jsonlines" not in response.headers.get("content-type", ""):
            raise TryLater(
                phrase("Something other than Immich answered for {host}.", host=self._host),
                remedy=phrase("Open a web page to sign in to the network, or check the address."),
                status=response.status_code,
                server_wide=True,
            )

    async def _batches(self, response: httpx.Response) -> AsyncGenerator[Batch, None]:
        received = 0
        async with aclosing(blocks_of(response, self._host, self._limits)) as blocks:
            try:
                async for block in blocks:
                    received += block.count(b"\n")  # empty lines are endless, too
                    batch = await self._understood(block, received)
                    yield batch
                    if batch.over:
                        return
            except TooLongError as exc:
                raise TryLater(
                    phrase(
                        "{host} sent a change of more than {limit:,} bytes.",
                        host=self._host,
                        limit=self._limits.line,
                    )
                ) from exc
            except (TimeoutError, httpx.RequestError) as exc:
                raise self._broken(exc, received) from exc
        raise StreamCut(phrase("{host} broke off the changes before their end.", host=self._host))

    async def _understood(self, block: bytes, received: int) -> Batch:
        if received > self._limits.lines:
            raise TryLater(phrase("{host} sends changes without an end.", host=self._host))
        try:
            return await asyncio.to_thread(read, block)
        except BadLineError as exc:
            raise TryLater(
                phrase(
                    "{host} sent a change that Immich does not send ({error}).",
                    host=self._host,
                    error=exc,
                )
            ) from exc

    def _broken(self, exc: Exception, received: int) -> StreamCut | StreamSilent:
        if not isinstance(exc, (TimeoutError, httpx.ReadTimeout)):
            return StreamCut(
                phrase(
                    "The connection to {host} broke ({kind}).",
                    host=self._host,
                    kind=type(exc).__name__,
                )
            )
        if received:
            return StreamStalled(
                phrase("{host} stopped in the middle of the changes.", host=self._host)
            )
        return StreamSilent(
            phrase("{host} opened the change stream and then sent nothing.", host=self._host)
        )


def _encoding(first: bool) -> str:  # noqa: FBT001  one call
    """Ask for compression where much comes; else each line shall come at once (protocol 4.2)."""
    return "gzip" if first else "identity"
