"""What the job starts, and when there shall be one."""

import pytest

from tray_app.core.account import Identity, Method
from tray_app.core.settings import Settings
from tray_app.core.system_job import is_wanted, program_words


@pytest.mark.parametrize(
    ("executable", "platform", "options", "words"),
    [
        ("/a b/bin/python", "linux", {}, ("/a b/bin/python", "-m", "tray_app")),
        ("/opt/immich-tray", "linux", {"frozen": True}, ("/opt/immich-tray",)),
        (
            "/run/mount/python",
            "linux",
            {"image": "/home/me/Tray.AppImage"},
            ("/home/me/Tray.AppImage",),
        ),
        (r"C:\P y\python.exe", "win32", {}, (r"C:\P y\pythonw.exe", "-m", "tray_app")),
        (r"C:\pythonw.exe", "win32", {}, (r"C:\pythonw.exe", "-m", "tray_app")),
        (r"C:\A\immich-tray.exe", "win32", {"frozen": True}, (r"C:\A\immich-trayw.exe",)),
        (r"C:\A\immich-trayw.exe", "win32", {"frozen": True}, (r"C:\A\immich-trayw.exe",)),
        ("", "linux", {}, None),
    ],
)
def test_the_words_that_start_this_installation(executable, platform, options, words):
    assert program_words(executable, platform, **{"frozen": False, **options}) == words


def who(method):
    return Identity("https://a/api", "u", "me@example.org", "Me", method)


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("scheduled", [False, True])
@pytest.mark.parametrize(
    ("identity", "signed_in"),
    [
        (None, False),
        (who(Method.PASSWORD), True),
        (who(Method.API_KEY), True),
        (who(Method.ENVIRONMENT_KEY), False),
        (who(Method.ENVIRONMENT_PASSWORD), False),
    ],
)
def test_a_job_is_for_who_is_signed_in_and_wants_both(background, scheduled, identity, signed_in):
    settings = Settings(background_backup=background, scheduled_backup=scheduled)
    assert is_wanted(settings, identity) is (background and scheduled and signed_in)
