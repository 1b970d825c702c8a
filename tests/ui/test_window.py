"""The window: every word has its place, every control a name and a key, nothing is lost on it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from tests.ui.contrast import contrast
from tests.ui.recorder import Recorder
from tests.ui.window_examples import NOW, STATES
from tray_app.engine.foreground import Foreground, Presence
from tray_app.engine.store import Store
from tray_app.ui.memory import Memory
from tray_app.ui.pages import overview_only
from tray_app.ui.plain_text import PlainText
from tray_app.ui.window import MainWindow
from tray_app.ui.window_shell import WindowShell
from tray_app.ui.window_view import window_view

# The offscreen screen has no window manager; the desktop test shows the window on a real one.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def commands():
    return Recorder()


@pytest.fixture
def window(qtbot, commands):
    it = MainWindow(overview_only(commands, lambda: NOW), Memory())
    it.quit_wanted.connect(commands.quit)
    qtbot.addWidget(it)
    show(it, "idle")
    it.show()
    return it


def page_of(window):
    return window.page("overview").status


def show(window, state):
    window.show_view(window_view(STATES[state], NOW))


def seen(window):
    labels = [*window.findChildren(QLabel), *window.findChildren(PlainText)]
    return [label.text() for label in labels if label.isVisible() and label.text()]


def test_a_resting_window(window):
    assert "All 12,040 photos are backed up" in seen(window)
    assert "12,040 of 12,040 photos backed up" in seen(window)
    assert "Automatic backup is on" in seen(window)
    assert any(text.startswith("Last backup ") for text in seen(window))
    assert not page_of(window).progress.isVisible()
    assert not page_of(window).cancel.isEnabled()


def test_a_working_window_shows_how_far_it_is(window):
    show(window, "uploading")
    page = page_of(window)
    assert page.progress.isVisible()
    assert (page.progress.maximum(), page.progress.value()) == (100, 42)
    assert "IMG_20240717_184502_lange Nacht.HEIC, 42 %" in seen(window)
    assert "2 photos could not be backed up" in seen(window)
    assert not page.back_up_now.isEnabled()
    assert page.cancel.isEnabled()
    show(window, "scanning")
    assert page.progress.maximum() == 0  # busy, nothing to count


@pytest.mark.parametrize("state", STATES)
def test_every_control_has_a_name_for_those_who_hear_it(window, state):
    show(window, state)
    controls = [*window.findChildren(QPushButton), *window.findChildren(QProgressBar)]
    controls += [
        window,
        page_of(window).icon,
        page_of(window).drop_area,
        page_of(window).pause.menu(),
    ]
    for control in controls:
        face = QAccessible.queryAccessibleInterface(control)
        assert face.text(QAccessible.Text.Name), control


def test_everything_can_be_asked_with_the_keyboard_alone(window, commands, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    for state, key, modifier, asked in [
        ("idle", Qt.Key.Key_B, alt, "back up now"),
        ("uploading", Qt.Key.Key_C, alt, "cancel"),
        ("paused", Qt.Key.Key_R, alt, "resume"),
        ("paused", Qt.Key.Key_Q, control, "quit"),
    ]:
        show(window, state)
        QTest.keyClick(window, key, modifier)
        qtbot.waitUntil(lambda: bool(commands.asked))
        assert commands.asked.pop() == asked
    assert not page_of(window).pause.isVisible()


def test_tab_reaches_every_button_that_is_offered(window, qtbot):
    show(window, "waiting")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = page_of(window)
    buttons = {page.back_up_now, page.pause, page.cancel, page.drop_area.choose}
    reached = set()
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert buttons <= reached


def test_pauses_are_those_of_the_tray(window, commands):
    for action in page_of(window).pause.menu().actions():
        action.trigger()
    assert commands.asked[:2] == ["pause 30", "pause 60"]
    assert commands.asked[3] == "pause None"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_that_hide_it(window, commands, qtbot, key, modifier):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, key, modifier)
    assert not window.isVisible()
    assert commands.asked == []


def test_closing_hides_it(window):
    assert not window.close()
    assert not window.isVisible()


def mime(*urls):
    data = QMimeData()
    data.setUrls(list(urls))
    return data


BOTH = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def drop(window, data, actions=BOTH):
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(5, 5), actions, data, buttons, keys)
        window.dropEvent(event)
        return event.dropAction()
    return None


def test_dropped_files_and_folders_are_backed_up_and_never_moved(window, commands, tmp_path):
    photo = tmp_path / "Größe #1 %41.jpg"
    photo.touch()
    action = drop(window, mime(QUrl.fromLocalFile(str(photo)), QUrl.fromLocalFile(str(tmp_path))))
    assert action is Qt.DropAction.CopyAction
    assert commands.asked == [f"back up {photo} {tmp_path}"]
    assert any(text.startswith("2 files or folders taken") for text in seen(window))


def test_what_can_only_be_moved_is_not_taken(window, commands, tmp_path):
    data = mime(QUrl.fromLocalFile(str(tmp_path)))
    assert drop(window, data, Qt.DropAction.MoveAction) is None
    assert commands.asked == []


def test_a_name_that_is_no_utf8_is_taken_as_it_is(window, commands, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jpg")
    Path(path).touch()
    drop(window, mime(QUrl("file://" + os.fsencode(tmp_path).decode() + "/%FF.jpg")))
    assert commands.asked == [f"back up {path}"]


def test_what_cannot_be_taken_is_named(window, commands, tmp_path):
    gone = tmp_path / "gone.jpg"
    drop(window, mime(QUrl("https://example.org/a.jpg"), QUrl.fromLocalFile(str(gone))))
    assert commands.asked == []
    (said,) = [text for text in seen(window) if "does not exist" in text]
    assert "https://example.org/a.jpg is no file of this computer." in said


def test_what_was_refused_stays_beside_what_came_of_the_rest(window, tmp_path):
    show(window, "told")
    photo = tmp_path / "a.jpg"
    photo.touch()
    gone = [QUrl.fromLocalFile(f"/gone/{number}.jpg") for number in range(20)]
    drop(window, mime(QUrl.fromLocalFile(str(photo)), *gone))
    note = page_of(window).note
    assert note.text().startswith("1 file or folders taken")
    assert "party.jpg" not in note.text()
    assert "... and 13 more are not taken." in note.text()
    show(window, "uploading")
    assert note.text().startswith("1 file or folders taken")
    show(window, "told")
    assert note.text().startswith("/gone/0.jpg does not exist.")
    assert "party.jpg" in note.text()
    drop(window, mime(QUrl.fromLocalFile(str(photo))))
    show(window, "uploading")
    show(window, "waiting")
    assert "/gone" not in note.text()


def test_text_is_not_taken(window, commands):
    data = QMimeData()
    data.setText("hello")
    assert drop(window, data) is None
    assert commands.asked == []


def test_what_came_of_it_is_told(window):
    show(window, "told")
    (said,) = [text for text in seen(window) if "party.jpg" in text]
    assert "1 file skipped: 1 no photo or video (.txt 1)." in said


def test_a_long_path_is_broken_and_widens_nothing(window):
    reason = f"The file /home/ada/{'x' * 280}.jpg could not be read."
    needs = page_of(window).minimumSizeHint().width()
    window.show_view(window_view(replace(STATES["failed"], reasons=(reason[:290],)), NOW))
    page = page_of(window)
    assert page.minimumSizeHint().width() <= max(needs, 400)
    assert page.reason.height() > 3 * page.reason.fontMetrics().height()


def test_foreign_text_is_no_markup(window):
    labels = window.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())


@pytest.mark.parametrize("ground", ["#efefef", "#31363b"])
def test_quiet_lines_can_be_read_in_light_and_dark(window, qapp, ground):
    window.setPalette(QPalette(ground))
    for label in (page_of(window).account, page_of(window).current, page_of(window).headline):
        palette = label.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        assert contrast(text, window.palette().color(QPalette.ColorRole.Window)) >= 4.5


class TestShell:
    @pytest.fixture
    def foreground(self):
        return Foreground()

    @pytest.fixture
    def shell(self, qapp, commands, foreground):
        it = WindowShell(Store(STATES["idle"]), commands, lambda: NOW, foreground)
        yield it
        it.close()

    def test_whether_it_is_seen_is_known_in_one_place(self, shell, foreground, qtbot):
        heard = []
        foreground.subscribe(heard.append)
        assert foreground.now == Presence()
        foreground.show()
        qtbot.waitUntil(lambda: foreground.now == Presence(visible=True, active=True))
        shell._window.close()
        qtbot.waitUntil(lambda: foreground.now == Presence())
        assert heard[-1] == Presence()
        assert any(it.visible for it in heard)

    def test_a_minimised_window_is_not_seen(self, shell, foreground, qtbot):
        foreground.show()
        shell._window.showMinimized()
        qtbot.waitUntil(lambda: not foreground.now.visible)
        foreground.show()
        qtbot.waitUntil(lambda: foreground.now.visible)

    def test_a_hidden_window_is_not_drawn_and_a_shown_one_is_up_to_date(
        self, shell, foreground, qtbot
    ):
        foreground.show()
        window = shell._window
        window.hide()
        assert shell._bridge is None
        shell._store.publish(STATES["uploading"])
        assert page_of(window).headline.text().startswith("All")
        foreground.show()
        assert shell._window is window
        assert page_of(window).headline.text() == "Uploading photo 138 of 320"
        shell._store.publish(STATES["waiting"])
        qtbot.waitUntil(lambda: page_of(window).headline.text() == "Waiting")
