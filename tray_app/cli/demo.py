"""`immich-tray demo`: the whole product against a server on this computer."""

import os
import sys
from typing import TYPE_CHECKING

import click

from tray_app.cli.output import Exit, errors_in_words, expanded, say
from tray_app.cli.report import exit_status
from tray_app.core.run_words import sentences

if TYPE_CHECKING:
    from tray_app.app.demo import Demo


@click.command()
@click.argument("path", required=False, type=click.Path())
@click.option("--headless", is_flag=True, help="End after the backup, even with a display.")
def demo(path: str | None, *, headless: bool) -> None:
    """Back up PATH, or sample photos, to a demo server on this computer.

    Nothing leaves the computer; keychain, autostart and your own settings are not touched.
    """
    from tray_app.app.backup import check_paths  # noqa: PLC0415  the heavy half
    from tray_app.app.demo import Demo, demo_locations  # noqa: PLC0415
    from tray_app.cli.runner import run_backup  # noqa: PLC0415
    from tray_app.ui.display import has_display  # noqa: PLC0415

    path = expanded(path) if path else None
    if problem := check_paths((path,) if path else ()):
        raise click.UsageError(problem)
    with errors_in_words(), Demo.started(demo_locations(os.environ), path) as stage:
        say(f"Demo server: {stage.url} (Immich {stage.version})")
        say(f"Photos:      {stage.photos}")
        result = run_backup(stage.locations, stage.request, quiet=False)
        for sentence in sentences(result):
            say(sentence)
        say(f"Look at what arrived: {stage.stored}")
        status = int(exit_status(result))
        if not headless and has_display():
            status = _stay(stage)
    sys.exit(status)


def _stay(stage: "Demo") -> int:
    from tray_app.app.channel import AlreadyRunningError  # noqa: PLC0415
    from tray_app.app.tray import TrayProgram  # noqa: PLC0415
    from tray_app.ui.loop import run_with_qt  # noqa: PLC0415

    say("The program is in the system tray now; Quit in its menu ends the demo.")
    program = TrayProgram(stage.locations, {}, stage.request, stage.identity)
    try:
        return run_with_qt(program.main)
    except AlreadyRunningError:
        say("Another demo is in the system tray already.")
        return int(Exit.OK)
