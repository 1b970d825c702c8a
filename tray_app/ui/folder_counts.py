"""What the folders hold, counted in the background while somebody looks at them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from tray_app.core.inspection import Inspection
from tray_app.ports.settings import Inspector


class Asked(NamedTuple):
    """A folder and the rules it is looked at with."""

    path: str
    everywhere: tuple[str, ...]
    own: tuple[str, ...]


class FolderCounts(QObject):
    """Counts each folder once for the same rules; `changed` tells that there is something new."""

    changed = Signal()
    _told = Signal(object, object)

    def __init__(self, inspector: Inspector, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspector = inspector
        self._found: dict[Asked, Inspection] = {}
        self._stops: dict[str, tuple[Asked, Callable[[], None]]] = {}
        self._told.connect(self._take)

    def want(self, folders: Sequence[Asked]) -> None:
        """Count these, and no longer what is not among them."""
        paths = {asked.path: asked for asked in folders}
        for path, (asked, stop) in list(self._stops.items()):
            if paths.get(path) != asked:
                stop()
                del self._stops[path]
        self._found = {asked: found for asked, found in self._found.items() if asked in folders}
        for asked in folders:
            if asked not in self._found:
                self._found[asked] = Inspection()
                stop = self._inspector.inspect(*asked, self._hearer(asked))
                self._stops[asked.path] = (asked, stop)

    def of(self, asked: Asked) -> Inspection:
        """Return what was found so far."""
        return self._found.get(asked, Inspection())

    def again(self) -> None:
        """Forget everything, so that the next wish counts anew."""
        self.stop()
        self._found.clear()

    def stop(self) -> None:
        """Count no more."""
        for _, stop in self._stops.values():
            stop()
        self._stops.clear()

    def _hearer(self, asked: Asked) -> Callable[[Inspection], None]:
        def told(found: Inspection) -> None:
            with suppress(RuntimeError):  # the dialog is gone
                self._told.emit(asked, found)

        return told

    def _take(self, asked: Asked, found: Inspection) -> None:
        if asked in self._found:
            self._found[asked] = found
            self.changed.emit()
