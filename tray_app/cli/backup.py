"""`immich-tray backup`: one backup, in the foreground of a terminal or from a system job."""

import sys

import click

from tray_app.cli.home import open_home
from tray_app.cli.output import errors_in_words, print_json, say
from tray_app.cli.report import exit_status
from tray_app.core.run import Outcome, nothing_done
from tray_app.core.run_words import sentences


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--once", is_flag=True, help="Run once and end (what happens without it, too).")
@click.option("--background", is_flag=True, help="Nobody watches: never ask, respect all waits.")
@click.option("--anyway", is_flag=True, help="Go on where a condition would make it wait.")
@click.option("--dry-run", is_flag=True, help="Say what would be uploaded; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def backup(
    paths: tuple[str, ...],
    *,
    once: bool,
    background: bool,
    anyway: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Back up PATHS, or the folders of the settings.

    While Immich Tray runs it does the work and this command follows it; Ctrl-C cancels.
    Exit status: 0 all well, 1 something failed, 2 wrong usage, 3 it needs you, 4 conditions
    not met.
    """
    from tray_app.app.backup import (  # noqa: PLC0415  the heavy half
        Request,
        check_paths,
        load_settings,
    )
    from tray_app.cli.follow import follow, is_served  # noqa: PLC0415
    from tray_app.cli.runner import run_backup  # noqa: PLC0415

    del once
    if background and anyway:
        raise click.UsageError("--background and --anyway exclude each other.")
    if problem := check_paths(paths):
        raise click.UsageError(problem)
    with errors_in_words(as_json=as_json):
        request = Request(paths=paths, background=background, anyway=anyway, dry_run=dry_run)
        home = open_home()
        there = not dry_run and is_served(home)  # a dry run sends nothing and asks nobody
        if there and request.automatic and load_settings(home).background_backup:
            _defer(as_json=as_json)
            return
        run = follow if there else run_backup
        result = run(home, request, quiet=background)
        for sentence in sentences(result, dry_run=dry_run, background=background):
            say(sentence, err=as_json)
        if as_json:
            print_json(result.as_json())
    sys.exit(exit_status(result, background=background))


def _defer(*, as_json: bool) -> None:
    say("Immich Tray is running and takes care of it.", err=as_json)
    if as_json:
        print_json({**nothing_done(Outcome.DONE).as_json(), "deferred": True})
