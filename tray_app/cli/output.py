"""What all commands share: words on stderr, one JSON object at the end, exit statuses."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import click

from tray_app.core.asset import shown
from tray_app.core.errors import NeedsUser, TrayError


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
    click.echo(json.dumps(data, ensure_ascii=False, default=str))


def complain(text: str) -> None:
    """Say something to the person on stderr; control characters are made visible."""
    click.echo(shown(text), err=True)


def expanded(path: str) -> str:
    """Read `~` as the home folder where no shell did, unless something has that very name."""
    return path if os.path.lexists(path) else os.path.expanduser(path)  # noqa: PTH111  any bytes


@contextmanager
def errors_in_words(*, as_json: bool = False) -> Iterator[None]:
    """End the command calmly on a known error or Ctrl-C, with its exit status.

    With `as_json` stdout ends with `{"error", "remedy", "need"}`. Bugs pass through, loud.
    """
    try:
        yield
    except TrayError as exc:
        complain(exc.words())
        if as_json:
            need = exc.need.value if isinstance(exc, NeedsUser) else None
            print_json({"error": exc.reason, "remedy": exc.remedy, "need": need})
        raise SystemExit(exit_code(exc)) from exc
    except (KeyboardInterrupt, click.Abort) as exc:
        complain("Stopped.")
        raise SystemExit(Exit.FAILED) from exc
