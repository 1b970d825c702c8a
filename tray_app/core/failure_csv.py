"""The list of failed files as CSV, safe to be opened in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from tray_app.core.asset import Failure
from tray_app.core.csv_cells import harmless

_HEAD = ("path", "reason", "what to do", "status", "attempts")


def failure_csv(failures: Iterable[Failure]) -> str:
    """Write a head and a row for each; to be encoded as UTF-8 with a mark, lines end as CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEAD)
    for it in failures:
        cells = (harmless(cell) for cell in (it.path, it.reason, it.remedy))
        writer.writerow([*cells, it.status, it.attempts])
    return text.getvalue()
