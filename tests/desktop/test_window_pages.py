"""The pages of the real program, by keys alone: a failed file is retried; Quit says its word."""

import pytest

from tests.acceptance.photos import photo, settled
from tests.desktop.test_foreground import answers, last_json, shown, status
from tests.desktop.test_program import immich_tray, running_program
from tests.desktop.test_terminate import EMAIL, folder, home, server  # noqa: F401
from tests.desktop.test_tray import icon_in_tray
from tests.rig.processes import wait_until
from tray_app.demo.faults import ProxyTooLarge

pytestmark = pytest.mark.desktop


def titled(screen, title):
    return [it for it in screen.window_titles() if it == title]


def open_window(env, screen):
    assert immich_tray(env, "show").returncode == 0
    wait_until("window", lambda: shown(screen))


def test_a_failed_file_is_retried_by_keys_and_arrives(home, server, folder, screen):  # noqa: F811
    photo(folder / "large.jpg", 1, 300_000)
    settled()
    server.faults.add(ProxyTooLarge(limit=200_000))
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        assert immich_tray(home, "backup", "--once").returncode == 1
        assert status(home)["failed"] == 1
        server.faults.clear()
        open_window(home, screen)
        screen.key("ctrl+4")
        wait_until("page of failed files", lambda: titled(screen, "Failed \u2013 Immich Tray"))

        # Until the list is there, its button is asleep.
        def asked() -> bool:
            screen.key("alt+a")
            return len(server.assets(EMAIL)) == 1

        wait_until("photo on the server", asked, 30)
        wait_until("no failure", lambda: status(home)["failed"] == 0)
        program.terminate()
        assert program.wait(7) == 0


@pytest.fixture
def own(desktop_session, server, tmp_path):  # noqa: F811
    """A home with a sign-in of its own and automatic backup; signed out again afterwards."""
    env = desktop_session | {"IMMICH_TRAY_HOME": str(tmp_path / "other")}
    key = server.add_api_key(email=EMAIL)
    assert immich_tray(env, "login", server.url, "--api-key", text=f"{key}\n").returncode == 0
    assert immich_tray(env, "settings", "set", "backgroundBackup", "true").returncode == 0
    yield env
    immich_tray(env, "logout")  # the system job goes, too


def test_quit_says_once_that_backups_go_on(own, screen):
    env = own
    with running_program(env) as program:
        icon_in_tray(screen)
        answers(env)
        open_window(env, screen)
        before = len(shown(screen))
        screen.key("ctrl+q")
        wait_until("question", lambda: len(shown(screen)) > before)
        assert program.poll() is None
        screen.key("Escape")
        wait_until("no question", lambda: len(shown(screen)) == before)
        screen.key("ctrl+q")
        wait_until("question", lambda: len(shown(screen)) > before)
        screen.key("alt+o")
        assert program.wait(10) == 0
    said = immich_tray(env, "settings", "get", "scheduledBackup", "--json")
    assert last_json(said) == {"scheduledBackup": False}
    assert immich_tray(env, "settings", "set", "scheduledBackup", "true").returncode == 0
    with running_program(env) as program:
        icon_in_tray(screen)
        answers(env)
        open_window(env, screen)
        screen.key("ctrl+q")
        assert program.wait(10) == 0  # it was said before


def test_more_detail_is_logged_as_soon_as_it_is_wanted(home, tmp_path, screen):  # noqa: F811
    log = tmp_path / "home" / "logs" / "immich-tray.log"
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        assert " DEBUG " not in log.read_text()
        done = immich_tray(home, "settings", "set", "advancedTroubleshooting", "true")
        assert done.returncode == 0

        def detailed() -> bool:
            answers(home)  # each question is a line of detail
            return " DEBUG " in log.read_text()

        wait_until("detail in the log", detailed)
        program.terminate()
        assert program.wait(7) == 0
