"""Folders with counts and rules, the account, and lists whose secrets are in the keychain."""

import os

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox

from tests.ui.settings_rig import VIEW, Rig, use
from tray_app.core.account import AccountView, ShownCertificate
from tray_app.core.pins import pin_line
from tray_app.core.setting_specs import Folder, Group
from tray_app.core.settings import find_spec
from tray_app.core.system_job import JobState, JobStatus
from tray_app.ui.add_folders import AddFolders
from tray_app.ui.settings_view import account_lines, storage

# The offscreen screen has no window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def asked_to_change():
    return []


@pytest.fixture
def rig(qtbot, tmp_path, asked_to_change):
    it = Rig(tmp_path, change_account=lambda: asked_to_change.append(1))
    qtbot.addWidget(it.window)
    it.window.show()
    it.window.activateWindow()
    yield it
    it.window.close_down()


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def questions(rig):
    return [one for one in rig.window.findChildren(QInputDialog) if one.isVisible()]


def answer(rig, qtbot, text):
    """Type into the question that is open, and say OK."""
    qtbot.waitUntil(lambda: bool(questions(rig)))
    (dialog,) = questions(rig)
    assert dialog.findChild(QLineEdit).accessibleName()
    dialog.setTextValue(text)
    dialog.accept()
    return dialog


# Folders.


@pytest.fixture
def pictures(tmp_path):
    for name, size in {
        "Pictures/a.jpg": 1000,
        "Pictures/2024/b.jpg": 2000,
        "Pictures/Screenshots/c.png": 3000,
        "Pictures/draft.jpg": 4000,
        "Camera/d.mp4": 5000,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    return tmp_path / "Pictures"


@pytest.fixture
def folders(rig, pictures):
    rig.window.show_page(Group.FOLDERS)
    return rig.window.row(find_spec("folders")).editor


def line(folders, row=0):
    return folders.list.item(row).text()


def drop(folders, *urls):
    data = QMimeData()
    data.setUrls(list(urls))
    actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier  # asks to move
    enter = QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys)
    folders.dragEnterEvent(enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(5, 5), actions, data, buttons, keys)
    folders.dropEvent(event)
    assert event.dropAction() is Qt.DropAction.CopyAction  # never moved


def test_a_dropped_folder_is_counted_before_it_is_added(rig, folders, pictures, qtbot):
    drop(
        folders,
        QUrl.fromLocalFile(str(pictures)),
        QUrl.fromLocalFile(str(pictures.parent / "Camera")),
    )
    dialog = rig.window.findChild(AddFolders)
    assert rig.settings.folders == ()
    qtbot.waitUntil(lambda: dialog.lines[0].text() == "4 photos and videos, 10.0 kB")
    qtbot.waitUntil(lambda: dialog.total.text() == "Together: 5 photos and videos, 15.0 kB")
    press(dialog.accept_button)
    assert rig.settings.folders == (
        Folder(str(pictures)),
        Folder(str(pictures.parent / "Camera")),
    )
    qtbot.waitUntil(lambda: line(folders, 0) == f"{pictures}\n4 photos and videos, 10.0 kB")


def test_a_folder_that_is_not_wanted_after_all_is_not_added(rig, folders, pictures):
    drop(folders, QUrl.fromLocalFile(str(pictures)))
    rig.window.findChild(AddFolders).reject()
    assert rig.settings.folders == ()


def test_what_is_no_folder_or_there_already_is_told(rig, folders, pictures):
    rig.preferences.change("folders", [{"path": str(pictures)}])
    drop(
        folders,
        QUrl.fromLocalFile(str(pictures)),
        QUrl.fromLocalFile(str(pictures / "a.jpg")),
        QUrl("https://example.org/x"),
    )
    assert rig.window.findChild(AddFolders) is None
    words = folders.refused.words
    assert f"{pictures} is in the list already." in words
    assert "a.jpg is no folder." in words
    assert "https://example.org/x is no file of this computer." in words


def test_a_folder_can_be_switched_off_and_removed(rig, folders, pictures):
    rig.preferences.change("folders", [{"path": str(pictures)}, {"path": "/b"}])
    folders.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert rig.settings.folders == (Folder(str(pictures), enabled=False), Folder("/b"))
    assert line(folders).splitlines()[1].startswith("Switched off. ")
    folders.list.setCurrentRow(0)
    folders.list.setFocus()
    QTest.keyClick(folders.list, Qt.Key.Key_Delete)
    assert rig.settings.folders == (Folder("/b"),)
    press(folders.remove)
    assert rig.settings.folders == ()
    assert not folders.remove.isEnabled()
    assert not folders.rules.isVisible()


def test_rules_of_a_folder_show_what_they_match_and_what_is_left(rig, folders, pictures, qtbot):
    rig.preferences.change("folders", [{"path": "/gone"}, {"path": str(pictures)}])
    folders.list.setCurrentRow(1)
    assert folders.rules_of.text() == "&Leave out in Pictures"
    folders.rules.setFocus()
    QTest.keyClicks(folders.rules, "Screenshots/")
    QTest.keyClick(folders.rules, Qt.Key.Key_Return)
    QTest.keyClicks(folders.rules, "draft*")
    qtbot.waitUntil(  # a pause in typing is enough
        lambda: rig.settings.folders[1].exclude == ("Screenshots/", "draft*")
    )
    qtbot.waitUntil(lambda: "2 photos and videos, 3.0 kB" in line(folders, 1))
    assert folders.preview.text() in (
        "Leaves out 2 files and folders: Screenshots/, draft.jpg.",
        "Leaves out 2 files and folders: draft.jpg, Screenshots/.",
    )
    assert "Not there: is its drive connected?" in line(folders, 0)
    folders.rules.setPlainText("nothing-like-this*")
    qtbot.waitUntil(lambda: folders.preview.text() == "Matches nothing.")


def test_a_rule_that_is_none_is_told_and_kept(rig, folders, pictures):
    rig.preferences.change("folders", [{"path": str(pictures)}])
    folders.list.setCurrentRow(0)
    folders.rules.setFocus()
    QTest.keyClicks(folders.rules, "!")
    folders.rules.tell()
    row = rig.window.row(find_spec("folders"))
    assert "'!' is not a gitignore pattern" in row.error.words
    assert folders.rules.toPlainText() == "!"
    assert rig.settings.folders == (Folder(str(pictures)),)


def test_rules_for_all_folders_show_what_they_match_in_each(rig, folders, pictures, qtbot):
    camera = pictures.parent / "Camera"
    rig.preferences.change("folders", [{"path": str(pictures)}, {"path": str(camera)}])
    use(rig, "excludePatterns", ["Screenshots/", "*.mp4"])
    preview = rig.window._folders.preview
    qtbot.waitUntil(
        lambda: (
            preview.text() == "Leaves out 2 files and folders: Pictures/Screenshots/, Camera/d.mp4."
        )
    )
    qtbot.waitUntil(lambda: "No photos or videos" in line(folders, 1))
    assert "3 photos and videos, 7.0 kB" in line(folders, 0)


def test_nothing_is_counted_while_nobody_looks(rig, pictures):
    class Watcher:
        looked = 0

        def inspect(self, *_):
            self.looked += 1
            return lambda: None

    watcher = rig.window._folders.counts._inspector = Watcher()
    rig.window.show_page(Group.SYNC)
    rig.preferences.change("folders", [{"path": str(pictures)}])
    assert watcher.looked == 0
    rig.window.show_page(Group.FOLDERS)
    assert watcher.looked == 1
    rig.window.hide()
    rig.preferences.change("excludePatterns", ["x"])
    assert watcher.looked == 1


def test_a_name_that_is_no_utf8_is_refused_in_words(rig, folders, tmp_path):
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    os.mkdir(odd)
    folders.take([odd])
    rig.window.findChild(AddFolders).accept()
    assert "not UTF-8" in rig.window.row(find_spec("folders")).error.words
    assert rig.settings.folders == ()


# The account.


def test_the_account_says_who_where_and_how_full(rig):
    account = rig.window.account
    assert account.who.text() == "Maria Beispiel (maria@example.org)"
    assert account.more.text() == (
        "https://photos.example.org, Immich 3.0.3. Signed in with e-mail and password."
    )
    assert account.storage.value() == 41
    assert account.storage_words.text() == "41.2 GB of 100.0 GB used"


def test_missing_permissions_are_named(rig):
    rig.desk.view = AccountView(
        server="https://a", user="me@a", method="an API key", missing=("album.create",)
    )
    QTest.keyClick(rig.window, Qt.Key.Key_F5)
    assert "lacks 1 permission: album.create" in rig.window.account.trouble.words


def test_trouble_with_the_server_is_told(rig):
    rig.desk.view = AccountView(
        server="https://a", user="me@a", method="an API key", trouble="a could not be reached."
    )
    rig.window.account.look()
    assert rig.window.account.trouble.words == "a could not be reached."
    assert rig.window.account.storage.isHidden()


def test_words_of_the_storage():
    assert storage(AccountView(user="a")) == ("", None)
    assert storage(AccountView(user="a", used=0)) == ("0 bytes used, no limit", None)
    assert storage(AccountView(user="a", used=5, quota=0)) == ("5 bytes of 0 bytes used", 100)
    assert account_lines(AccountView()) == ["You are not signed in to a server."]


@pytest.mark.parametrize("erase", [False, True])
def test_signing_out_asks_first_and_erases_only_when_asked(rig, qtbot, erase):
    account = rig.window.account
    rig.desk.trouble = "The server could not be told."
    press(account.out)
    box = rig.window.findChild(QMessageBox)
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    assert "Your photos stay" in box.informativeText()
    box.checkBox().setChecked(erase)
    out = next(b for b in box.buttons() if b is not box.defaultButton())
    press(out)
    assert f"sign out, erase {erase}" in rig.desk.asked
    assert account.who.text() == "You are not signed in to a server."
    assert account.out.isHidden()
    assert account.trouble.words == "The server could not be told."
    assert account.change.text() == "Sign &in…"


def test_changing_the_account_is_somebody_elses_window(rig, asked_to_change):
    press(rig.window.account.change)
    assert asked_to_change == [1]


def test_a_cancelled_sign_out_changes_nothing(rig):
    press(rig.window.account.out)
    rig.window.findChild(QMessageBox).reject()
    assert rig.desk.view == VIEW


# Headers, passwords and certificates.


def test_a_header_has_its_name_in_the_file_and_its_value_in_the_keychain(rig, qtbot):
    editor = rig.window.row(find_spec("extraHeaders")).editor
    rig.window.show_page(Group.ACCOUNT)
    press(editor.add)
    answer(rig, qtbot, "X-Door")
    assert questions(rig)[0].textEchoMode() is QLineEdit.EchoMode.Password
    answer(rig, qtbot, "v4lue")
    assert rig.settings.extra_headers == ("X-Door",)
    assert rig.desk.secrets == {"header:x-door": "v4lue"}
    assert "v4lue" not in rig.file.path.read_text()
    assert editor.list.item(0).text() == "X-Door: value in the keychain"
    press(editor.remove)
    assert rig.settings.extra_headers == ()
    assert rig.desk.secrets == {}
    assert not editor.remove.isEnabled()


def test_a_header_that_cannot_be_is_told_and_no_value_is_asked(rig, qtbot):
    editor = rig.window.row(find_spec("extraHeaders")).editor
    press(editor.add)
    answer(rig, qtbot, "Host")
    assert "set by the program itself" in rig.window.row(find_spec("extraHeaders")).error.words
    assert questions(rig) == []


def test_a_keychain_that_refuses_is_told(rig, qtbot):
    rig.preferences.change("extraHeaders", ["X-Door"])
    rig.desk.trouble = "The keychain is locked."
    editor = rig.window.row(find_spec("extraHeaders")).editor
    press(editor.set_value)
    answer(rig, qtbot, "v")
    assert editor.trouble.words == "The keychain is locked."
    assert editor.list.item(0).text() == "X-Door: no value yet"


@pytest.mark.parametrize(("key", "entry"), [("proxy", "proxy"), ("clientKeyFile", "clientKey")])
def test_passwords_of_the_connection_go_into_the_keychain(rig, qtbot, key, entry):
    editor = rig.window.row(find_spec(key)).editor
    button = editor._row.itemAt(editor._row.count() - 1).widget()
    press(button)
    answer(rig, qtbot, "horse")
    assert rig.desk.secrets == {entry: "horse"}
    assert "horse" not in rig.file.path.read_text()


def test_a_certificate_is_shown_before_it_is_trusted(rig, qtbot):
    rig.desk.shown = ShownCertificate("photos.lan:443", "ab" * 32)
    rig.preferences.change("serverUrl", "photos.lan")
    editor = rig.window.row(find_spec("trustedCertificates")).editor
    press(editor.add)
    assert questions(rig)[0].textValue() == "photos.lan"
    answer(rig, qtbot, "https://photos.lan")
    assert rig.desk.asked[-1] == "certificate of https://photos.lan"
    box = rig.window.findChild(QMessageBox)
    assert "AB:AB" in box.informativeText()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    assert rig.settings.trusted_certificates == ()
    press(next(b for b in box.buttons() if b is not box.defaultButton()))
    assert rig.settings.trusted_certificates == (pin_line("photos.lan:443", "ab" * 32),)
    press(editor.remove)
    assert rig.settings.trusted_certificates == ()


def test_a_server_without_a_certificate_is_told(rig, qtbot):
    rig.desk.trouble = "photos.lan does not speak https; there is none to trust."
    editor = rig.window.row(find_spec("trustedCertificates")).editor
    press(editor.add)
    answer(rig, qtbot, "photos.lan")
    assert "does not speak https" in editor.trouble.words
    assert rig.window.findChild(QMessageBox) is None
    assert editor.add.isEnabled()


# Starting at login.


def test_the_switch_for_login_shows_what_the_system_says(rig):
    rig.window.show_page(Group.GENERAL)
    switch = rig.window.autostart
    assert not switch.box.isChecked()
    QTest.mouseClick(switch.box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
    assert rig.desk.login.status is JobStatus.PRESENT
    assert switch.box.isChecked()
    rig.desk.login = JobState(JobStatus.ABSENT)  # somebody else takes it away
    rig.window.show_page(Group.SYNC)
    rig.window.show_page(Group.GENERAL)
    assert not switch.box.isChecked()
    rig.desk.trouble = "The file cannot be written."
    QTest.mouseClick(switch.box, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
    assert not switch.box.isChecked()
    assert switch.trouble.words == "The file cannot be written."
    rig.desk.login = JobState(JobStatus.UNSUPPORTED, "This system has none.")
    switch.look()
    assert not switch.box.isEnabled()
    assert "This system has none." in switch.words.text()
