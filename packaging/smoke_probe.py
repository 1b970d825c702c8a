"""Run inside the installed wheel's environment: import everything, find the data files."""

import importlib
import pkgutil
import sys
from importlib import resources
from pathlib import Path

import tray_app


def main() -> None:
    """Exit 1 with the reason when the installed package is not whole."""
    home = Path(tray_app.__file__).parent
    if not home.is_relative_to(sys.prefix):
        sys.exit(f"tray_app was imported from {home}, not from the wheel in {sys.prefix}")
    names = [module.name for module in pkgutil.walk_packages(tray_app.__path__, "tray_app.")]
    for name in names:
        importlib.import_module(name)
    package = resources.files("tray_app")
    for needed, pattern in (
        ("", "py.typed"),
        ("resources", "*"),
        ("adapters/sqlite/migrations", "*.sql"),
    ):
        if not any(Path(str(package / needed)).glob(pattern)):
            sys.exit(f"the wheel has no tray_app/{needed}/{pattern}")
    print(f"{len(names)} modules imported from the wheel, data files present")


if __name__ == "__main__":
    main()
