"""The onboarding by its window: real session and keychain file, both servers (issue 5, part 4)."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
)

from tests.fakes.browser import Browser
from tests.fakes.certificates import Authority
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.site import HTML, immich, serving
from tests.ui.onboarding_rig import Computer
from tests.ui.test_settings_sections import drop
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.account import Method
from tray_app.core.conditions import Medium
from tray_app.core.onboarding import Field, Step
from tray_app.core.setting_specs import Folder
from tray_app.core.system_job import JobStatus
from tray_app.demo.faults import SlowAnswer
from tray_app.demo.identity_provider import Settings
from tray_app.demo.server import DemoServer

EMAIL, PASSWORD = "demo@example.org", "demo"
# The offscreen screen has no window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def both_loops(qapp):
    """Qt's loop alone: there is a window."""
    return "qasync"


@pytest.fixture
def computer(tmp_path, monkeypatch, both_loops):
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield Computer(tmp_path)
    keyring.set_keyring(before)


@pytest.fixture(params=["2.7.5", "3.0.3"])
def server(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as demo:
        yield demo


@pytest.fixture
def demo(tmp_path):
    with DemoServer(tmp_path / "demo") as demo:
        yield demo


async def at_sign_in(computer, url):
    session = await computer.start()
    session.work.find(url)
    await session.step(Step.SIGN_IN)
    return session


async def at_folders(computer, url):
    session = await at_sign_in(computer, url)
    session.work.with_password(EMAIL, PASSWORD)
    await session.step(Step.FOLDERS)
    return session


async def at_when(computer, url):
    session = await at_folders(computer, url)
    session.work.choose((str(computer.put_pictures()),))
    await session.step(Step.WHEN)
    return session


async def test_from_nothing_to_the_first_backup_by_keyboard_alone(server, computer):
    computer.put_pictures(3)
    session = await computer.start()
    session.type(server.url)
    session.enter()
    await session.step(Step.SIGN_IN)
    session.type(EMAIL)
    session.tab()
    session.type(PASSWORD)
    session.enter()
    await session.step(Step.FOLDERS)
    page = session.window.folders
    await session.until(lambda _state: "3 photos and videos, 3.0 kB" in page.list.item(0).text())
    assert page.paths == (str(computer.pictures),)
    session.enter()
    await session.step(Step.WHEN)
    await session.alt("p")  # only while plugged in
    session.enter()
    await session.until(lambda state: state.finished)
    assert session.ended == [True]
    assert computer.recorder.asked == ["back up now"]
    assert computer.identity.email == EMAIL
    settings = computer.settings
    assert settings.folders == (Folder(str(computer.pictures)),)
    assert (settings.background_backup, settings.backup_require_charging) == (True, True)
    assert settings.server_url == server.url
    assert computer.begun is None
    assert (await computer.autostart.read()).status is JobStatus.PRESENT
    await session.leave()


async def test_nothing_is_uploaded_or_asked_to_before_the_last_button(demo, computer):
    session = await at_when(computer, demo.url)
    assert computer.recorder.asked == []
    assert demo.assets() == []
    assert not computer.settings.background_backup
    assert (await computer.autostart.read()).status is JobStatus.ABSENT
    await session.leave()


async def test_a_key_is_taken_and_kept_nowhere_but_in_the_keychain(server, computer):
    key = server.add_api_key(["asset.upload", "user.read"])
    session = await at_sign_in(computer, server.url)
    await session.alt("k")
    session.type(key)
    session.enter()
    await session.step(Step.FOLDERS)
    assert computer.identity.method is Method.API_KEY
    assert list(computer.keychain().values()) == [key]
    assert session.window.sign_in.key.key.text == ""
    await session.leave()
    for file in Path(computer.folder).rglob("*"):
        if file.is_file() and file.name != "keyring.json" and "demo" not in file.parts:
            assert key.encode() not in file.read_bytes(), file


async def test_a_password_is_not_kept_by_the_window_or_the_disk(demo, computer):
    demo.add_user("long@example.org", "a-long-password")
    session = await at_sign_in(computer, demo.url)
    session.type("long@example.org")
    session.tab()
    session.type("a-long-password")
    session.enter()
    await session.step(Step.FOLDERS)
    assert session.window.sign_in.password.password.text == ""
    await session.leave()
    kept = [file for file in Path(computer.folder / "home").rglob("*") if file.is_file()]
    assert kept
    assert not [file for file in kept if b"a-long-password" in file.read_bytes()]


async def test_only_the_ways_of_the_server_are_offered(server, computer):
    session = await at_sign_in(computer, server.url)
    buttons = session.window.sign_in.buttons
    assert [method for method, button in buttons.items() if button.isVisible()] == [
        Method.PASSWORD,
        Method.API_KEY,
    ]
    await session.leave()
    server.identity.settings = Settings(enabled=True, password_login=False)
    session = await at_sign_in(computer, server.url)
    buttons = session.window.sign_in.buttons
    assert [method for method, button in buttons.items() if button.isVisible()] == [
        Method.OAUTH,
        Method.API_KEY,
    ]
    assert buttons[Method.OAUTH].isChecked()
    await session.leave()


SCRIPT = """\
import sys, httpx
to = sys.argv[1]
with httpx.Client(timeout=20) as client:
    while to.startswith("http"):
        answer = client.get(to)
        if not answer.is_redirect:
            break
        to = answer.headers["location"]
"""


async def test_signing_in_through_the_browser(server, computer, tmp_path):
    (tmp_path / "browser.py").write_text(SCRIPT)
    computer.environ["BROWSER"] = f"'{sys.executable}' '{tmp_path / 'browser.py'}' %s"
    server.identity.settings = Settings(enabled=True)
    session = await at_sign_in(computer, server.url)
    await session.alt("r")
    session.enter()
    await session.step(Step.FOLDERS)
    assert computer.identity.method is Method.OAUTH
    assert len(computer.keychain()) == 1
    await session.leave()


async def test_without_a_browser_the_address_is_shown_and_the_way_back_pasted(demo, computer):
    computer.environ["BROWSER"] = "false"
    demo.identity.settings = Settings(enabled=True)
    session = await at_sign_in(computer, demo.url)
    await session.alt("r")
    session.enter()
    page = (await session.until(lambda state: state.pasting)).page
    form = session.window.sign_in.browser
    assert form.page.isVisible()
    assert form.page.text() == page
    session.type("https://elsewhere.example.org/?code=1")
    session.enter()
    await session.until(lambda state: state.trouble)
    assert "not the address" in form.pasted.error.words
    browser = Browser()
    browser.stays = True
    await browser.go(page)
    form.pasted.line.setText(browser.last)
    session.enter()
    await session.step(Step.FOLDERS)
    await session.leave()


async def test_the_wait_for_the_browser_is_ended_by_esc_and_another_way_taken(demo, computer):
    computer.environ["BROWSER"] = "false"
    demo.identity.settings = Settings(enabled=True)
    session = await at_sign_in(computer, demo.url)
    await session.alt("r")
    session.enter()
    await session.until(lambda state: state.page)
    session.press(Qt.Key.Key_Escape)
    state = await session.settled()
    assert (state.step, state.page, session.ended) == (Step.SIGN_IN, "", [])
    await session.alt("e")
    session.type(EMAIL)
    session.tab()
    session.type(PASSWORD)
    session.enter()
    await session.step(Step.FOLDERS)
    await session.leave()


# --- what goes wrong: told beside the field, nothing lost -------------------------------------


async def refused_address(computer, typed):
    session = await computer.start()
    session.type(typed)
    session.enter()
    await session.until(lambda state: state.trouble)
    assert session.state.step is Step.SERVER
    assert session.state.trouble.field is Field.ADDRESS
    entry = session.window.server.address
    assert entry.error.isVisible()
    assert entry.line.accessibleDescription() == entry.error.words
    assert entry.text == typed
    assert session.focus() is entry.line
    words = entry.error.words
    await session.leave()
    return words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "it is empty"),
        ("ftp://photos", "only https:// and http://"),
        ("http://127.0.0.1:9", "no server listens there"),
        ("127.0.0.1:9", "no server listens there"),
        ("http://no-such-host.invalid", "could not be found"),
    ],
)
async def test_a_wrong_address_or_a_server_that_is_down(computer, typed, words):
    assert words in await refused_address(computer, typed)


async def test_https_where_the_server_speaks_http(demo, computer):
    words = await refused_address(computer, demo.url.replace("http:", "https:"))
    assert "does not speak https" in words
    assert "http://" in words


async def test_http_where_the_server_speaks_https(computer, tmp_path):
    with serving(immich(), tls=Authority(tmp_path).context()) as site:
        words = await refused_address(computer, site.url.replace("https:", "http:"))
    assert words


async def test_some_other_web_server(computer):
    with serving({"/": HTML}) as site:
        assert "not an Immich server" in await refused_address(computer, site.url)


async def test_a_self_signed_certificate_is_trusted_by_its_fingerprint(computer, tmp_path):
    authority = Authority(tmp_path)
    with serving(immich(), tls=authority.context(self_signed=True)) as site:
        session = await computer.start()
        session.type(site.url)
        session.enter()
        await session.until(lambda state: state.trouble)
        shown = session.window.server.certificate
        lines = shown.text().splitlines()
        assert "".join(lines[1:3]).replace(":", "") == authority.shown.upper()
        assert session.window.server.address.error.isVisible()
        assert computer.settings.trusted_certificates == ()
        await session.alt("t")
        await session.step(Step.SIGN_IN)
        assert len(computer.settings.trusted_certificates) == 1
        await session.leave()


async def test_a_slow_server_can_be_stopped_and_left(demo, computer):
    demo.faults.add(SlowAnswer(seconds=60))
    session = await computer.start()
    session.type(demo.url)
    session.enter()
    assert session.state.busy
    assert session.window.wait.isVisible()
    assert not session.window.next.isEnabled()
    session.press(Qt.Key.Key_Escape)
    assert session.state.busy == ""
    assert session.ended == []
    assert session.focus() is session.window.server.address.line
    session.press(Qt.Key.Key_Escape)
    assert session.ended == [False]
    await session.leave()


async def test_a_wrong_password(server, computer):
    session = await at_sign_in(computer, server.url)
    session.type(EMAIL)
    session.tab()
    session.type("wrong")
    session.enter()
    await session.until(lambda state: state.trouble)
    form = session.window.sign_in.password
    assert "does not accept this e-mail and password" in form.password.error.words
    assert (form.email.text, computer.identity) == (EMAIL, None)
    assert session.focus() is form.password.line
    await session.leave()


async def test_empty_fields_are_told_without_asking_the_server(demo, computer):
    session = await at_sign_in(computer, demo.url)
    session.enter()
    form = session.window.sign_in.password
    assert form.email.error.words == "Type your e-mail address."
    assert form.password.error.words == "Type your password."
    await session.alt("k")
    session.enter()
    assert session.window.sign_in.key.key.error.words == "Type or paste the key."
    assert demo.log.count("POST", "/api/auth/login") == 0
    await session.leave()


async def test_a_key_that_lacks_permissions_names_them(server, computer):
    session = await at_sign_in(computer, server.url)
    await session.alt("k")
    session.type(server.add_api_key(["album.read"]))
    session.enter()
    await session.until(lambda state: state.trouble)
    words = session.window.sign_in.key.key.error.words
    assert "asset.upload" in words
    assert "user.read" in words
    assert computer.identity is None
    await session.leave()


async def test_no_keychain(demo, computer):
    keyring.set_keyring(Keyring())
    session = await at_sign_in(computer, demo.url)
    session.work.with_password(EMAIL, PASSWORD)
    await session.until(lambda state: state.trouble)
    assert "keychain" in session.window.sign_in.password.password.error.words
    assert "gnome-keyring" in session.window.sign_in.password.password.error.words
    assert computer.identity is None
    await session.leave()


async def test_the_server_goes_down_between_the_steps(tmp_path, computer):
    with DemoServer(tmp_path / "demo") as demo:
        session = await at_sign_in(computer, demo.url)
    session.work.with_password(EMAIL, PASSWORD)
    await session.until(lambda state: state.trouble)
    assert session.state.trouble.field is Field.PASSWORD
    assert session.state.step is Step.SIGN_IN
    await session.leave()


async def test_a_folder_that_is_gone_and_none_at_all(demo, computer):
    computer.put_pictures()
    session = await at_folders(computer, demo.url)
    page = session.window.folders
    for file in computer.pictures.iterdir():
        file.unlink()
    computer.pictures.rmdir()
    session.enter()
    await session.until(lambda state: state.trouble)
    assert page.error.words.startswith(f"{computer.pictures} is not there now.")
    assert computer.settings.folders == ()
    session.press(Qt.Key.Key_Delete)
    assert page.paths == ()
    assert session.focus() is page.add
    session.work.choose(page.paths)
    await session.until(lambda state: state.trouble)
    assert page.error.words == "Choose at least one folder."
    await session.leave()


async def test_a_settings_file_that_is_broken_is_told_and_not_overwritten(demo, computer):
    session = await at_folders(computer, demo.url)
    file = computer.locations.settings_file
    file.write_text("this is = = broken")
    session.work.choose((str(computer.put_pictures()),))
    await session.until(lambda state: state.trouble)
    assert "cannot be understood" in session.window.folders.error.words
    assert file.read_text() == "this is = = broken"
    await session.leave()


async def test_autostart_that_is_refused_is_told_and_the_second_press_starts(demo, computer):
    blocked = computer.folder / ".config" / "autostart"
    blocked.parent.mkdir()
    blocked.write_text("no folder")
    session = await at_when(computer, demo.url)
    await session.until(lambda state: state.at_login)
    session.enter()
    await session.until(lambda state: state.trouble)
    page = session.window.when
    assert session.state.trouble.field is Field.AT_LOGIN
    assert page.login_error.isVisible()
    assert not page.at_login.isChecked()
    assert computer.recorder.asked == []
    session.enter()
    await session.until(lambda state: state.finished)
    assert computer.recorder.asked == ["back up now"]
    await session.leave()


# --- left, and gone on with ---------------------------------------------------------------------


@pytest.mark.parametrize("how", ["Esc", "Ctrl+W", "close", "Later"])
async def test_it_is_left_by_all_the_usual_keys(computer, how):
    session = await computer.start()
    window = session.window
    if how == "Esc":
        session.press(Qt.Key.Key_Escape)
    elif how == "Ctrl+W":
        session.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    elif how == "close":
        window.close()
    else:
        await session.alt("l")
    assert session.ended == [False]
    assert not window.isVisible()
    await session.leave()


async def test_left_after_the_server_the_address_is_remembered_and_asked_again(demo, computer):
    await (await at_sign_in(computer, demo.url)).leave()
    again = await computer.start()
    assert again.state.step is Step.SERVER
    assert again.window.server.address.text == demo.url
    again.enter()
    await again.step(Step.SIGN_IN)
    await again.leave()


async def test_left_while_signing_in_leaves_no_session_behind(demo, computer):
    fault = demo.faults.add(SlowAnswer(seconds=60, path="/api/users/me"))
    session = await at_sign_in(computer, demo.url)
    session.work.with_password(EMAIL, PASSWORD)
    async with asyncio.timeout(20):
        while not demo.faults.used(fault):
            await asyncio.sleep(0.02)
    await session.leave()
    assert computer.identity is None
    assert demo.log.count("POST", "/api/auth/logout") == 1
    assert computer.keychain() == {}


async def test_left_after_signing_in_the_account_stays(demo, computer):
    await (await at_folders(computer, demo.url)).leave()
    again = await computer.start()
    assert again.state.step is Step.FOLDERS
    assert again.window.folders.account.text() == f"Signed in as {EMAIL} at {demo.url}."
    await again.alt("b")
    assert again.state.step is Step.SERVER
    await again.leave()


async def test_left_after_the_folders_only_the_last_question_is_asked(demo, computer):
    await (await at_when(computer, demo.url)).leave()
    again = await computer.start()
    assert again.state.step is Step.WHEN
    assert again.window.when.background.isChecked()
    again.enter()
    await again.until(lambda state: state.finished)
    assert computer.recorder.asked == ["back up now"]
    assert computer.begun is None
    await again.leave()


async def test_a_second_sign_in_asks_for_the_account_alone(demo, computer):
    session = await at_when(computer, demo.url)
    session.enter()
    await session.until(lambda state: state.finished)
    await session.leave()
    computer.recorder.asked.clear()
    again = await computer.start(account=True)
    assert again.window.place.text() == "Step 1 of 2"
    again.work.find(demo.url)
    await again.step(Step.SIGN_IN)
    again.work.with_password(EMAIL, PASSWORD)
    await again.until(lambda state: state.finished)
    assert computer.recorder.asked == []
    assert len(computer.keychain()) == 1
    await again.leave()


# --- folders and rules in words -----------------------------------------------------------------


async def test_folders_are_added_removed_and_never_twice(demo, computer, tmp_path):
    session = await at_folders(computer, demo.url)
    page = session.window.folders
    assert page.paths == ()  # no folder for pictures: nothing is suggested
    for name in ("a", "a/inside", "b"):
        (tmp_path / name).mkdir()
    page.take([str(tmp_path / "a"), str(tmp_path / "b")])
    page.take([str(tmp_path / "a" / "inside"), str(tmp_path / "nowhere")])
    assert page.paths == (str(tmp_path / "a"), str(tmp_path / "b"))
    assert "lies within another folder" in page.error.words
    assert "is no folder" in page.error.words
    page.list.setCurrentRow(0)
    await session.alt("r")
    assert page.paths == (str(tmp_path / "b"),)
    await session.leave()


async def test_rules_and_switched_off_folders_survive(demo, computer, tmp_path):
    session = await at_folders(computer, demo.url)
    kept = Folder(str(computer.put_pictures()), exclude=("*.tmp",))
    off = Folder("/off", enabled=False)
    file = SettingsFile(computer.locations.settings_file)
    file.save(replace(file.load().settings, folders=(kept, Folder("/removed"), off)))
    (tmp_path / "b").mkdir()
    session.work.choose((kept.path, str(tmp_path / "b")))
    await session.step(Step.WHEN)
    assert computer.settings.folders == (kept, Folder(str(tmp_path / "b")), off)
    await session.leave()


async def test_counting_ends_with_the_page(demo, computer):
    computer.put_pictures()
    session = await at_folders(computer, demo.url)
    session.enter()
    await session.step(Step.WHEN)
    assert session.window.folders.counts._stops == {}
    await session.alt("b")
    await session.step(Step.FOLDERS)
    item = session.window.folders.list.item(0)
    await session.until(lambda _state: "3 photos" in item.text())
    await session.leave()


async def test_the_rules_are_told_with_this_computer_as_it_is_now(demo, computer):
    session = await at_when(computer, demo.url)
    page = session.window.when
    await session.until(lambda state: state.seen and state.at_login)
    assert page.network.text() == "Now: the server is on this computer, so no network is needed."
    assert page.power.text() == "Now: plugged in, battery at 80 %. The backup would go on."
    assert page.login.text() == "Now: it does not start at login."
    computer.machine.change(on_ac=False, battery_percent=50.0)
    await session.until(lambda state: state.seen.on_ac is False)
    assert page.power.text() == "Now: on battery, battery at 50 %. The backup would go on."
    await session.alt("p")
    assert page.power.text() == "Now: the computer runs on battery. The backup would wait."
    await session.leave()
    computer.machine.change(medium=Medium.CELLULAR)  # nobody listens any more
    assert not computer.machine._listeners


# --- for those who do not see it ----------------------------------------------------------------


@pytest.mark.parametrize("step", list(Step))
async def test_every_control_has_a_name_and_a_role_and_is_reached_by_tab(demo, computer, step):
    demo.identity.settings = Settings(enabled=True)
    computer.put_pictures()
    session = await {
        Step.SERVER: computer.start,
        Step.SIGN_IN: lambda: at_sign_in(computer, demo.url),
        Step.FOLDERS: lambda: at_folders(computer, demo.url),
        Step.WHEN: lambda: at_when(computer, demo.url),
    }[step]()
    kinds = QAbstractButton | QLineEdit | QListWidget | QProgressBar | QDialog
    window = session.window
    controls = [one for one in (window, *window.findChildren(object)) if isinstance(one, kinds)]
    seen = [one for one in controls if one.isVisible()]
    for control in seen:
        face = QAccessible.queryAccessibleInterface(control)
        assert face.text(QAccessible.Text.Name), control
        assert face.role() is not QAccessible.Role.NoRole, control
    reached = set()
    for _ in range(30):
        reached.add(session.focus())
        session.tab()
    wanted = [
        one
        for one in seen
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(one, QDialog)
    ]
    chosen = {type(one): one for one in wanted}  # one of several radio buttons is enough
    missed = [one for one in wanted if one not in reached and type(one).__name__ != "QRadioButton"]
    assert chosen
    assert missed == []
    letters = [_letter(one) for one in [*seen, *window.findChildren(QLabel)] if one.isVisible()]
    used = [letter for letter in letters if letter]
    assert len(used) == len(set(used)), used
    await session.leave()


def _letter(widget) -> str:
    if isinstance(widget, QLabel) and not widget.buddy():
        return ""
    text = getattr(widget, "text", str)().replace("&&", "")
    return text[text.index("&") + 1].lower() if "&" in text else ""


async def test_folders_are_dropped_on_their_page(demo, computer):
    session = await at_folders(computer, demo.url)
    page = session.window.folders
    pictures = computer.put_pictures()
    drop(page, QUrl.fromLocalFile(str(pictures)), QUrl("https://example.org/a.jpg"))
    assert page.paths == (str(pictures),)
    assert "example.org" in page.error.words
    drop(page, QUrl.fromLocalFile(str(pictures / "IMG_0.jpg")))
    assert page.paths == (str(pictures),)
    assert "is no folder" in page.error.words
    await session.leave()
