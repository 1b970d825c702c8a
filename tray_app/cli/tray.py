"""`immich-tray` without a command: the program in the system tray."""

import os
import sys

import click

from tray_app.cli.channel import ask_running
from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, complain, errors_in_words
from tray_app.ui.display import has_display


@click.command(hidden=True)
@click.option("--hidden", is_flag=True)
def tray(*, hidden: bool) -> None:
    """Run in the system tray until Quit; `hidden`: nobody asked for it, so no window comes."""
    if not has_display():
        complain("There is no display here. Without one: immich-tray backup --once")
        sys.exit(Exit.USAGE)
    from tray_app.app.channel import AlreadyRunningError  # noqa: PLC0415
    from tray_app.app.tray import TrayProgram  # noqa: PLC0415  Qt takes its time
    from tray_app.cli.doctor import report  # noqa: PLC0415
    from tray_app.ui.loop import run_with_qt  # noqa: PLC0415

    with errors_in_words():
        home = open_home()
        try:
            sys.exit(run_with_qt(TrayProgram(home, os.environ, doctor=report, hidden=hidden).main))
        except AlreadyRunningError:
            if hidden:
                return
            ask_running(home, "show")
            click.echo("Immich Tray is running already; its window comes to the front.")
