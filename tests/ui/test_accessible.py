"""Every control of every window: name, role, Tab, order, focus and contrast (issue 5)."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from tests.ui.accessible import dialogs, faults, hard_to_read, menu_faults
from tests.ui.conftest import Shown
from tests.ui.history_world import NOW
from tests.ui.recorder import Recorder
from tests.ui.settings_rig import Rig
from tests.ui.test_onboarding import at_folders, at_sign_in, at_when
from tests.ui.test_onboarding import computer as computer  # noqa: PLC0414  a fixture
from tests.ui.test_onboarding import demo as demo  # noqa: PLC0414  a fixture
from tests.ui.test_timeline_page import data as data  # noqa: PLC0414  a fixture
from tests.ui.test_timeline_page import shown as shown_timeline
from tests.ui.waiting import until
from tests.ui.window_examples import STATES
from tests.ui.window_pictures import WORLDS, filled
from tray_app.core.onboarding import Step
from tray_app.core.setting_specs import Group
from tray_app.ui.farewell import Farewell
from tray_app.ui.memory import Memory
from tray_app.ui.questions import ask_text
from tray_app.ui.tray import TrayMenu
from tray_app.ui.view import tray_view
from tray_app.ui.window_view import window_view

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
GROUNDS = ("#efefef", "#31363b")
PAGES = ("overview", "activity", "failed", "logs")
STATE_IN = {"empty": "idle", "normal": "uploading", "huge": "told", "error": "failed"}


@pytest.fixture
def both_loops(qapp):
    """Qt's loop alone: there are windows."""
    return "qasync"


@contextmanager
def on(app, ground):
    """The palette of a desktop with this ground."""
    before = app.palette()
    app.setPalette(QPalette(QColor(ground)))
    try:
        yield
    finally:
        app.setPalette(before)


async def active(window):
    window.show()
    window.activateWindow()
    await until(window.isActiveWindow)


async def checked(window, where, app):
    """Nothing is wrong with it, and every text can be read in both themes."""
    await active(window)
    found = [f"{where}: {it}" for it in faults(window)]
    for ground in GROUNDS:
        with on(app, ground):
            found += [f"{where} on {ground}: {it}" for it in hard_to_read(window)]
    return found


@pytest.mark.parametrize("kind", WORLDS)
async def test_the_pages_of_the_window(both_loops, qapp, qtbot, world, kind):
    filled(world, kind)
    shown = Shown(world)
    qtbot.addWidget(shown.window)
    await active(shown.window)
    shown.window.show_view(window_view(STATES[STATE_IN[kind]], NOW))
    found = []
    for key in PAGES:
        shown.open(key)
        await until(lambda: not shown.errands.busy)
        found += await checked(shown.window, key, qapp)
    shown.errands.close()
    shown.window.hide()
    assert not found, "\n" + "\n".join(found)


async def test_the_timeline(both_loops, qapp, data):
    async with shown_timeline(data) as stage:
        assert await checked(stage.page.window(), "timeline", qapp) == []


@pytest.mark.parametrize("group", Group)
async def test_the_settings(both_loops, qapp, tmp_path, group):
    rig = Rig(tmp_path, change_account=lambda: None)
    rig.preferences.change("backgroundBackup", True)
    rig.preferences.change("albumMode", "single")
    rig.window.show_page(group)
    found = await checked(rig.window, group, qapp)
    rig.window.close_down()
    assert not found, "\n" + "\n".join(found)


async def test_what_quit_asks(both_loops, qapp):
    class GoesOn:
        def goes_on(self):
            return True

    farewell = Farewell(lambda: None, GoesOn(), Memory())
    farewell.ask()
    found = await checked(farewell.box, "farewell", qapp)
    farewell.close()
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("step", Step)
async def test_the_onboarding(computer, demo, qapp, step):
    computer.put_pictures()
    session = await {
        Step.SERVER: computer.start,
        Step.SIGN_IN: lambda: at_sign_in(computer, demo.url),
        Step.FOLDERS: lambda: at_folders(computer, demo.url),
        Step.WHEN: lambda: at_when(computer, demo.url),
    }[step]()
    found = await checked(session.window, step, qapp)
    await session.leave()
    assert not found, "\n" + "\n".join(found)


async def test_the_question_for_a_text(both_loops, qapp, tmp_path):
    rig = Rig(tmp_path)
    rig.window.show()
    ask_text(rig.window, "Add a header", "Name of the header", print)
    (box,) = [it for it in dialogs() if it is not rig.window]
    found = await checked(box, "question", qapp)
    box.close()
    rig.window.close_down()
    assert not found, "\n" + "\n".join(found)


async def test_signing_out_is_asked(both_loops, qapp, tmp_path):
    rig = Rig(tmp_path)
    await active(rig.window)
    rig.window.show_page(Group.ACCOUNT)
    buttons = rig.window.account.findChildren(QPushButton)
    next(it for it in buttons if it.text().replace("&", "").startswith("Sign out")).click()
    (box,) = [it for it in dialogs() if it is not rig.window]
    found = await checked(box, "sign out", qapp)
    box.close()
    rig.window.close_down()
    assert not found, "\n" + "\n".join(found)


def test_a_fault_is_found(qtbot, qapp):
    """The sweep finds what it is there for."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    one, two, three = QPushButton("One"), QPushButton("Two"), QPushButton()
    no_tab, empty, pale = QPushButton("No Tab"), QListWidget(), QLabel("pale")
    no_tab.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    empty.setAccessibleName("Nothing")
    pale.setStyleSheet("color: #c0c0c0; background: #f0f0f0")
    for it in (one, two, three, no_tab, empty, pale):
        column.addWidget(it)
    QWidget.setTabOrder(one, three)
    QWidget.setTabOrder(three, two)
    window.setWindowTitle("Faulty")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    told = "\n".join(faults(window))
    for words in (
        "no name or role: QPushButton",
        "Tab does not lead to QPushButton 'No Tab'",
        "Tab goes back: QPushButton",
        "focus is not seen: QListWidget 'Nothing'",
    ):
        assert words in told, told
    assert "QLabel 'pale'" in hard_to_read(window)[0]


@pytest.mark.parametrize("state", STATES)
async def test_the_menu(both_loops, qapp, state):
    menu = TrayMenu(Recorder(), lambda: NOW, has_settings=True)
    menu.show_view(tray_view(STATES[state], NOW))
    assert menu_faults(menu) == []
    menu.deleteLater()
