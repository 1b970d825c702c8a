"""`immich-tray login URL --browser` as real processes, with a browser that is a script."""

import os
import shutil
import stat
import subprocess
import sys

import httpx
import pytest

from tests.cli.conftest import ROOT
from tray_app.core.oauth import MOBILE
from tray_app.demo.identity_provider import Settings
from tray_app.demo.server import DemoServer

# Goes to the page and follows where it is sent; keeps the last address for the test to look at.
SCRIPT = """\
import subprocess, sys
import httpx
to, last, opener = sys.argv[2], sys.argv[1], sys.argv[3:]
with httpx.Client(timeout=20) as client:
    while to.startswith("http"):
        answer = client.get(to)
        open(last, "a").write(f"{answer.status_code} {to}\\n{answer.text}\\n")
        if not answer.is_redirect:
            break
        to = answer.headers["location"]
if to.startswith("app.immich:"):
    open(last, "a").write(f"app {to}\\n")
    if opener:
        subprocess.run([*opener, to], check=True)
"""


@pytest.fixture(params=["2.7.5", "3.0.3"])
def demo(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        server.identity.settings = Settings(enabled=True)
        yield server


class Scripted:
    """The browser of a computer: a program that `BROWSER` names."""

    def __init__(self, folder):
        self.code, self.visited = folder / "browser.py", folder / "visited"
        self.code.write_text(SCRIPT)

    def environ(self, *opener):
        words = [sys.executable, self.code, self.visited, "%s", *opener]
        return {"BROWSER": " ".join(f"'{word}'" for word in words)}

    @property
    def last(self):
        lines = self.visited.read_text().splitlines()
        return [line for line in lines if line.startswith(("200 ", "400 ", "app "))][-1]


@pytest.fixture
def browser(tmp_path):
    return Scripted(tmp_path)


def secrets_of(run, browser):
    """Everything that nobody may read: the query of what was visited, and the token."""
    queries = [line.partition("?")[2] for line in browser.visited.read_text().splitlines()]
    values = [pair.partition("=")[2] for query in queries for pair in query.split("&")]
    long = {value for value in values if len(value) > 25 and "%" not in value}
    return long | set(run.keyring.read_text().split('"')) - {"{", "}", ": "}


def test_sign_in_sync_backup_and_sign_out(run, demo, browser, tmp_path):
    run("settings", "set", "advancedTroubleshooting", "true")
    done = run("login", demo.url, "--browser", **browser.environ())
    assert done.code == 0, done.err
    assert f"Signed in as demo@example.org at {demo.url}/api (Immich {demo.options.version})" in (
        done.out
    )
    assert "press Enter to try the phone app's address" in done.err
    assert browser.last.startswith("200 http://127.0.0.1:")
    assert "You can close this tab." in browser.visited.read_text()
    assert '"oauth"' in (run.home / "data" / "account.json").read_text()

    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"\xff\xd8 a photo")
    backup = run("backup", str(photos), "--once", "--anyway", "--json")
    assert (backup.code, backup.json["completedCount"]) == (0, 1), backup.err
    sync = run("sync", "--once", "--json")
    assert (sync.code, sync.json["mode"], sync.json["assets"]) == (0, "stream", 1), sync.err
    assert run("doctor", "--json").code == 0
    assert len(demo.state.accounts.sessions(demo.user().id)) == 1  # one for all of this

    secrets = secrets_of(run, browser)
    written = run.everything_written() + done.out + done.err
    assert len(secrets) >= 4
    assert not [secret for secret in secrets if secret in written]
    assert run("logout").err == ""
    assert demo.state.accounts.sessions(demo.user().id) == []
    assert run.keyring.read_text() == "{}"


def test_where_only_the_phone_app_is_registered(run, demo, browser):
    """The person presses Enter; the system then starts us with the address of the phone app."""
    demo.identity.settings.redirects = (MOBILE,)
    environ = browser.environ(sys.executable, "-m", "tray_app")
    done = run("login", demo.url, "--browser", stdin="\n", **environ)
    assert done.code == 0, done.err
    assert done.out.startswith("Signed in as demo@example.org")
    assert browser.last.startswith(f"app {MOBILE}?")


@pytest.mark.parametrize("opener", ["xdg-open"])
@pytest.mark.parametrize("demo", ["3.0.3"], indirect=True)
def test_the_desktop_itself_brings_the_address_back(run, demo, browser, tmp_path, opener):
    """Registered with the real xdg-mime, brought back as real browsers do; gone at sign-out."""
    if not (shutil.which("xdg-mime") and shutil.which(opener)):
        pytest.skip(f"{opener} or xdg-mime is not installed")
    demo.identity.settings.redirects = (MOBILE,)
    own = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG")}
    entry = tmp_path / "data" / "applications" / "immich-tray-sign-in.desktop"
    # xdg-open asks for a display variable before it starts anything that is no browser.
    words = ["env", "-u", "BROWSER", "DISPLAY=none", opener]
    done = run("login", demo.url, "--browser", stdin="\n", **browser.environ(*words), **own)
    assert done.code == 0, done.err + browser.visited.read_text()
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    assert str(run.home) in entry.read_text()
    assert run("logout", **own).code == 0
    assert not entry.exists()


def test_headless_the_address_is_printed_and_pasted(run, demo):
    command = run.command("login", demo.url, "--browser")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=run.environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as login:
        try:
            while not (line := login.stderr.readline()).startswith("  http"):
                assert line, "it ended"
            back = httpx.get(line.strip()).headers["location"]
            out, err = login.communicate(f"https://wrong.example/\n {back} \n", timeout=50)
        finally:
            login.kill()
    assert login.returncode == 0, err
    assert "not the address" in err
    assert out.startswith("Signed in as demo@example.org")
    assert back.partition("?")[2] not in err + out + run.everything_written()


def test_ctrl_c_ends_it_calmly(run, demo):
    environ = {**run.environ, "PYTHONUNBUFFERED": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        run.command("login", demo.url, "--browser"),
        env=environ,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as login:
        try:
            while not (line := login.stderr.readline()).startswith("  http"):
                assert line, "it ended"
            login.send_signal(2)
            _, err = login.communicate(timeout=20)
        finally:
            login.kill()
    assert login.returncode == 1
    assert "Stopped." in err
    assert "Traceback" not in err
    assert not run.keyring.exists()


def test_a_refusal_of_the_provider_needs_the_person(run, demo, browser):
    demo.identity.settings.refuses = "access_denied"
    done = run("login", demo.url, "--browser", **browser.environ())
    assert done.code == 3
    assert "access_denied" in done.err
    assert not run.keyring.exists()


def test_a_way_that_is_switched_off_names_the_other(run, demo):
    demo.identity.settings.password_login = False
    done = run("login", demo.url, "--email", "demo@example.org", stdin="demo\n")
    assert done.code == 3
    assert "password switched off" in done.err
    assert "--browser (“Login with OAuth”)" in done.err
    demo.identity.settings = Settings(enabled=False)
    done = run("login", demo.url, "--browser")
    assert done.code == 3
    assert "--email E" in done.err


def test_an_address_nobody_waits_for_is_refused_and_not_printed(run):
    done = run("app.immich:///oauth-callback?code=the-code&state=the-state")
    assert done.code == 1
    assert "No sign-in waits" in done.err
    assert "the-code" not in done.out + done.err + run.everything_written()
    assert "Returned" not in run("--help").out


def test_the_words_for_a_person_know_no_qt(run):
    """A headless computer may have no Qt."""
    code = "import sys, tray_app.cli.login; print([m for m in sys.modules if 'PySide6' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
