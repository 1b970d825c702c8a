"""The tray as a program of its own: reads phases from stdin, prints what the menu asks for.

`python -m tests.desktop.tray_client`; a line on stdin is a phase, or one of `EXAMPLES`.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta

from tests.ui.recorder import Recorder
from tray_app.core.snapshot import Phase, Snapshot, UploadState
from tray_app.engine.foreground import Foreground
from tray_app.engine.store import Store
from tray_app.ui.loop import run_with_qt
from tray_app.ui.shell import run_tray

NOW = datetime.now(UTC)
RUN = UploadState(total_count=100, completed_count=42, current_file="Sommer 2024/IMG_0043.HEIC")
BASE = {"last_success": NOW, "backed_up": 1204, "server_url": "http://127.0.0.1:2283"}
EXAMPLES = {
    "idle": Snapshot(phase=Phase.IDLE, **BASE),
    "scanning": Snapshot(phase=Phase.SCANNING, **BASE),
    "uploading": Snapshot(phase=Phase.UPLOADING, upload=RUN, **BASE),
    "paused": Snapshot(phase=Phase.PAUSED, resume_at=NOW + timedelta(minutes=30), **BASE),
    "waiting": Snapshot(
        phase=Phase.COOLING_DOWN,
        reasons=("The name photos.example.org could not be found.",),
        resume_at=NOW + timedelta(minutes=2),
        backup_failed_since=NOW - timedelta(days=2),
        **BASE,
    ),
    "needsUser": Snapshot(
        phase=Phase.NEEDS_USER,
        reasons=("photos.example.org no longer accepts our sign-in. Sign in again.",),
        **BASE,
    ),
    "failed": Snapshot(phase=Phase.FAILED, reasons=("Something unexpected happened.",), **BASE),
}


class Said(list):
    """What was asked, printed as it comes; "quit" is also done."""

    def __init__(self, quit_requested: asyncio.Event):
        super().__init__()
        self._quit_requested = quit_requested

    def append(self, asked: str) -> None:
        sys.stdout.write(f"{asked}\n")
        sys.stdout.flush()
        if asked == "quit":
            self._quit_requested.set()


async def main(app, quit_requested) -> int:
    store = Store(EXAMPLES["idle"])
    commands = Recorder()
    commands.asked = Said(quit_requested)

    def on_line() -> None:
        for name in os.read(0, 4096).decode().split():
            store.publish(EXAMPLES[name])

    asyncio.get_running_loop().add_reader(0, on_line)
    await run_tray(app, store, commands, quit_requested, lambda: datetime.now(UTC), Foreground())
    return 0


if __name__ == "__main__":
    sys.exit(run_with_qt(main))
