"""The last page: when to back up, in words and with this computer as it is now."""

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from tray_app.core.onboarding import Field, Plan, State
from tray_app.core.system_job import JobStatus
from tray_app.engine.onboarding import Onboarding
from tray_app.ui.language import tr
from tray_app.ui.onboarding_page import OnboardingPage, complaint, say
from tray_app.ui.onboarding_view import (
    NETWORK_RULE,
    battery_rule,
    login_words,
    network_words,
    power_words,
)
from tray_app.ui.setting_row import INDENT, ErrorLine, QuietLabel


class WhenPage(OnboardingPage):
    """Four switches, each with what it means."""

    def __init__(self, work: Onboarding) -> None:
        super().__init__()
        self._work = work
        plan = work.state.plan
        self.background = _switch(tr("Back up new photos by &itself"), on=plan.background)
        self.wifi = _switch(tr("&Wait on a metered or mobile network"), on=plan.require_wifi)
        self.charging = _switch(
            tr("Wait until the computer is &plugged in"), on=plan.require_charging
        )
        self.at_login = _switch(tr("Start at lo&gin, hidden in the tray"), on=plan.at_login)
        self.network, self.power, self.login = QuietLabel(), QuietLabel(), QuietLabel()
        self.error, self.login_error = ErrorLine(), ErrorLine()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        means = tr("Else only when you ask for it. The first backup begins now in any case.")
        self._add(self.background, QuietLabel(means))
        self._add(self.wifi, QuietLabel(tr(NETWORK_RULE)), self.network)
        self._add(self.charging, QuietLabel(battery_rule(plan)), self.power)
        self._add(self.at_login, self.login, self.login_error)
        self._column.addWidget(self.error)
        self._column.addStretch()
        for switch in (self.wifi, self.charging):
            switch.toggled.connect(lambda _on: self.show_state(work.state))

    @property
    def plan(self) -> Plan:
        """What is chosen."""
        return Plan(
            background=self.background.isChecked(),
            require_wifi=self.wifi.isChecked(),
            require_charging=self.charging.isChecked(),
            at_login=self.at_login.isChecked(),
            min_battery_percent=self._work.state.plan.min_battery_percent,
        )

    def show_state(self, state: State) -> None:
        """Draw this computer as it is now."""
        say(self.network, network_words(state, self.plan))
        say(self.power, power_words(state, self.plan))
        say(self.login, login_words(state.at_login))
        self.error.say(complaint(state, Field.WHEN))
        refused = complaint(state, Field.AT_LOGIN)
        self.login_error.say(refused)
        found = state.at_login.status if state.at_login else None
        self.at_login.setEnabled(found is not JobStatus.UNSUPPORTED)
        if found is JobStatus.UNSUPPORTED or refused:
            self.at_login.setChecked(False)

    def submit(self) -> None:
        """Start."""
        self._work.start(self.plan)

    def first(self) -> QWidget:
        """Return the first switch."""
        return self.background

    def _add(self, switch: QCheckBox, *words: QLabel | ErrorLine) -> None:
        self._column.addWidget(switch)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 8)
        below.setSpacing(2)
        for part in words:
            below.addWidget(part)
        self._column.addLayout(below)
        said = [part.text() for part in words if isinstance(part, QLabel)]
        switch.setAccessibleDescription(" ".join(filter(None, said)))


def _switch(text: str, *, on: bool) -> QCheckBox:
    switch = QCheckBox(text)
    switch.setChecked(on)
    return switch
