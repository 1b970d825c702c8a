"""`immich-tray failed`: which files, why, what to do; retry and export."""

import asyncio
from pathlib import Path

import click

from tray_app.adapters.export_file import write_export
from tray_app.cli.home import open_home
from tray_app.cli.output import errors_in_words, print_json, say
from tray_app.core.asset import Failure
from tray_app.core.failure_csv import failure_csv
from tray_app.core.quantities import files


@click.command()
@click.option("--retry-all", is_flag=True, help="Try every failed file again in the next run.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def failed(*, retry_all: bool, export: Path | None, as_json: bool) -> None:
    """List the files that could not be backed up, and why."""
    from tray_app.app.overview import read_failures, set_due  # noqa: PLC0415

    with errors_in_words(as_json=as_json):
        locations = open_home()
        found = asyncio.run(read_failures(locations))
        if export:
            write_export(export, failure_csv(found).encode("utf-8-sig"))
            say(f"{len(found):,} rows written to {export}.", err=as_json)
        if retry_all:
            count = asyncio.run(set_due(locations))
            say(f"{files(count)} will be tried again in the next run.", err=as_json)
        if as_json:
            print_json({"failures": [_row(failure) for failure in found]})
        elif not export and not retry_all:
            for line in _lines(found):
                say(line)


def _lines(found: list[Failure]) -> list[str]:
    if not found:
        return ["No file failed."]
    return [f"{f.path}\n    {f.reason} {f.remedy}".rstrip() for f in found]


def _row(failure: Failure) -> dict[str, object]:
    return {
        "path": failure.path,
        "reason": failure.reason,
        "remedy": failure.remedy,
        "status": failure.status,
        "attempts": failure.attempts,
    }
