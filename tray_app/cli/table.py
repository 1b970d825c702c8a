"""Tables that a person opens in a spreadsheet."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tray_app.core.csv_cells import harmless
from tray_app.core.errors import Need, NeedsUser


@contextmanager
def csv_file(target: Path, header: Sequence[str]) -> Iterator[Callable[[Sequence[object]], None]]:
    """Yield how to write a row; raises NeedsUser(DISK) where the file cannot be written.

    What a spreadsheet would take for a formula is text: names of files are anybody's.
    """
    with _refusals(target):
        file = target.open("w", encoding="utf-8-sig", newline="")
    writer = csv.writer(file)

    def write(row: Sequence[object]) -> None:
        with _refusals(target):
            writer.writerow([harmless(cell) for cell in row])

    try:
        write(header)
        yield write
    finally:
        with _refusals(target):
            file.close()


@contextmanager
def _refusals(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise NeedsUser(
            f"{target} could not be written: {exc.strerror}.",
            need=Need.DISK,
            remedy="Name another file.",
        ) from exc
