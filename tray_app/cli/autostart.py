"""`immich-tray autostart`: whether the tray starts at login."""

import asyncio
import os

import click

from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, errors_in_words, print_json, say
from tray_app.core.system_job import JobStatus


@click.command()
@click.argument("wish", required=False, type=click.Choice(["on", "off"]))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def autostart(wish: str | None, *, as_json: bool) -> None:
    """Say whether the program starts at login, or switch that on or off.

    The system is asked, so what its own settings changed is seen, too.
    """
    from tray_app.app import autostart as wiring  # noqa: PLC0415  D-Bus

    with errors_in_words(as_json=as_json):
        home = open_home()
        if wish:
            state = asyncio.run(wiring.switch(home, os.environ, on=wish == "on"))
        else:
            state = asyncio.run(wiring.open_autostart(home, os.environ).read())
    there = state.status is JobStatus.PRESENT
    if as_json:
        print_json({"autostart": there, "status": state.status.value, "words": state.words})
    else:
        say(state.words)
    wrong = wish and there is not (wish == "on")
    raise SystemExit(Exit.FAILED if wrong else Exit.OK)
