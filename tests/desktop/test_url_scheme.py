"""The desktop entry for `app.immich:` addresses."""

import os
import shutil
import subprocess
import sys

import pytest

from tray_app.desktop.linux.url_scheme import ENTRY, entry_text, register, unregister
from tray_app.desktop.system_job.commands import Ran

WORDS = ('/a b/py$`"\\100%', "-m", "tray_app")


class Tool:
    """xdg-mime; `owner` has the addresses already."""

    def __init__(self, owner=""):
        self.owner, self.asked = owner, []

    def __call__(self, words):
        self.asked.append(words[1])
        return Ran(0, f"{self.owner}\n".encode())


@pytest.fixture
def environ(tmp_path):
    (tmp_path / "xdg-mime").touch(mode=0o755)
    return {"HOME": str(tmp_path), "PATH": str(tmp_path)}


@pytest.fixture
def entry(tmp_path):
    folder = tmp_path / ".local" / "share" / "applications"
    folder.mkdir(parents=True)
    return folder / ENTRY


def write(path, content):
    path.write_bytes(content)


@pytest.mark.parametrize("owner", ["", ENTRY])
def test_it_is_written_made_the_default_and_taken_away(environ, entry, owner):
    tool = Tool(owner)
    assert register(["/usr/bin/immich-tray"], environ, write, tool)
    assert "Exec=/usr/bin/immich-tray %u\n" in entry.read_text()
    assert "MimeType=x-scheme-handler/app.immich;" in entry.read_text()
    assert tool.asked == ["query", "default"]
    unregister(environ)
    unregister(environ)
    assert not entry.exists()


def test_a_program_that_has_the_addresses_keeps_them(environ, entry):
    tool = Tool("another.desktop")
    assert not register(["/usr/bin/immich-tray"], environ, write, tool)
    assert tool.asked == ["query"]
    assert not entry.exists()


def test_without_the_tool_nothing_is_written(environ, entry):
    assert not register(["/x"], {**environ, "PATH": "/nonexistent"}, write, Tool())
    assert not entry.exists()


def test_odd_words_are_quoted():
    text = entry_text(WORDS)
    assert r'Exec=/usr/bin/env "/a b/py\\$\\`\\"\\\\100%%" -m tray_app %u' in text


@pytest.mark.skipif(not shutil.which("gio"), reason="gio is not installed")
def test_the_desktop_understands_the_quotes(tmp_path):
    """GIO, with which most browsers start programs."""
    pipe, code = tmp_path / "pipe", "import sys; open(sys.argv[1], 'w').write(repr(sys.argv[2:]))"
    os.mkfifo(pipe)
    path = tmp_path / "data" / "applications" / ENTRY
    path.parent.mkdir(parents=True)
    path.write_text(entry_text([sys.executable, "-c", code, str(pipe), *WORDS]))
    (tmp_path / "mimeapps.list").write_text(
        f"[Default Applications]\nx-scheme-handler/app.immich={ENTRY}\n"
    )
    url = "app.immich:///oauth-callback?code=a%20b&state=$(id)"
    own = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path)}
    subprocess.run(["gio", "open", url], env={**os.environ, **own}, check=True)
    assert pipe.read_text() == repr([*WORDS, url])
