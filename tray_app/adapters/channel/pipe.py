"""The channel on Windows: a named pipe and a locked file. NEVER RUN: no Windows was at hand.

A pipe made without a security descriptor may be written to by its owner, administrators and the
system only; others may at most open it for reading, and nothing is said there unasked.
"""

import asyncio
import hashlib
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tray_app.adapters.channel.client import NotRunningError
from tray_app.adapters.channel.conversation import Answer, Clients
from tray_app.adapters.channel.transport import Holds
from tray_app.adapters.locations import Locations
from tray_app.core.channel import MOST_BYTES, Code, RpcError, decode_answer, encode_call

assert sys.platform == "win32"  # noqa: S101  lets the type checker of other systems stop here

import msvcrt  # noqa: E402  Windows only

_ALL_INSTANCES_BUSY = 231  # ERROR_PIPE_BUSY
_TRIES, _PAUSE = 20, 0.1


def pipe_name(locations: Locations) -> str:
    """Name the pipe; several IMMICH_TRAY_HOME stand side by side."""
    digest = hashlib.sha256(os.fsencode(locations.data)).hexdigest()[:16]
    return rf"\\.\pipe\immich-tray-{digest}"


class Claim(Holds):
    """The right to serve the pipe: a locked byte of a file, which the end of a process frees."""

    def __init__(self, locations: Locations, work: str = "") -> None:
        self._path = locations.cache / f"{work or 'immich-tray'}.lock"
        self._fd: int | None = None

    def take(self) -> bool:
        """Become the one instance; False: another process is."""
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOINHERIT, 0o600)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(fd)
            return False
        self._fd = fd
        return True

    def give_back(self) -> None:
        """Let another process take over."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


@asynccontextmanager
async def serving(name: str, answer: Answer) -> AsyncIterator[None]:
    """Answer calls on the pipe while the context lasts; the caller holds the `Claim`."""
    loop = asyncio.get_running_loop()
    clients = Clients(answer, lambda _writer: True)

    def protocol() -> asyncio.StreamReaderProtocol:
        return asyncio.StreamReaderProtocol(asyncio.StreamReader(MOST_BYTES), clients.welcome)

    if not isinstance(loop, asyncio.ProactorEventLoop):
        raise TypeError("pipes need a proactor loop")
    servers = await loop.start_serving_pipe(protocol, name)
    try:
        yield
    finally:
        for server in servers:
            server.close()
        await clients.dismiss()


def ask(name: str, method: str, params: Any = None) -> Any:
    """Call one method; raises NotRunningError, RpcError when it refuses or is too busy."""
    for _ in range(_TRIES):
        try:
            with open(name, "r+b", buffering=0) as pipe:  # noqa: PTH123  no file
                pipe.write(encode_call(method, params))
                return decode_answer(pipe.readline())
        except FileNotFoundError as exc:
            raise NotRunningError from exc
        except OSError as exc:
            if exc.winerror != _ALL_INSTANCES_BUSY:
                break
            time.sleep(_PAUSE)
    raise RpcError(Code.BUSY, "The running program does not answer.")
