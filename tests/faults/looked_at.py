"""Makes pictures and words of every file of a folder, as the window does; says what it cost."""

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication

from tray_app.adapters import media_probe
from tray_app.core.asset import Failure
from tray_app.core.failure_csv import failure_csv
from tray_app.core.history import FailedRow, FileRow
from tray_app.core.ledger import Held
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.core.timeline import Cell, State
from tray_app.core.toasts import Needed, Offered, Slot
from tray_app.ui import history_view, pictures, timeline_words, toast_view, view, words

NOW = datetime(2026, 3, 12, tzinfo=UTC)


def texts(path: str) -> dict[str, list[str]]:
    """Return what is said of a file: plain in tables and toasts, and where markup is guessed."""
    name = os.path.basename(path)
    row = FileRow(cursor=(), path=path, size=1, at=NOW, held=Held.UPLOADED)
    failed = FailedRow(cursor=(), file_id=1, path=path, reason=name, remedy=name, since=NOW)
    upload = UploadState(total_count=2, current_file=path, current_progress=5)
    snapshot = Snapshot(phase=Phase.UPLOADING, upload=upload, notes=(name,), reasons=(name,))
    cell = Cell(("a", 1), words.visible(name), State.BOTH, path=path)
    tray = view.tray_view(snapshot, NOW)
    toasts = [
        toast_view.progress(Slot.DETAIL, snapshot, NOW),
        toast_view.progress(Slot.TOTAL, snapshot, NOW),
        toast_view.toast(Needed((name,)), NOW).notification,
        toast_view.toast(Offered(name, path), NOW).notification,
    ]
    return {
        "plain": [
            history_view.name_of(row.path),
            history_view.folder_of(row.path),
            history_view.failed_what(failed),
            words.visible(failed.remedy),
            *(toast.title for toast in toasts),
            *(toast.content for toast in toasts),
            tray.status,
            tray.detail,
        ],
        "guessed": [
            tray.tooltip,
            timeline_words.tooltip(cell, ""),
            timeline_words.tooltip(Cell(("a", 1), name, State.BOTH, path=path), ""),
            words.no_markup(history_view.name_of(path)),
            words.no_markup(path),
        ],
    }


def harmless(text: str) -> bool:
    """Nothing unseen but our own line breaks, and what joins letters."""
    return all(one.isprintable() or one in words._JOINERS + "\n" for one in text)


def main() -> None:
    app = QApplication([])

    longest, slowest, made, wrong = 0.0, "", 0, []
    for raw in sorted(os.scandir(sys.argv[1]), key=lambda it: it.name):
        begun = time.monotonic()
        made += pictures.of_file(raw.path, 128) is not None
        with open(raw.path, "rb") as file:
            media_probe.probe_still(file.read(media_probe.STILL_HEAD_BYTES))
            media_probe.probe_video(file, raw.stat().st_size)
        if (took := time.monotonic() - begun) > longest:
            longest, slowest = took, raw.name
        said = texts(raw.path)
        guessed = [["markup", text] for text in said["guessed"] if Qt.mightBeRichText(text)]
        every = (*said["plain"], *said["guessed"])
        wrong += [*guessed, *(["raw", text] for text in every if not harmless(text))]
        if "\r\n" not in failure_csv([Failure(words.visible(raw.path), raw.name)]):
            wrong.append(["csv", raw.name])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"longest": longest, "slowest": slowest, "made": made, "wrong": wrong, "peak": peak}
    sys.stdout.write(json.dumps(told) + "\n")
    app.quit()


if __name__ == "__main__":
    main()
