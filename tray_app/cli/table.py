"""Tables that a person opens in a spreadsheet."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tray_app.adapters.export_file import export_faults_in_words, open_export
from tray_app.core.csv_cells import harmless


@contextmanager
def csv_file(target: Path, header: Sequence[str]) -> Iterator[Callable[[Sequence[object]], None]]:
    """Yield how to write a row; raises NeedsUser(DISK) where the file cannot be written.

    What a spreadsheet would take for a formula is text: names of files are anybody's.
    """
    with export_faults_in_words(target):
        file = os.fdopen(open_export(target), "w", encoding="utf-8-sig", newline="")
    writer = csv.writer(file)

    def write(row: Sequence[object]) -> None:
        with export_faults_in_words(target):
            writer.writerow([harmless(cell) for cell in row])

    try:
        write(header)
        yield write
    finally:
        with export_faults_in_words(target):
            file.close()
