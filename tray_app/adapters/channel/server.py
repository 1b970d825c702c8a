"""Serves the channel on a Unix socket that only its owner can use."""

import asyncio
import logging
import os
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

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


@asynccontextmanager
async def serving(path: Path, answer: Answer) -> AsyncIterator[None]:
    """Answer calls on `path` while the context lasts; the caller holds the `Claim`.

    `answer` returns what JSON can hold, or raises RpcError. What is left of a crashed program
    is taken over.
    """
    path.unlink(missing_ok=True)  # noqa: ASYNC240  a folder of memory, once
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    before = os.umask(0o177)  # born private: no moment in which others may connect
    try:
        listener.bind(os.fspath(path))
    finally:
        os.umask(before)
    clients: set[asyncio.Task[None]] = set()

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            clients.add(task)
            task.add_done_callback(clients.discard)
        await _serve(reader, writer, answer, crowded=len(clients) > MOST_CLIENTS)

    server = await asyncio.start_unix_server(welcome, sock=listener, limit=MOST_BYTES)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)  # noqa: ASYNC240  likewise
        for client in tuple(clients):
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


async def _serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: Answer, *, crowded: bool
) -> None:
    try:
        if crowded:
            await _say(writer, encode_error(RpcError(Code.BUSY, "Too many programs ask at once.")))
        elif not _is_owner(writer.get_extra_info("socket")):
            refusal = RpcError(Code.NOT_ALLOWED, "This program belongs to another user.")
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


def _is_owner(peer: socket.socket) -> bool:
    """Ask the kernel who is at the other end; the file's mode alone is no proof (root, fd)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # macOS: the folder and the file's mode guard
    data = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, uid, _ = struct.unpack("3i", data)
    return bool(uid == os.getuid())
