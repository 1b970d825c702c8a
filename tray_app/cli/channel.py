"""`start`, `stop`, `pause`, `resume`, `show`, `quit`: what a person tells the running program."""

import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from tray_app.adapters.channel.client import NotRunningError
from tray_app.adapters.channel.transport import ask_at
from tray_app.adapters.locations import Locations
from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, complain, errors_in_words
from tray_app.core.channel import NoParams, PauseParams, RpcError
from tray_app.core.pauses import minutes_until_tomorrow

NOBODY = "Immich Tray is not running."
_LENGTH = re.compile(r"(\d{1,4})(m|h)")


def ask_running(home: Locations, method: str, params: Any = None) -> Any:
    """Ask the running program; None when there is none. Raises RpcError."""
    try:
        return ask_at(home, method, params or NoParams())
    except NotRunningError:
        return None


def _tell(home: Locations, method: str, params: Any = None) -> bool:
    """Tell the program something; False: it is not running. Ends the command when it refuses."""
    try:
        return ask_running(home, method, params) is not None
    except RpcError as exc:
        complain(exc.words)
        sys.exit(Exit.FAILED)


@click.command()
def start() -> None:
    """Switch automatic backup on."""
    with errors_in_words():
        home = open_home()
        if not _tell(home, "start"):
            _set_automatic(home, on=True)
            complain(f"{NOBODY} Automatic backup is on from its next start; type: immich-tray")
        click.echo("Automatic backup is on.")


@click.command()
def stop() -> None:
    """Switch automatic backup off."""
    with errors_in_words():
        home = open_home()
        if not _tell(home, "stop"):
            _set_automatic(home, on=False)
        click.echo("Automatic backup is off.")


def _set_automatic(home: Locations, *, on: bool) -> None:
    import asyncio  # noqa: PLC0415  the rare half

    from tray_app.adapters.settings_file import SettingsFile  # noqa: PLC0415
    from tray_app.app.system_job import keep_in_step  # noqa: PLC0415

    file = SettingsFile(home.settings_file)
    file.create()
    after = file.change("backgroundBackup", on)
    asyncio.run(keep_in_step(home, os.environ, after))


@click.command()
@click.argument("how_long", required=False)
def pause(how_long: str | None) -> None:
    """Hold automatic backup: 30m, 1h, tomorrow, or until resume."""
    minutes = _minutes(how_long)
    with errors_in_words():
        home = open_home()
        told_or_kept(
            lambda: _tell(home, "pause", PauseParams(minutes)),
            lambda: _remember(home, paused=True, minutes=minutes),
        )
        click.echo("Automatic backup is paused.")


@click.command()
def resume() -> None:
    """End a pause."""
    with errors_in_words():
        home = open_home()
        told_or_kept(
            lambda: _tell(home, "resume"),
            lambda: _remember(home, paused=False, minutes=None),
        )
        click.echo("The pause is over.")


def told_or_kept(tell: Callable[[], bool], keep: Callable[[], None]) -> None:
    """Tell the running program, or write down what its next start reads.

    A program that is just starting may listen by the time it is written, so it is told then: it
    reads what was written once more after it began to listen, and one of the two reaches it.
    """
    if not tell():
        keep()
        tell()


def _minutes(how_long: str | None) -> int | None:
    if how_long is None:
        return None
    if how_long == "tomorrow":
        return minutes_until_tomorrow(datetime.now(UTC))
    found = _LENGTH.fullmatch(how_long)
    minutes = int(found[1]) * (60 if found[2] == "h" else 1) if found else 0
    if not 0 < minutes <= 7 * 24 * 60:
        raise click.UsageError(f"{how_long!r} is not a time: 30m, 1h (a week at most) or tomorrow.")
    return minutes


def _remember(home: Locations, *, paused: bool, minutes: int | None) -> None:
    """Write the pause for the system job and the next start."""
    from tray_app.adapters.choices_file import ChoicesFile  # noqa: PLC0415  the rare half
    from tray_app.core.choices import Choices  # noqa: PLC0415
    from tray_app.core.pauses import Pause  # noqa: PLC0415

    file = ChoicesFile(home.choices_file)
    new = Pause.of(datetime.now(UTC), minutes) if paused else None
    file.save(Choices(new, file.load().networks))


@click.command()
def show() -> None:
    """Show the running program."""
    with errors_in_words():
        if not _tell(open_home(), "show"):
            complain(f"{NOBODY} Start it: immich-tray")
            sys.exit(Exit.FAILED)
        click.echo("Immich Tray is running; its window comes to the front.")


@click.command()
def quit() -> None:  # noqa: A001  the command's name
    """End the running program; current uploads get a moment to finish."""
    with errors_in_words():
        click.echo("Immich Tray ends." if _tell(open_home(), "quit") else NOBODY)
