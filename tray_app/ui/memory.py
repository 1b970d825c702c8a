"""What the windows remember from one time to the next: places, the page, what was said."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

_PAGE, _FAREWELL = "window/page", "quit/told"


class Memory:
    """One small INI file; a broken or missing one means that nothing is remembered.

    It is written by Qt when it pleases: nothing in it matters. `path` None: for this process only.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._stored = QSettings(str(path), QSettings.Format.IniFormat) if path else None
        self._values: dict[str, object] = {}

    def put_back(self, name: str, window: QWidget) -> None:
        """Put a window where the one of this name was last; a new one stays as it is."""
        found = self._get(f"{name}/geometry")
        if isinstance(found, QByteArray):
            window.restoreGeometry(found)

    def note_place(self, name: str, window: QWidget) -> None:
        """Remember where the window of this name is."""
        self._set(f"{name}/geometry", window.saveGeometry())

    @property
    def page(self) -> str:
        """The key of the page that was open last."""
        found = self._get(_PAGE)
        return found if isinstance(found, str) else ""

    @page.setter
    def page(self, value: str) -> None:
        self._set(_PAGE, value)

    @property
    def farewell_said(self) -> bool:
        """Whether it was said that backups go on after Quit."""
        return str(self._get(_FAREWELL)).lower() == "true"

    @farewell_said.setter
    def farewell_said(self, value: bool) -> None:
        self._set(_FAREWELL, value)

    def _get(self, key: str) -> object:
        return self._stored.value(key) if self._stored else self._values.get(key)

    def _set(self, key: str, value: object) -> None:
        if self._stored:
            self._stored.setValue(key, value)
        else:
            self._values[key] = value
