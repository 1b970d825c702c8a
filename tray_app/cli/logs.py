"""`immich-tray logs`: show the log, and what is added to it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import click

from tray_app.adapters.locations import find_locations
from tray_app.adapters.logs import FILE_NAME, log_files
from tray_app.cli.home import open_home
from tray_app.cli.output import complain, errors_in_words
from tray_app.core.asset import shown_lines

_EACH = 0.5  # seconds between looks at the file


@click.command()
@click.option("--follow", "-f", is_flag=True, help="Go on showing new lines until Ctrl-C.")
@click.option(
    "--bundle",
    metavar="FILE.zip",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write log, settings, checks and versions to a zip, without secrets.",
)
def logs(*, follow: bool, bundle: Path | None) -> None:
    """Print the log, oldest line first."""
    if bundle:
        _write_bundle(bundle)
        return
    folder = find_locations(os.environ).logs
    with errors_in_words():
        position = 0
        newest = folder / FILE_NAME
        for path in log_files(folder):
            content = path.read_bytes()
            position = len(content) if path == newest else 0
            click.echo(shown_lines(content.decode("utf-8", "replace")), nl=False)
        if not follow:
            if not position:
                complain("The log is empty.")
            return
        for text in _added(newest, position):
            click.echo(shown_lines(text), nl=False)


def _write_bundle(target: Path) -> None:
    from tray_app.app.bundle import write_bundle  # noqa: PLC0415  what only the bundle needs
    from tray_app.cli.doctor import report  # noqa: PLC0415

    with errors_in_words():
        write_bundle(open_home(), target, report, os.environ)
        click.echo(f"The support bundle is {target}. It holds no secret; look through it first.")


def _added(path: Path, position: int) -> Iterator[str]:
    """Yield what is appended; a rotated file is read from its beginning."""
    while True:
        size = path.stat().st_size if path.exists() else 0
        if size < position:
            position = 0
        if size > position:
            with path.open("rb") as file:
                file.seek(position)
                content = file.read()
            position += len(content)
            yield content.decode("utf-8", "replace")
        time.sleep(_EACH)
