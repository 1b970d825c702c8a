"""What can be done with items of the timeline."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from tray_app.core.timeline import Cell, State
from tray_app.ui.language import tr

UPLOADABLE = frozenset({State.LOCAL, State.FAILED, State.TRASHED})


class TimelineActions(Protocol):
    """What the timeline asks the program for; each returns at once."""

    def open_in_immich(self, cell: Cell) -> None:
        """Show an asset in the browser."""
        ...

    def reveal(self, path: str) -> None:
        """Show a file of this computer in its folder."""
        ...

    def upload_again(self, cells: Sequence[Cell]) -> None:
        """Back up files now, also those that were deleted on the server."""
        ...


def uploadable(cell: Cell) -> bool:
    """Tell whether there is a file that the server does not hold."""
    return cell.path is not None and cell.state in UPLOADABLE


class TimelineMenu(QMenu):
    """For the current item and the selection; `can_upload`: some of it may be sent again."""

    def __init__(self, current: Cell | None, *, can_upload: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Actions for the selected items"))
        self.open = self._add(tr("&Open in Immich"), bool(current and current.asset_id))
        self.open.setShortcut(QKeySequence("Return"))
        self.reveal = self._add(tr("&Reveal file"), bool(current and current.path))
        self.upload = self._add(tr("&Upload again"), can_upload)
        self.addSeparator()
        self.select_all = self._add(tr("Select &all"), True)
        self.select_all.setShortcut(QKeySequence.StandardKey.SelectAll)

    def _add(self, text: str, enabled: bool) -> QAction:  # noqa: FBT001  private and plain
        action = self.addAction(text)
        action.setEnabled(enabled)
        return action
