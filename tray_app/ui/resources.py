"""Finds the files of `resources/`, in an installed package and in a source checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(name: str) -> bytes:
    """Read a file of `resources/` by its relative name, as "icons/idle.svg".

    Raises FileNotFoundError when neither place has it: the installation is incomplete.
    """
    return _find(name).read_bytes()


def resource_path(name: str) -> str:
    """Return where such a file lies on the disk, "" when the installation is an archive."""
    found = _find(name)
    return str(found) if isinstance(found, Path) else ""


def _find(name: str) -> Traversable:
    for folder in (files("tray_app") / "resources", _checkout()):
        file = folder.joinpath(*name.split("/"))
        if file.is_file():
            return file
    raise FileNotFoundError(f"{name} is missing from the installation of Immich Tray.")


def _checkout() -> Traversable:
    return Path(__file__).parents[2] / "resources"
