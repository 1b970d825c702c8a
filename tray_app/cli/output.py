"""What all commands share: words on stderr, one JSON object at the end, exit statuses."""

import json
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import Any

import click

from tray_app.adapters import logs
from tray_app.core.asset import shown, shown_json, shown_lines
from tray_app.core.errors import NeedsUser, TrayError

_STOPPED = "Stopped."


class Exit(IntEnum):
    """Exit statuses of design section 4; 2 is click's own for wrong usage."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NEEDS_USER = 3
    CONDITIONS = 4


def exit_code(error: TrayError) -> Exit:
    """Choose the exit status of an error that ended a command."""
    return Exit.NEEDS_USER if isinstance(error, NeedsUser) else Exit.FAILED


def print_json(data: Mapping[str, Any]) -> None:
    """Print one object as one line; it has to be the last line of stdout."""
    click.echo(shown_json(json.dumps(data, ensure_ascii=False, default=str)))


def say(text: str, *, err: bool = False) -> None:
    """Print lines for a person; foreign text in them gives no orders to the terminal."""
    click.echo(shown_lines(text), err=err)


def complain(text: str) -> None:
    """Say something to the person on stderr; control characters are made visible."""
    click.echo(shown(text), err=True)


def expanded(path: str) -> str:
    """Read `~` as the home folder where no shell did, unless something has that very name."""
    return path if os.path.lexists(path) else os.path.expanduser(path)  # noqa: PTH111  any bytes


def asked_secret(what: str) -> str:
    """Ask for a secret, or read it from standard input, and keep it out of the log."""
    if sys.stdin.isatty():
        secret = str(click.prompt(what, hide_input=True, err=True))
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise click.UsageError(f"{what}: the first line of standard input is empty.")
    logs.hide(secret)
    return secret


@contextmanager
def errors_in_words(*, as_json: bool = False) -> Iterator[None]:
    """End the command calmly on a known error or Ctrl-C, with its exit status.

    With `as_json` stdout ends with `{"error", "remedy", "need"}`. Bugs pass through, loud.
    """
    try:
        yield
    except TrayError as exc:
        need = exc.need.value if isinstance(exc, NeedsUser) else None
        complain(exc.words())
        if as_json:
            print_json({"error": exc.reason, "remedy": exc.remedy, "need": need})
        raise SystemExit(exit_code(exc)) from exc
    except (KeyboardInterrupt, click.Abort) as exc:
        complain(_STOPPED)
        if as_json:
            print_json({"error": _STOPPED, "remedy": "", "need": None})
        raise SystemExit(Exit.FAILED) from exc


@contextmanager
def lost_output_in_words() -> Iterator[None]:
    """End the command with one line when nobody can take what it prints: a full disk, a pipe.

    Other faults of files pass through.
    """
    try:
        yield
    except OSError as exc:
        if not _came_from_printing(exc):
            raise
        _drop_output()
        with suppress(OSError):
            complain(f"The output could not be written to its end: {exc.strerror}.")
        raise SystemExit(Exit.FAILED) from exc


def _came_from_printing(exc: OSError) -> bool:
    """Look where it was raised: all that we print goes through click."""
    innermost = None
    for frame, _ in traceback.walk_tb(exc.__traceback__):
        innermost = frame.f_globals.get("__name__")
    return innermost == "click.utils"


def _drop_output() -> None:
    """Let what is left go nowhere, or Python would complain of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
