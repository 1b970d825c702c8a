"""What the window asks of its pages, and how a page is put on its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_app.ui.window_view import WindowView

FAILED_PAGE = "failed"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the window: `make` is called when it is first opened.

    `key` names it in code and in what the window remembers, `name` to a person, `icon` its
    picture in `resources/icons/pages/`. Any widget will do; a `Page` hears more.
    """

    key: str
    name: str
    icon: str
    make: Callable[[], QWidget]


class Page(QWidget):
    """A page that follows the state; shown and hidden as every widget is.

    `page_wanted` asks the window to turn to the page of a key.
    """

    page_wanted = Signal(str)

    def show_view(self, view: WindowView) -> None:
        """Draw what the program is doing."""

    def refresh(self) -> None:
        """Read anew what is listed (F5)."""

    def close_down(self) -> None:
        """End all work: the window goes for good."""

    def invite(self, *, on: bool) -> None:
        """Show that what is held over the window may be dropped."""

    def take(self, urls: Sequence[QUrl]) -> None:
        """Take what was dropped on the window; only the first page is asked."""

    def filter_field(self) -> QLineEdit | None:
        """Return where Ctrl+F leads, None: there is nothing to filter."""
        return None
