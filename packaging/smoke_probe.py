"""Run inside the installed wheel's environment: import everything, find the data files.

Its arguments are the data files, relative to the package.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import tray_app

WINDOWS_ONLY = {"tray_app.adapters.channel.pipe"}


def main() -> None:
    """Exit 1 with the reason when the installed package is not whole."""
    home = Path(tray_app.__file__).parent
    if not home.is_relative_to(sys.prefix):
        sys.exit(f"tray_app was imported from {home}, not from the wheel in {sys.prefix}")
    names = [module.name for module in pkgutil.walk_packages(tray_app.__path__, "tray_app.")]
    for name in names:
        if name not in WINDOWS_ONLY or sys.platform == "win32":
            importlib.import_module(name)
    missing = [name for name in sys.argv[1:] if not (home / name).is_file()]
    if missing:
        sys.exit(f"the wheel lacks {', '.join(missing)}")
    print(f"{len(names)} modules and {len(sys.argv) - 1} data files in the wheel")


if __name__ == "__main__":
    main()
