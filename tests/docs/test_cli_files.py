"""The manual page, the completions and the page of commands are those of this program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading import cli_docs

SHARE = cli_docs.SHARE
PROGRAM = Path(sys.executable).parent / "immich-tray"


def shown_by_man():
    page = SHARE / "man" / "man1" / "immich-tray.1"
    command = ["groff", "-man", "-Tutf8", "-ww", "-rLL=200n", "-P-cbou", page]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout.replace("\u2010", "-").replace("\u2212", "-")


@pytest.mark.parametrize("path", cli_docs.written(), ids=lambda path: path.name)
def test_written_anew_it_is_the_same(path):
    assert path.read_text() == cli_docs.written()[path], "write it: python packaging/cli_docs.py"


@pytest.mark.skipif(not shutil.which("groff"), reason="groff shows manual pages")
def test_the_manual_page_shows_every_command_option_status_and_variable():
    page = shown_by_man()
    for entry in cli_docs.entries():
        assert f"{entry.name} {entry.usage}" in page
        for option, _ in entry.options:
            assert option in page
    for word in ("EXIT STATUS", "--version", *cli_docs.VARIABLES, *cli_docs.FILES):
        assert word in page


def completed(shell, script, typed):
    """Press Tab after `typed` in a real shell that has loaded our script; what it was offered."""
    environ = {
        "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
        "HOME": os.environ["HOME"],
        "TYPED": typed,
    }
    done = subprocess.run(
        [*shell, script], env=environ, capture_output=True, text=True, timeout=50, check=True
    )
    return sorted(line.split("\t")[0] for line in done.stdout.splitlines())


BASH = f"""
source "{SHARE}/bash-completion/completions/immich-tray"
complete -p immich-tray >/dev/null || exit 9
read -ra COMP_WORDS <<< "$TYPED"; COMP_CWORD=${{#COMP_WORDS[@]}}
[[ "${{COMP_WORDS[-1]}}" == --* ]] && COMP_CWORD=$((COMP_CWORD - 1))
_immich_tray_completion immich-tray
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
FISH = f"""
source {SHARE}/fish/vendor_completions.d/immich-tray.fish
complete -C "$TYPED"
"""
SHELLS = {"bash": (["bash", "-c"], BASH), "fish": (["fish", "--no-config", "-c"], FISH)}


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_offers_every_command(name):
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    offered = completed(*SHELLS[name], "immich-tray ")
    assert offered == sorted(cli_docs.cli.list_commands(None))


@pytest.mark.parametrize("name", SHELLS)
def test_a_shell_offers_every_option_of_every_command(name):
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    entries = [entry for entry in cli_docs.entries() if entry.name.count(" ") == 1]
    with_options = [entry for entry in entries if entry.options]
    assert len(with_options) > 10
    for entry in with_options[:: 1 if name == "bash" else 5]:
        offered = completed(*SHELLS[name], f"{entry.name} --")
        wanted = {word for option, _ in entry.options for word in option.split()[-2:]}
        assert {word for word in wanted if word.startswith("--")} <= set(offered), entry.name


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_takes_its_script():
    script = SHARE / "zsh" / "site-functions" / "_immich-tray"
    assert script.read_text().startswith("#compdef immich-tray\n")
    subprocess.run(["zsh", "-n", script], check=True)
