"""The timeline on a real screen with a window manager, by keyboard alone."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.rig.processes import wait_until
from tests.ui.timeline_examples import fill

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]
ROOT = Path(__file__).parents[2]


@contextmanager
def running(env, folder):
    """Show a timeline; gives its process, whose lines say what a person asked for."""
    command = [sys.executable, "-m", "tests.ui.timeline_examples", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as it:
        try:
            assert it.stdout.readline() == "ready\n"
            yield it
        finally:
            it.terminate()


def test_from_the_filter_to_immich_without_a_mouse(desktop_session, screen, tmp_path):
    fill(tmp_path, 2000)
    with running(desktop_session, tmp_path) as program:
        wait_until("window", lambda: screen.windows("The timeline"))
        screen.key("ctrl+f")
        screen.key(*"100041")
        while program.stdout.readline() != "1 found\n":
            pass  # what a part of the number found
        screen.key("Down")  # to the photo
        screen.key("Home", "Return")
        assert program.stdout.readline().startswith("open ")
        screen.key("Menu")
        wait_until("menu", lambda: any(one.height > 50 for one in screen.windows("Immich Tray")))
        screen.key("Down", "Down", "Return")
        assert program.stdout.readline() == f"reveal {tmp_path}/photos/IMG_100041.jpg\n"
