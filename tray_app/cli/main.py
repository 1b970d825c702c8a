"""The command line: one group, a module for each command, heavy imports inside them."""

import click

from tray_app import __version__


@click.group(invoke_without_command=True)
@click.version_option(__version__, prog_name="immich-tray")
def cli() -> None:
    """Back the photos and videos of this computer up to an Immich server."""
