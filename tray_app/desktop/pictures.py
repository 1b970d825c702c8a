"""Where this desktop keeps a person's pictures."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def pictures_folder() -> str | None:
    """Return the folder that the desktop names for pictures (XDG user dirs), if it is there.

    A desktop without one names the home folder, which nobody means.
    """
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    if not named:
        return None
    folder = Path(named)
    return named if folder != Path.home() and folder.is_dir() else None
