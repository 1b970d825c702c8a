"""Why the collector is ours: see tray_app/ui/garbage.py. In processes of their own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = """
import asyncio, gc, sys, threading
from PySide6.QtCore import QObject
from tray_app.ui.loop import run_with_qt

class Ticking(QObject):
    def __init__(self):
        super().__init__()
        self.me = self
        self.startTimer(1)

def allocate():
    for _ in range(20):
        keep = [[] for _ in range(20_000)]

async def main(app, quit_requested):
    {first}
    gone = []
    for _ in range(20):
        ticking = Ticking()
        ticking.destroyed.connect(lambda: gone.append(threading.current_thread().name))
        del ticking
        await asyncio.to_thread(allocate)
        await asyncio.sleep(0.01)
    if gc.isenabled() is False:
        while not gone:
            keep = [[] for _ in range(20_000)]
            await asyncio.sleep(0.1)
    assert set(gone) <= {{"MainThread"}}, gone
    return 7

sys.exit(run_with_qt(main))
"""


def status(first: str) -> int:
    code = SCRIPT.format(first=first)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=30, check=False)
    return done.returncode


def test_what_a_worker_thread_would_have_freed_is_freed_in_the_main_thread():
    assert status("pass") == 7


def test_with_pythons_own_collector_the_process_dies():
    assert status("gc.enable()") != 7
