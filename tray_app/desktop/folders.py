"""Folders of this person by the XDG Base Directory Specification."""

from collections.abc import Mapping
from pathlib import Path


def xdg_folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    """Read the variable `name`; a relative path counts as none."""
    given = environ.get(name, "")
    return Path(given) if given.startswith("/") else default
