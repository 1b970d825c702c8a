"""The window of the onboarding: one page a step, Enter goes on, Esc leaves it for later."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from tray_app.core.onboarding import State, Step
from tray_app.engine.onboarding import Onboarding
from tray_app.ports.settings import Inspector
from tray_app.ui.language import localised, tr
from tray_app.ui.memory import Memory
from tray_app.ui.onboarding_folders import FoldersPage
from tray_app.ui.onboarding_page import OnboardingPage, say
from tray_app.ui.onboarding_server import ServerPage
from tray_app.ui.onboarding_sign_in import SignInPage
from tray_app.ui.onboarding_view import TITLES, explanation, next_label, place
from tray_app.ui.onboarding_when import WhenPage
from tray_app.ui.readable import FocusRing
from tray_app.ui.setting_row import QuietLabel

SIZE = QSize(600, 480)
_TITLE = 1.5  # times the font of the system


class OnboardingWindow(QDialog):
    """Draws the `State` of an `Onboarding`. `closed(finished)` comes once.

    `memory` knows where it was; None: it comes up as the system places it.
    """

    closed = Signal(bool)

    def __init__(
        self, work: Onboarding, inspector: Inspector, memory: Memory | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("onboarding")
        self.setWindowTitle(tr("Set up Immich Tray"))
        self.setAccessibleName(self.windowTitle())
        self._work = work
        self._memory = memory or Memory()
        self._step: Step | None = None
        self._waits = False
        self._over = False
        self.server, self.sign_in = ServerPage(work), SignInPage(work)
        self.folders, self.when = FoldersPage(work, inspector), WhenPage(work)
        self.pages: dict[Step, OnboardingPage] = {
            Step.SERVER: self.server,
            Step.SIGN_IN: self.sign_in,
            Step.FOLDERS: self.folders,
            Step.WHEN: self.when,
        }
        self.place, self.title, self.explanation = QuietLabel(), QLabel(), QuietLabel()
        self.stack = QStackedWidget()
        self.wait, self.waited_for = QProgressBar(), QLabel()
        self.back, self.stop = QPushButton(tr("&Back")), QPushButton(tr("S&top"))
        self.later, self.next = QPushButton(tr("&Later")), QPushButton()
        FocusRing(self.next)
        self.later.setToolTip(
            tr("What is done so far stays; the rest is asked when you come back.")
        )
        self._lay_out()
        self._connect()
        self.resize(SIZE)
        self._memory.put_back("onboarding", self)
        self._show(work.state)

    @property
    def page(self) -> OnboardingPage:
        """The page that is seen."""
        return self.pages[self._work.state.step]

    def bring_up(self) -> None:
        """Show it in front of the others."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        self._focus()

    def close_down(self) -> None:
        """Take it away for good, without a word."""
        self._over = True
        for page in self.pages.values():
            page.left()
        self.hide()
        self.deleteLater()

    def _show(self, state: State) -> None:
        if self._over:
            return
        if state.finished:
            self._leave(finished=True)
            return
        waits = bool(state.busy) and not state.pasting
        moved = state.trouble is not None or (state.step, waits) != (self._step, self._waits)
        self._waits = waits
        self._turn_to(state.step)
        for page in self.pages.values():
            page.show_state(state)
        say(self.place, place(state))
        self.title.setText(tr(TITLES[state.step]))
        say(self.explanation, explanation(state))
        self._draw_buttons(state)
        if moved:
            self._focus()

    def _turn_to(self, step: Step) -> None:
        if step is self._step:
            return
        if self._step:
            self.pages[self._step].left()
        self._step = step
        self.stack.setCurrentIndex(list(self.pages).index(step))
        self.pages[step].entered()

    def _draw_buttons(self, state: State) -> None:
        self.wait.setVisible(bool(state.busy))
        say(self.waited_for, localised(state.busy))
        self.wait.setAccessibleName(localised(state.busy) or tr("Waiting"))
        self.stop.setVisible(bool(state.busy))
        self.back.setVisible(not state.busy and state.step is not state.steps[0])
        self.next.setText(next_label(state, self.sign_in.method))
        self.next.setEnabled(not state.busy or state.pasting)
        self.next.setDefault(True)

    def _focus(self) -> None:
        if self.isVisible():
            begin = self.stop if self._waits else self.page.first()
            begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self._work.cancel()

    def _leave(self, *, finished: bool) -> None:
        if not self._over:
            self._over = True
            self.hide()
            self.closed.emit(finished)

    def _connect(self) -> None:
        self.next.clicked.connect(lambda _checked: self.page.submit())
        self.back.clicked.connect(lambda _checked: self._work.back())
        self.stop.clicked.connect(lambda _checked: self._stop())
        self.later.clicked.connect(lambda _checked: self._leave(finished=False))
        self.sign_in.method_changed.connect(self._method_changed)
        QShortcut(QKeySequence("Ctrl+W"), self, lambda: self._leave(finished=False))
        self._work.subscribe(self._show)

    def _method_changed(self) -> None:
        self._draw_buttons(self._work.state)
        self._focus()

    def _lay_out(self) -> None:
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE)
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.wait.setRange(0, 0)
        self.wait.setTextVisible(False)
        self.wait.setMaximumHeight(self.fontMetrics().height() // 2)
        for page in self.pages.values():
            self.stack.addWidget(_scrolled(page))
        buttons = QHBoxLayout()
        for button in (self.back, self.later, self.stop, self.next):
            button.setAutoDefault(False)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.stop, self.later, self.next):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        for part in (self.place, self.title, self.explanation):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.stack, 1)
        column.addWidget(self.waited_for)
        column.addWidget(self.wait)
        column.addSpacing(4)
        column.addLayout(buttons)

    # Qt's own names from here on.

    def reject(self) -> None:
        """Esc: end what is waited for, else leave all for later."""
        if self._work.state.busy:
            self._stop()
        else:
            self._leave(finished=False)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Remember the place."""
        super().hideEvent(event)
        self._memory.note_place("onboarding", self)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Leave it for later."""
        event.ignore()
        self._leave(finished=False)


def _scrolled(page: OnboardingPage) -> QScrollArea:
    """Let a page be larger than the screen, as with large fonts."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
