"""A page that lists rows of the database and keeps them up to date while it is seen."""

from abc import abstractmethod

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from tray_app.ui.page import Page
from tray_app.ui.window_view import WindowView

THROTTLE_MS = 2_000
TYPING_MS = 250


class ListPage(Page):
    """Reads when it is shown and when there may be something new, at most once in `THROTTLE_MS`.

    A hidden page reads nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._edition: tuple[object, ...] = ()
        self._stale = True
        self._throttle = QTimer(self, singleShot=True, interval=THROTTLE_MS)
        self._throttle.timeout.connect(self._freshen)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self.refresh)

    def spare(self, milliseconds: int) -> None:
        """Read seldom what took long: a twentieth of the time at most."""
        self._throttle.setInterval(max(THROTTLE_MS, 20 * milliseconds))

    @abstractmethod
    def reload(self) -> None:
        """Begin to read what is listed."""

    def may_move(self) -> bool:
        """Tell whether rows may be put in at the top now; a person may be reading further down."""
        return True

    def show_view(self, view: WindowView) -> None:
        """Take note that there may be something new."""
        if view.edition == self._edition:
            return
        self._edition = view.edition
        self._stale = True
        if self.isVisible() and not self._throttle.isActive():
            self._throttle.start()

    def refresh(self) -> None:
        """Read anew, whatever is on the screen."""
        self._stale = False
        self.reload()

    def typed(self) -> None:
        """Read anew once the person has stopped typing for an instant."""
        self._typing.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Catch up."""
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self._stale and self.isVisible() and self.may_move():
            self.refresh()
