"""The first page: which server."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from tray_app.core.onboarding import Field, State
from tray_app.engine.onboarding import Onboarding
from tray_app.ui.language import tr
from tray_app.ui.onboarding_page import Entry, OnboardingPage, complaint, say
from tray_app.ui.onboarding_view import certificate_words


class ServerPage(OnboardingPage):
    """An address, and the certificate that may be trusted where it is not known."""

    def __init__(self, work: Onboarding) -> None:
        super().__init__()
        self._work = work
        self.address = Entry(tr("&Address"), hint=tr("photos.example.org or 192.168.1.5:2283"))
        self.address.line.setText(work.state.typed)
        self.certificate = QLabel()
        self.certificate.setTextFormat(Qt.TextFormat.PlainText)
        self.certificate.setWordWrap(True)
        self.certificate.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.trust = QPushButton(tr("&Trust this certificate"))
        self.trust.setAutoDefault(False)
        self.trust.clicked.connect(lambda _checked: work.trust())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.address)
        column.addWidget(self.certificate)
        column.addWidget(self.trust, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()

    def show_state(self, state: State) -> None:
        """Draw it; what is typed stays."""
        self.address.setEnabled(not state.busy)
        self.address.complain(complaint(state, Field.ADDRESS))
        say(self.certificate, certificate_words(state.certificate) if state.certificate else "")
        self.certificate.setAccessibleName(self.certificate.text())
        self.trust.setVisible(state.certificate is not None)

    def submit(self) -> None:
        """Look for the server."""
        self._work.find(self.address.text)

    def first(self) -> QWidget:
        """Return the address."""
        return self.address.line
