"""The command line: one group; the module of a command is imported when it runs."""

import importlib
import os
from typing import Any

import click

from tray_app import __version__
from tray_app.adapters.locations import HOME_VARIABLE
from tray_app.cli.output import lost_output_in_words
from tray_app.core.oauth import SCHEME

# Name of the command (its module is tray_app.cli.NAME, its function has the same name): help.
COMMANDS = {
    "login": "Sign in to an Immich server.",
    "logout": "Sign out; photos, settings and records stay.",
    "backup": "Back photos and videos up once.",
    "sync": "Bring the local copy of the server's library up to date, once.",
    "status": "Say what is backed up and what is not.",
    "start": "Switch automatic backup on.",
    "stop": "Switch automatic backup off.",
    "pause": "Hold automatic backup: 30m, 1h, tomorrow, or until resume.",
    "resume": "End a pause.",
    "show": "Show the running program.",
    "quit": "End the running program.",
    "failed": "List the files that could not be backed up, and why.",
    "verify": "Ask the server whether it holds every file, byte for byte.",
    "upload-again": "Upload again what was deleted on the server, or is gone from it.",
    "keep-deleted": "Leave what is gone from the server as it is.",
    "demo": "Try everything with a server on this computer.",
    "autostart": "Start the program at login: on, off, or say which.",
    "settings": "List, read or change settings.",
    "doctor": "Check everything a backup needs, one by one.",
    "logs": "Show the log.",
}
_RETURNED = "returned"  # in no list: the system types it, or we, not a person
_UNLISTED = frozenset({_RETURNED, "qt-probe"})
_ELSEWHERE = {
    "qt-probe": "qt_probe",
    "logout": "login",
    _RETURNED: "browser",
    "upload-again": "again",
    "keep-deleted": "again",
    **dict.fromkeys(("start", "stop", "pause", "resume", "show", "quit"), "channel"),
}


class LateCommands(click.Group):
    """Imports a command's module only when that command is used, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Name all commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; None for an unknown name."""
        if cmd_name not in COMMANDS and cmd_name not in _UNLISTED:
            return None
        module = importlib.import_module(f"tray_app.cli.{_ELSEWHERE.get(cmd_name, cmd_name)}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take the address of a sign-in in place of a command, and never print it."""
        if args and args[0].lower().startswith(SCHEME):
            args = [_RETURNED, *args]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what it prints may find no reader."""
        with lost_output_in_words():
            return super().invoke(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Do the same for `--help`, which comes before."""
        with lost_output_in_words():
            return super().main(*args, **kwargs)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list for `--help` from the table, importing nothing."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LateCommands, invoke_without_command=True)
@click.version_option(__version__, prog_name="immich-tray")
@click.option("--home", hidden=True, help="As IMMICH_TRAY_HOME, for jobs without variables.")
@click.option("--hidden", is_flag=True, hidden=True, help="At login: only the tray icon.")
@click.pass_context
def cli(context: click.Context, *, home: str | None, hidden: bool) -> None:
    """Back the photos and videos of this computer up to an Immich server.

    Without a command: the program in the system tray.
    """
    if home:
        os.environ[HOME_VARIABLE] = home
    if context.invoked_subcommand is None:
        from tray_app.cli.tray import tray  # noqa: PLC0415  Qt, for this one command

        context.invoke(tray, hidden=hidden)
