"""Opening a page without Qt: which program, and how it ends."""

import os
import sys

import pytest

from tray_app.desktop import browser
from tray_app.desktop.browser import Browser, browser_words, with_address

PAGE = "https://idp.example/authorize?state=s&x=%20y"


def runs(code):
    return {"BROWSER": f"'{sys.executable}' -c '{code}' %s"}


@pytest.fixture(autouse=True)
def a_slow_computer_is_no_fault(monkeypatch):
    """A program that ends at once may need long for it on a busy machine."""
    monkeypatch.setattr(browser, "_SECONDS", 30)


def never():
    return False


@pytest.mark.parametrize(
    ("environ", "platform", "has_display", "words"),
    [
        ({}, "linux", True, ("xdg-open",)),
        ({}, "linux", False, ()),
        ({}, "darwin", True, ("open",)),
        ({}, "win32", True, ("rundll32", "url.dll,FileProtocolHandler")),
        ({"BROWSER": "firefox:chromium"}, "linux", False, ("firefox",)),
        ({"BROWSER": "'/a b/browse' --new %s &"}, "linux", True, ("/a b/browse", "--new", "%s")),
        ({"BROWSER": "'no end"}, "linux", True, ("xdg-open",)),
        ({"BROWSER": ""}, "linux", False, ()),
    ],
)
def test_which_browser(environ, platform, has_display, words):
    assert browser_words(environ, platform, has_display=has_display) == words


def test_where_the_address_goes():
    assert with_address(["b"], PAGE) == ["b", PAGE]
    assert with_address(["b", "--url=%s", "-x"], PAGE) == ["b", f"--url={PAGE}", "-x"]


async def test_a_browser_that_ends_well_or_with_a_fault(both_loops):
    assert await Browser(runs("pass"), never).open(PAGE)
    assert not await Browser(runs("raise SystemExit(3)"), never).open(PAGE)
    assert not await Browser({"BROWSER": "/nonexistent/browser"}, never).open(PAGE)
    assert not await Browser({}, never).open(PAGE)


async def test_a_browser_that_stays_has_opened(monkeypatch, tmp_path):
    monkeypatch.setattr(browser, "_SECONDS", 0.2)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert await Browser(runs(f'open("{pipe}").read()'), never).open(PAGE)
    with pipe.open("w"):  # the browser has it open, too: it was there all the time, and ends now
        pass


async def test_only_web_pages_and_nothing_is_printed(capfd):
    noisy = runs("import sys; print(sys.argv); sys.exit(sys.argv[1])")
    assert not await Browser(noisy, never).open(PAGE)
    for other in ("file:///etc/passwd", "--help", "app.immich:///x"):
        assert not await Browser(runs("pass"), never).open(other)
    assert capfd.readouterr() == ("", "")
