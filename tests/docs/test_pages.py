"""Documents that cannot lie about links, commands, settings and tests."""

import re

import click
import pytest

from tests.docs.reading import (
    ROOT,
    anchors,
    cli_docs,
    code_lines,
    inline_code,
    links,
    pages,
    words_for_the_program,
)
from tray_app.cli.main import cli
from tray_app.cli.output import Exit
from tray_app.core.settings import SPECS

PAGES = pages()
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
GENERATED = {"docs/user/commands.md"}  # usage lines, which are no command lines
# Where documents may point to; anything else is a mistake, or a host of somebody's own network.
HOSTS = {
    "immich.app",
    "example.org",
    "photos.example.org",
    "photos.lan",
    "keepachangelog.com",
    "semver.org",
    "docs.github.com",
    "127.0.0.1",
    "localhost",
    "192.168.1.5",
}
HEADLESS = "docs/user/headless.md"


@pytest.fixture(params=PAGES, ids=NAMES)
def page(request):
    return request.param


def test_every_link_and_anchor_leads_somewhere(page):
    for link in links(page.read_text()):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = page if not path else (page.parent / path)
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text()), link


def understood(words, *, whole):
    """Have click parse the words, as the program would; nothing is run."""
    command, context = cli, click.Context(cli, info_name="immich-tray")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, words = words[0], words[1:]
        command = command.get_command(context, name)
        assert command is not None, f"there is no command {name}"
        context = click.Context(command, parent=context, info_name=name)
    try:
        command.make_context(context.info_name, list(words), parent=context.parent)
    except click.MissingParameter:
        assert not whole, "an argument is missing"
    except click.exceptions.Exit:
        pass  # --help, --version


def test_every_command_line_is_one_of_the_program(page):
    if str(page.relative_to(ROOT)) in GENERATED:
        return
    text = page.read_text()
    for whole, lines in ((True, code_lines(text)), (False, inline_code(text))):
        for line in lines:
            words = words_for_the_program(line)
            if words is None or words[:1] == ["COMMAND"]:
                continue
            try:
                understood(words, whole=whole)
            except (click.UsageError, AssertionError) as exc:
                pytest.fail(f"{line}: {exc}")


@pytest.mark.parametrize(
    "line",
    [
        "immich-tray back-up",
        "immich-tray backup --twice",
        "FOO=1 .venv/bin/immich-tray settings got",
    ],
)
def test_a_wrong_command_line_would_be_noticed(line):
    with pytest.raises((click.UsageError, AssertionError)):
        understood(words_for_the_program(line), whole=True)


def test_the_tests_that_are_named_are_there(page):
    for path, name in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text()):
        assert (ROOT / path).exists(), path
        assert not name or f"def {name}(" in (ROOT / path).read_text(), name


def test_no_foreign_host_and_no_path_of_some_machine(page):
    text = page.read_text()
    hosts = {
        host.lower().rstrip(".") for host in re.findall(r"https?://(?:[^@/\s]*@)?([\w.-]+)", text)
    }
    known = {host for host in hosts if host in HOSTS or host.endswith((".example.org", ".lan"))}
    assert hosts <= known | {""}, hosts - known
    assert not re.findall(r"(?<![\w~])/(?:root|work|farm)/", text)


def everything_for_people():
    return "".join(page.read_text() for page in (ROOT / "docs" / "user").glob("*.md"))


def test_every_setting_option_and_status_is_in_the_documents():
    text = everything_for_people()
    for spec in SPECS:
        assert f"| `{spec.key}` |" in text
    for entry in cli_docs.entries():
        assert f"    {entry.name} {entry.usage}".rstrip() in text
        for option, _ in entry.options:
            assert f"- `{option}`: " in text
    headless = (ROOT / HEADLESS).read_text()
    for status in Exit:
        assert f"| {status.value} |" in headless
        assert status in cli_docs.STATUSES


def test_settings_named_in_the_pages_exist():
    keys = {spec.key for spec in SPECS}
    fields = {"totalCount", "completedCount", "duplicateCount", "failedCount", "skippedCount"}
    fields |= {"bytesSent", "bytesHashed", "livePhotoVideoId"}
    for page in (ROOT / "docs" / "user").glob("*.md"):
        named = set(re.findall(r"`([a-z]+[A-Z][A-Za-z]+)`", page.read_text()))
        assert named <= keys | fields | {"clientKey"}, (page.name, named - keys - fields)


def test_every_page_for_people_can_be_reached_from_the_first_and_the_readme_leads_there():
    folder = ROOT / "docs" / "user"
    first = {link.partition("#")[0] for link in links((folder / "README.md").read_text())}
    assert {page.name for page in folder.glob("*.md")} - {"README.md"} <= first
    assert "docs/user/README.md" in links((ROOT / "README.md").read_text())


def test_the_readme_is_short_and_its_make_targets_exist():
    text = (ROOT / "README.md").read_text()
    assert len(text.splitlines()) < 200
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))
    for name in ("README.md", "CONTRIBUTING.md"):
        said = (ROOT / name).read_text()
        used = {line.split()[1] for line in code_lines(said) if line.startswith("make ")}
        used |= {code.split()[1] for code in inline_code(said) if code.startswith("make ")}
        assert used <= targets, used - targets
