"""What the README tells to type is typed, line by line, with a server and photos of a test."""

import pytest

from tests.acceptance.photos import photo
from tests.cli.conftest import CommandLine
from tests.docs.reading import ROOT, code_lines, words_for_the_program
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.process import serve_in_process

README = (ROOT / "README.md").read_text()
# Tried elsewhere: the program with a window (tests/desktop), and what changes the person's login.
ELSEWHERE = ([], ["autostart", "on"])


@pytest.fixture
def home(tmp_path):
    for number, folder in enumerate(("Pictures", "Videos")):
        photo(tmp_path / folder / "a.jpg", number)
    return tmp_path


def test_every_line_of_the_readme_works_in_its_order(home):
    run = CommandLine(home)
    run.environ["XDG_CONFIG_HOME"] = str(home / "config")
    typed_by = map(words_for_the_program, code_lines(README))
    lines = [words for words in typed_by if words is not None]
    assert [words[:1] for words in lines if words not in ELSEWHERE] == [
        ["login"],
        ["backup"],
        ["status"],
        ["settings"],
        ["start"],
        ["verify"],
    ]
    with serve_in_process(home / "server") as server:
        for words in lines:
            if words in ELSEWHERE:
                continue
            typed = [word.replace("~", str(home)) for word in words]
            typed = [word.replace("https://photos.example.org", server.url) for word in typed]
            if typed[0] == "login":
                typed += ["--email", DEMO_EMAIL]  # at a terminal both would be asked for
            done = run(*typed, stdin=f"{DEMO_PASSWORD}\n")
            assert done.code == 0, (typed, done.out, done.err)


def test_every_line_is_a_command_of_the_program_or_of_make():
    lines = code_lines(README)
    assert lines
    for line in lines:
        assert words_for_the_program(line) is not None or line.startswith("make "), line
