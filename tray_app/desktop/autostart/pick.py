"""Chooses how this platform starts programs at login."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tray_app.core.system_job import JobCommand
from tray_app.desktop.autostart.launch_agent import LaunchAgentAutostart
from tray_app.desktop.autostart.run_key import RunKeyAutostart
from tray_app.desktop.autostart.xdg import XdgAutostart
from tray_app.desktop.system_job.pick import InThread
from tray_app.ports import SystemJob

Write = Callable[[Path, bytes], None]


def pick_autostart(
    command: JobCommand, environ: Mapping[str, str], answer: Path, write: Write
) -> SystemJob:
    """Return the autostart of this computer; `write` replaces a small file in one step.

    `answer`: a file of ours for what the Background portal said.
    """
    if sys.platform == "darwin":
        return InThread(LaunchAgentAutostart(command, Path.home(), os.getuid(), write))
    if sys.platform == "win32":
        return InThread(RunKeyAutostart(command))
    from tray_app.desktop.autostart.portal import (  # noqa: PLC0415  D-Bus, Linux only
        PortalAutostart,
        in_flatpak,
    )

    if in_flatpak(environ):
        return PortalAutostart(command, answer, write)
    return InThread(XdgAutostart(command, environ, write))
