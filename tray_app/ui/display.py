"""Whether there is a screen, asked before Qt is imported: on a server it may not be there."""

import os
import sys


def has_display() -> bool:
    """Tell whether Qt may be started: without a display it ends the process by itself."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
