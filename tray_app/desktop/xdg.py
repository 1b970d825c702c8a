"""The XDG base directories."""

from collections.abc import Mapping
from pathlib import Path


def folder_of(environ: Mapping[str, str], name: str, default: Path) -> Path:
    """Read a variable of the XDG base directories; a relative path counts as none."""
    given = environ.get(name, "")
    return Path(given) if given.startswith("/") else default


def home_of(environ: Mapping[str, str]) -> Path:
    """Return the person's home."""
    return Path(environ.get("HOME") or Path.home())


def data_home(environ: Mapping[str, str]) -> Path:
    """Return `XDG_DATA_HOME` or its default."""
    return folder_of(environ, "XDG_DATA_HOME", home_of(environ) / ".local" / "share")


def config_home(environ: Mapping[str, str]) -> Path:
    """Return `XDG_CONFIG_HOME` or its default."""
    return folder_of(environ, "XDG_CONFIG_HOME", home_of(environ) / ".config")
