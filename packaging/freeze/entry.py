"""What the frozen program starts with; everything else is as `python -m tray_app`."""

import os
import sys

# PyInstaller shows our own libraries to whatever we start; a browser or systemctl wants its own.
if (before := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
    os.environ["LD_LIBRARY_PATH"] = before
elif sys.platform == "linux":
    os.environ.pop("LD_LIBRARY_PATH", None)

from tray_app.__main__ import main

main()
