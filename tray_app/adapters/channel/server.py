"""Serves the channel on a Unix socket that only its owner can use."""

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tray_app.adapters.channel.conversation import Answer, Clients
from tray_app.core.channel import MOST_BYTES


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
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    clients = Clients(answer, lambda writer: _is_owner(writer.get_extra_info("socket")))
    server = await asyncio.start_unix_server(clients.welcome, sock=listener, limit=MOST_BYTES)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)  # noqa: ASYNC240  likewise
        await clients.dismiss()


def _is_owner(peer: socket.socket) -> bool:
    """Ask the kernel who is at the other end; the file's mode alone is no proof (root, fd)."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # macOS: the folder and the file's mode guard
    data = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, uid, _ = struct.unpack("3i", data)
    return bool(uid == os.getuid())
