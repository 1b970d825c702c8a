"""Where the log goes: rotating files, 10 MB in all, ours alone, without a secret in them."""

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tray_app.core.asset import shown_lines
from tray_app.core.redact import redacted

FILE_NAME = "immich-tray.log"
FILES = 5
BYTES_EACH = 2_000_000

_QUIET = ("httpx", "httpcore", "asyncio", "keyring", "tomlkit", "urllib3")
_SHOWN = {logging.ERROR: "SEVERE", logging.CRITICAL: "SEVERE"}
_HIDDEN_VALUES: set[str] = set()


def hide(secret: str | None) -> None:
    """Never write this value to a log from now on."""
    if secret:
        _HIDDEN_VALUES.add(secret)


def hidden_values() -> tuple[str, ...]:
    """Return the values that `hide` was told of."""
    return tuple(_HIDDEN_VALUES)


class RedactingFormatter(logging.Formatter):
    """One line of time, level and text; the finished text, traceback included, is redacted.

    It is read in terminals: foreign text in it gives them no orders.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(shown)-7s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Redact last, so that no part of a record can bring a secret in."""
        record.shown = _SHOWN.get(record.levelno, record.levelname)
        return shown_lines(redacted(super().format(record), hidden_values()))


class PrivateRotatingHandler(RotatingFileHandler):
    """Creates its files with mode 0600; a disk that is full never ends the program."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the base class's name
        """Drop the record: printing it would bypass the redaction."""


def set_up(folder: Path, *, detailed: bool) -> Path:
    """Write the log of this process to `folder` and return the file; `detailed` adds DEBUG.

    Where it cannot be written there is none: what the person asked for matters more.
    """
    path = folder / FILE_NAME
    take_down()
    handler: logging.Handler = logging.NullHandler()
    with suppress(OSError):
        handler = PrivateRotatingHandler(path, maxBytes=BYTES_EACH, backupCount=FILES - 1)
        handler.setFormatter(RedactingFormatter())
    logging.getLogger().addHandler(handler)
    set_detail(detailed=detailed)
    return path


def set_detail(*, detailed: bool) -> None:
    """Switch DEBUG on or off while running (`advancedTroubleshooting`)."""
    logging.getLogger().setLevel(logging.DEBUG if detailed else logging.INFO)
    for name in _QUIET:  # their DEBUG lines carry headers
        logging.getLogger(name).setLevel(logging.WARNING)


def is_detailed() -> bool:
    """Tell whether DEBUG is on."""
    return logging.getLogger().level <= logging.DEBUG


def take_down() -> None:
    """Close our log file."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, PrivateRotatingHandler)]:
        root.removeHandler(handler)
        handler.close()


def log_files(folder: Path) -> list[Path]:
    """List the log's files, oldest first."""
    numbered = [folder / f"{FILE_NAME}.{number}" for number in range(FILES - 1, 0, -1)]
    return [path for path in [*numbered, folder / FILE_NAME] if path.exists()]
