"""One client of the channel, whatever it came through: line by line, until it leaves."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tray_app.core.channel import (
    MOST_BYTES,
    Call,
    Code,
    RpcError,
    decode_call,
    encode_error,
    encode_result,
)

log = logging.getLogger(__name__)
MOST_CLIENTS = 32
SILENCE = 60.0  # seconds after which a client that says nothing, or reads nothing, is left

Answer = Callable[[Call], Awaitable[object]]
Welcome = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Clients:
    """Those who are being answered; `may` tells whether one may speak with us at all."""

    def __init__(self, answer: Answer, may: Callable[[asyncio.StreamWriter], bool]) -> None:
        self._answer = answer
        self._may = may
        self._tasks: set[asyncio.Task[None]] = set()

    async def welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it leaves."""
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        refusal = None
        if len(self._tasks) > MOST_CLIENTS:
            refusal = RpcError(Code.BUSY, "Too many programs ask at once.")
        elif not self._may(writer):
            refusal = RpcError(Code.NOT_ALLOWED, "This program belongs to another user.")
        await _serve(reader, writer, self._answer, refusal)

    async def dismiss(self) -> None:
        """Leave all of them."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    answer: Answer,
    refusal: RpcError | None,
) -> None:
    try:
        if refusal:
            await _say(writer, encode_error(refusal))
        else:
            while await _one(reader, writer, answer):
                pass
    except (OSError, TimeoutError):
        log.debug("A client of the channel went away.")
    finally:
        writer.close()
        with suppress(OSError, TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(writer.wait_closed(), 1)


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Answer one line; False: the conversation is over."""
    try:
        line = await asyncio.wait_for(reader.readuntil(b"\n"), SILENCE)
    except asyncio.IncompleteReadError:
        return False
    except asyncio.LimitOverrunError:
        refusal = RpcError(Code.TOO_LARGE, f"The message is larger than {MOST_BYTES} bytes.")
        await _say(writer, encode_error(refusal))
        return False
    if said := await _reply(line, answer):
        await _say(writer, said)
    return True


async def _reply(line: bytes, answer: Answer) -> bytes | None:
    call: Call | None = None
    try:
        call = decode_call(line)
        result = await answer(call)
    except RpcError as exc:
        exc.request_id = call.request_id if call else exc.request_id
        return encode_error(exc)
    except Exception:
        log.exception("A call over the channel broke; this is a bug.")
        words = "An unexpected fault; see the logs."
        return encode_error(RpcError(Code.INTERNAL, words, call.request_id if call else None))
    return encode_result(result, call.request_id) if call.wants_answer else None


async def _say(writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line)
    await asyncio.wait_for(writer.drain(), SILENCE)
