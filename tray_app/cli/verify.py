"""`immich-tray verify`: whether the server holds every file, byte for byte."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tray_app.cli.home import open_home
from tray_app.cli.output import Exit, errors_in_words, expanded, print_json, say
from tray_app.cli.table import csv_file
from tray_app.core.quantities import files, size
from tray_app.core.verify import Finding, Standing, Verified

if TYPE_CHECKING:
    from tray_app.app.verify import Question

_MOST_NAMED = 20
_MOST_KEPT = 1000  # for --json
_WORDS = {
    Standing.HELD: "on the server, byte for byte",
    Standing.TRASHED: "in the server's trash",
    Standing.DELETED: "deleted on the server",
    Standing.MISSING: "backed up once and gone from the server",
    Standing.DIFFERS: "on the server with other bytes",
    Standing.FAILED: "failed",
    Standing.NOT_BACKED_UP: "not backed up",
}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--quick", is_flag=True, help="Do not read files that look unchanged.")
@click.option("--send-again", is_flag=True, help="Have what is missing uploaded again.")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def verify(
    paths: tuple[str, ...],
    *,
    quick: bool,
    send_again: bool,
    export: Path | None,
    as_json: bool,
) -> None:
    """Ask the server whether it holds every photo and video, byte for byte.

    PATHS, or the folders of the settings. Every file is read, which takes as long as the disk
    needs; nothing is uploaded or changed. Exit status: 0 the server holds all of them, 1 not
    all, 2 wrong usage, 3 it needs you.
    """
    from tray_app.app.backup import check_paths  # noqa: PLC0415  the heavy half
    from tray_app.app.verify import Question  # noqa: PLC0415

    meant = tuple(expanded(path) for path in paths)
    if problem := check_paths(meant):
        raise click.UsageError(problem)
    question = Question(paths=meant, quick=quick, again=send_again)
    kept: list[Finding] = []
    with errors_in_words(as_json=as_json):
        with _exported(export) as write:

            def tell(finding: Finding) -> None:
                if len(kept) < _MOST_KEPT:
                    kept.append(finding)
                write(finding)

            result = _verify(question, tell, quiet=as_json)
        handed = send_again and bool(result.counts.get(Standing.MISSING)) and _hand_over(meant)
        for line in _lines(result, kept, quick=quick, again=send_again, handed=handed):
            say(line, err=as_json)
        if as_json:
            print_json(result.as_json() | {"findings": [_row(finding) for finding in kept]})
    sys.exit(Exit.OK if result.all_held else Exit.FAILED)


def _verify(question: "Question", tell: Callable[[Finding], None], *, quiet: bool) -> Verified:
    from tray_app.app.verify import verify as run  # noqa: PLC0415
    from tray_app.app.workshop import Workshop  # noqa: PLC0415
    from tray_app.cli.progress import display  # noqa: PLC0415

    workshop = Workshop.open(open_home())
    try:
        with display(quiet=quiet, settle=0) as shown:
            hooks = shown.hooks()
            work = run(workshop, os.environ, question, hooks.publish, hooks.announce, tell)
            return asyncio.run(work)
    finally:
        workshop.close()


def _hand_over(paths: tuple[str, ...]) -> bool:
    from tray_app.cli.again import hand_over  # noqa: PLC0415

    return hand_over(open_home(), paths)


@contextmanager
def _exported(target: Path | None) -> Iterator[Callable[[Finding], None]]:
    if target is None:
        yield lambda _finding: None
        return
    with csv_file(target, ["path", "state", "reason", "sha1"]) as write:
        yield lambda finding: write(
            [finding.path, finding.standing, finding.reason, (finding.sha1 or b"").hex()]
        )


def _row(finding: Finding) -> dict[str, str]:
    return {"path": finding.path, "state": finding.standing.value, "reason": finding.reason}


def _lines(
    result: Verified, kept: list[Finding], *, quick: bool, again: bool, handed: bool
) -> Iterator[str]:
    if not result.files:
        yield "No photo or video was found there."
    elif result.all_held:
        yield f"The server holds all {files(result.files)}."
    else:
        yield f"The server does not hold all {files(result.files)}."
    for standing, words in _WORDS.items():
        if count := result.counts.get(standing):
            yield f"  {count:,} {words}"
    if result.skipped:
        yield f"  {result.skipped:,} skipped: no photo or video, or excluded"
    read = f"{size(result.bytes_read)} read in {result.seconds:.1f} s"
    yield f"{read}; files that look unchanged were not read." if quick else f"{read}."
    for finding in kept[:_MOST_NAMED]:
        yield f"{finding.path}: {finding.reason}"
    more = result.files - result.counts.get(Standing.HELD, 0) - _MOST_NAMED
    if more > 0:
        yield f"... and {more:,} more; --export FILE.csv lists all"
    yield from _remedies(result, again=again, handed=handed)


def _remedies(result: Verified, *, again: bool, handed: bool) -> Iterator[str]:
    if missing := result.counts.get(Standing.MISSING):
        if handed:
            yield f"{files(missing)} missing: Immich Tray uploads them now."
        elif again:
            yield f"{files(missing)} missing will be uploaded by the next backup of them."
        else:
            yield "To upload what is missing again: immich-tray verify --send-again"
    if any(result.counts.get(one) for one in (Standing.DIFFERS, Standing.NOT_BACKED_UP)):
        yield "To back up the rest: immich-tray backup"
