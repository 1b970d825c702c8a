"""Asks the running program something; synchronous, for a command that must answer quickly."""

import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from tray_app.core.channel import MOST_BYTES, Code, RpcError, decode_answer, encode_call

PATIENCE = 5.0  # seconds


class NotRunningError(Exception):
    """Nobody serves the socket."""


def ask(path: Path, method: str, params: Any = None, *, patience: float = PATIENCE) -> Any:
    """Call one method of the program that serves `path` and return its result.

    Raises NotRunningError; RpcError when it refuses or does not answer in `patience` seconds.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(patience)
        try:
            connection.connect(str(path))
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was read:
                connection.sendall(encode_call(method, params))
            return decode_answer(_line(connection))  # the words of the refusal are there to read
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError) as exc:
            raise NotRunningError from exc
        except OSError as exc:
            raise RpcError(Code.BUSY, "The running program does not answer.") from exc


def _line(connection: socket.socket) -> bytes:
    said = bytearray()
    while not said.endswith(b"\n"):
        piece = connection.recv(MOST_BYTES)
        if not piece:
            raise ConnectionResetError
        said += piece
    return bytes(said)
