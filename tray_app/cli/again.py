"""`immich-tray upload-again` and `keep-deleted`: a person's word on what left the server."""

import asyncio
import os

import click

from tray_app.adapters.locations import Locations
from tray_app.cli.channel import ask_running
from tray_app.cli.home import open_home
from tray_app.cli.output import errors_in_words, expanded, print_json, say
from tray_app.core.channel import MOST_PATHS, BackUpParams, RpcError, uri_of
from tray_app.core.ledger import Kept, KeptBack
from tray_app.core.quantities import files

_MOST_NAMED = 20
_WHY = {
    Kept.DELETED: "deleted on the server, or in its trash",
    Kept.TRASHED: "in the server's trash",
    Kept.MISSING: "gone from the server without having been deleted",
}
_PATHS = click.argument("paths", nargs=-1, type=click.Path())
_ALL = click.option("--all", "everything", is_flag=True, help="All files, wherever they are.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Only say which files are meant.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")


@click.command(name="upload-again")
@_PATHS
@_ALL
@_DRY_RUN
@_JSON
def upload_again(paths: tuple[str, ...], *, everything: bool, dry_run: bool, as_json: bool) -> None:
    """Upload files again that were deleted on the server or are gone from it.

    PATHS are files or folders. What is in the server's trash is taken out of it instead, where
    your sign-in may do that. Without PATHS and --all: list which files there are.
    """
    with errors_in_words(as_json=as_json):
        home = open_home()
        act = _acts(paths, everything=everything, dry_run=dry_run)
        found = _fulfil(home, paths, again=True, act=act)
        handed = bool(act and found) and hand_over(home, paths)
        lines = _named(found)
        if not found:
            lines.append("No file there is kept from being uploaded.")
        elif not act:
            lines.append(f"{files(len(found))}. To upload them again, name them, or --all.")
        elif handed:
            lines.append(f"{files(len(found))}: Immich Tray uploads them now.")
        else:
            lines.append(f"{files(len(found))} will be uploaded by the next backup of them.")
        _say(found, lines, {"handedOver": handed}, as_json=as_json)


@click.command(name="keep-deleted")
@_PATHS
@_ALL
@_DRY_RUN
@_JSON
def keep_deleted(paths: tuple[str, ...], *, everything: bool, dry_run: bool, as_json: bool) -> None:
    """Say that files that are gone from the server were deleted on purpose.

    They are not uploaded again and no longer counted as missing. Your files stay as they are.
    """
    with errors_in_words(as_json=as_json):
        act = _acts(paths, everything=everything, dry_run=dry_run)
        found = _fulfil(open_home(), paths, again=False, act=act)
        lines = _named(found)
        if not found:
            lines.append("No file there is missing on the server.")
        elif act:
            lines.append(f"{files(len(found))} will not be uploaded again.")
        else:
            lines.append(f"{files(len(found))}. To leave them deleted, name them, or --all.")
        _say(found, lines, {}, as_json=as_json)


def _acts(paths: tuple[str, ...], *, everything: bool, dry_run: bool) -> bool:
    if paths and everything:
        raise click.UsageError("--all and paths exclude each other.")
    return bool(paths or everything) and not dry_run


def _fulfil(home: Locations, paths: tuple[str, ...], *, again: bool, act: bool) -> list[KeptBack]:
    from tray_app.app.again import Wish, fulfil  # noqa: PLC0415  the heavy half

    wish = Wish(again, tuple(expanded(path) for path in paths), act)
    return asyncio.run(fulfil(home, wish))


def hand_over(home: Locations, paths: tuple[str, ...]) -> bool:
    """Have the running program back these paths up now; where it cannot, its next run does."""
    from tray_app.app.session import named_account  # noqa: PLC0415

    uris = tuple(uri_of(os.path.abspath(expanded(path))) for path in paths)  # noqa: PTH100  bytes
    try:
        params = BackUpParams(uris[:MOST_PATHS], account=named_account(os.environ))
        return ask_running(home, "backUpNow", params) is not None
    except RpcError:
        return False


def _named(found: list[KeptBack]) -> list[str]:
    lines = [f"{file.path}: {_WHY[file.why]}" for file in found[:_MOST_NAMED]]
    more = len(found) - _MOST_NAMED
    return [*lines, f"... and {more:,} more"] if more > 0 else lines


def _say(
    found: list[KeptBack], lines: list[str], extra: dict[str, object], *, as_json: bool
) -> None:
    for line in lines:
        say(line, err=as_json)
    if as_json:
        named = [{"path": file.path, "why": file.why.value} for file in found]
        print_json({"count": len(found), "files": named, **extra})
