"""The virtual desktop as pytest fixtures; mark tests that use it with `@pytest.mark.desktop`."""

import tempfile
from pathlib import Path

import pytest

from tests.rig.desktop import running_desktop


@pytest.fixture(scope="session")
def desktop():
    """One desktop for the whole test run, with a light panel: see tests.rig.desktop.Desktop."""
    with (
        tempfile.TemporaryDirectory(prefix="desk-") as folder,  # short: socket paths have 108 bytes
        running_desktop(Path(folder)) as running,
    ):
        yield running


@pytest.fixture
def desktop_session(desktop):
    """The environment in which a program runs on that desktop (a copy, free to be changed)."""
    return dict(desktop.env)


@pytest.fixture
def screen(desktop):
    """See and touch the desktop: screenshot, click, key, find_tray_icon."""
    return desktop.screen
