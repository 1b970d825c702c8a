"""The settings dialog: every setting has its place, is in force at once, and can be reached."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
)

from tests.ui.contrast import contrast
from tests.ui.settings_rig import Rig, choose, use
from tray_app.core.setting_specs import AlbumMode, Group, Shape
from tray_app.core.settings import NEVER, SPECS, find_spec
from tray_app.ui.memory import Memory
from tray_app.ui.setting_row import QuietLabel

# The offscreen screen has no window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def rig(qtbot, tmp_path):
    it = Rig(tmp_path)
    qtbot.addWidget(it.window)
    it.window.show()
    it.window.activateWindow()
    yield it
    it.window.close_down()


def test_pages_are_those_of_the_table_in_its_order(rig):
    names = [rig.window.list.item(row).text() for row in range(rig.window.list.count())]
    assert names == [group.value for group in Group]
    for group, page in rig.window.pages.items():
        keys = {row.spec.key for row in page.rows}
        shown = [spec for spec in SPECS if spec.group is group and spec.shape is not Shape.SHOWN]
        assert keys == {spec.key for spec in shown}
        assert not page.is_empty()


def test_a_refused_value_is_told_beside_its_field_and_stays_there(rig):
    use(rig, "proxy", "socks5://p")
    row = rig.window.row(find_spec("proxy"))
    assert "none" in row.error.words
    assert row.error.isVisible()
    assert row.editor.line.text() == "socks5://p"
    assert rig.settings.proxy == ""
    use(rig, "proxy", "http://p:1")
    assert not row.error.isVisible()


def test_what_depends_on_another_setting_is_grey_without_it(rig):
    name = rig.window.row(find_spec("albumName"))
    assert not name.editor.isEnabled()
    assert not name.label.isEnabled()
    use(rig, "albumMode", "single")
    assert name.editor.isEnabled()
    assert "needs a name" in name.error.words
    assert rig.settings.album_mode is AlbumMode.OFF
    use(rig, "albumName", "Laptop")
    assert rig.settings.album_mode is AlbumMode.SINGLE
    delay = rig.window.row(find_spec("backupTriggerDelay"))
    assert not delay.editor.isEnabled()
    use(rig, "backgroundBackup", True)
    assert delay.editor.isEnabled()


def test_words_are_choices(rig):
    editor = rig.window.row(find_spec("uploadErrorNotificationGracePeriod")).editor
    rig.window.show_page(Group.NOTIFICATIONS)
    assert [editor.words.itemText(n) for n in range(2)] == ["Never", "This many"]
    choose(editor.words, "never")
    assert rig.settings.upload_error_notification_grace_period == NEVER
    assert not editor.number.isVisible()
    choose(editor.words, None)
    assert editor.number.isVisible()
    assert rig.settings.upload_error_notification_grace_period == 2
    assert editor.number.suffix() == " uploads"


def test_a_broken_file_is_told_below_and_can_be_opened(rig):
    rig.edit("syncInterval = 15", "syncInterval = = 15")
    window = rig.window
    assert "cannot be understood" in window.trouble.words
    assert str(rig.file.path) in window.trouble.words
    QTest.mouseClick(window.open_file, Qt.MouseButton.LeftButton)
    assert rig.opened == [rig.file.path]
    use(rig, "backupRequireWifi", False)
    assert window.row(find_spec("backupRequireWifi")).error.words.startswith("Not saved")
    rig.edit("syncInterval = = 15", "syncInterval = 15")
    assert not window.trouble.isVisible()
    assert rig.settings.backup_require_wifi is False


def test_an_unknown_key_is_told(rig):
    rig.edit("syncInterval = 15", "syncIntervall = 15")
    assert "Did you mean syncInterval" in rig.window.trouble.words


def test_outside_edits_do_not_disturb_what_is_being_typed(rig):
    rig.window.show_page(Group.ACCOUNT)
    line = rig.window.row(find_spec("proxy")).editor.line
    line.setFocus()
    QTest.keyClicks(line, "http://half")
    rig.edit("syncInterval = 15", "syncInterval = 20")
    assert line.text() == "http://half"
    assert rig.window.row(find_spec("syncInterval")).editor.number.value() == 20


# Search.


def visible_rows(rig):
    return {row.spec.key for row in rig.window.rows if not row.isHidden()}


def test_a_search_shows_what_matches_on_every_page(rig):
    window = rig.window
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    QTest.keyClicks(window.search, "battery")
    assert visible_rows(rig) == {"backupMinBatteryPercent"}
    assert window.found.text() == "1 setting"
    assert window.list.currentItem().text() == "When to back up"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.focusWidget() is window.row(find_spec("backupMinBatteryPercent")).editor.number
    assert window.isVisible()
    for typed, key in [
        ("uploadConc", "uploadConcurrency"),
        ("automatic files", "uploadConcurrency"),
        ("never", "uploadErrorNotificationGracePeriod"),
    ]:
        window.search.setText(typed)
        assert key in visible_rows(rig)
    window.search.setText("quota")
    assert window.account.isVisible()
    window.search.setText("qwertz")
    assert "No setting" in window.found.text()
    window.search.clear()
    assert len(visible_rows(rig)) == len(window.rows)
    assert not window.list.item(0).isHidden()


# Keyboard and those who hear the window.


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_that_close_it(rig, key, modifier):
    QTest.keyClick(rig.window, key, modifier)
    assert not rig.window.isVisible()


def test_enter_puts_a_text_into_force_and_presses_nothing(rig):
    use(rig, "lanUrl", "http://nas.lan")
    assert rig.window.isVisible()
    assert rig.settings.lan_url == "http://nas.lan"
    assert rig.window.findChildren(QDialog) == []  # no question was opened


CONTROLS = (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QAbstractItemView,
    QPlainTextEdit,
    QProgressBar,
)


def controls(window):
    """List what a person can use; parts that Qt makes inside of its own do not count."""
    own = [one for kind in CONTROLS for one in window.findChildren(kind)]
    inner = (QAbstractSpinBox, QComboBox, QLineEdit, QScrollBar, QAbstractItemView)
    return [one for one in own if not isinstance(one.parent(), inner) and not _inside_combo(one)]


def _inside_combo(control):
    above = control.parent()
    while above:
        if isinstance(above, QComboBox):
            return True
        above = above.parent()
    return False


def test_every_control_has_a_name_and_a_role(rig):
    found = controls(rig.window)
    assert len(found) > 60
    for control in found:
        face = QAccessible.queryAccessibleInterface(control)
        assert face.text(QAccessible.Text.Name), control
        assert face.role() != QAccessible.Role.NoRole
    names = [control.accessibleName() for control in found if control.accessibleName()]
    assert len(names) == len(set(names)), "two controls are called the same"


@pytest.mark.parametrize("group", Group)
def test_tab_reaches_everything_on_a_page_from_top_to_bottom(rig, group):
    window = rig.window
    rig.preferences.change("backgroundBackup", True)
    rig.preferences.change("albumName", "x")
    rig.preferences.change("albumMode", "single")
    window.show_page(group)
    page = window.pages[group]
    wanted = [
        one
        for one in controls(page)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert wanted
    window.search.setFocus()
    reached = []
    for _ in range(80):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is window.search:
            break
        reached.append(window.focusWidget())
    missing = [one for one in wanted if one not in reached and one.focusProxy() not in reached]
    assert missing == []
    tops = [one.mapTo(page.widget(), QPoint(0, 0)).y() for one in reached if one in wanted]
    rises = sum(after < before - 40 for before, after in itertools.pairwise(tops))
    assert rises == 0, "the order of Tab is not that of reading"


@pytest.mark.parametrize("group", Group)
def test_no_letter_is_used_twice_on_a_page(rig, group):
    page = rig.window.pages[group]
    texts = [one.text() for kind in (QLabel, QAbstractButton) for one in page.findChildren(kind)]
    letters = [
        text.replace("&&", "")[text.replace("&&", "").index("&") + 1].casefold()
        for text in texts
        if "&" in text.replace("&&", "") and not text.startswith("http")
    ]
    assert len(letters) == len(set(letters)), letters
    for row in page.rows:
        title = row.label.text() if row.label else row.editor.box.text()
        assert "&" in title.replace("&&", ""), title


@pytest.mark.parametrize("group", Group)
def test_alt_and_its_letter_lead_to_each_setting(rig, group, qtbot):
    rig.preferences.change("backgroundBackup", True)
    rig.preferences.change("albumMode", "single")
    rig.preferences.change("updateCheck", True)
    window = rig.window
    window.show_page(group)
    for row in window.pages[group].rows:
        title = row.label.text() if row.label else row.editor.box.text()
        letter = title.replace("&&", "")[title.replace("&&", "").index("&") + 1]
        window.search.setFocus()
        before = rig.settings.plain()[row.spec.key]
        QTest.keyClick(window, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.AltModifier)
        if row.label:
            assert window.focusWidget() is row.editor.first, row.spec.key
        else:
            key = row.spec.key
            qtbot.waitUntil(lambda k=key, b=before: rig.settings.plain()[k] is not b)
            rig.preferences.change(key, before)


def test_the_wheel_scrolls_the_page_and_changes_nothing(rig):
    rig.window.show_page(Group.SYNC)
    spin = rig.window.row(find_spec("syncInterval")).editor.number
    rig.window.search.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        spin.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, turn)
    assert rig.settings.sync_interval == 15


@pytest.mark.parametrize("ground", ["#efefef", "#31363b"])
def test_what_settings_mean_can_be_read_in_light_and_dark(qtbot, tmp_path, qapp, ground):
    before = qapp.palette()
    qapp.setPalette(QPalette(ground))
    try:
        rig = Rig(tmp_path)
        qtbot.addWidget(rig.window)
        rig.window.show()
        for label in rig.window.findChildren(QuietLabel):
            text = label.palette().color(QPalette.ColorRole.WindowText)
            assert contrast(text, QPalette(ground).color(QPalette.ColorRole.Window)) >= 4.5
        rig.window.close_down()
    finally:
        qapp.setPalette(before)


def test_foreign_text_is_no_markup(rig):
    for label in rig.window.findChildren(QuietLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert rig.window.account.who.textFormat() is Qt.TextFormat.PlainText


def test_sections_of_others_stand_on_the_page_general(qtbot, tmp_path):
    made = QLabel("Start at login")
    rig = Rig(tmp_path, more=((lambda: made, "autostart login"),))
    qtbot.addWidget(rig.window)
    rig.window.show()
    rig.window.show_page(Group.GENERAL)
    assert made.isVisible()
    rig.window.search.setText("autostart")
    assert rig.window.list.currentItem().text() == "General"
    rig.window.search.setText("battery")
    assert made.isHidden()
    rig.window.close_down()


def test_it_comes_back_where_it_was(qtbot, tmp_path):
    first = Rig(tmp_path, memory=Memory(tmp_path / "window.ini")).window
    first.show()
    first.resize(700, 520)
    first.hide()
    again = Rig(tmp_path, memory=Memory(tmp_path / "window.ini")).window
    assert again.size() == QSize(700, 520)
    for window in (first, again):
        window.close_down()


def test_a_search_without_result_shows_no_page(qtbot, tmp_path):
    window = Rig(tmp_path).window
    window.show()
    window.search.setText("xyz")
    assert not window.stack.isVisible()
    window.search.setText("")
    assert window.stack.isVisible()
    window.close_down()
