"""Writes what is made from the command line: `python packaging/cli_docs.py`.

The manual page and the completions of three shells, which the wheel carries below `share/`, and
the page of commands. `tests/docs/test_cli_files.py` holds them against the program.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tray_app import __version__  # noqa: E402  found by the line above
from tray_app.cli.main import cli  # noqa: E402  likewise

NAME = "immich-tray"
SHARE = ROOT / "packaging" / "share"
COMPLETIONS: dict[str, type[ShellComplete]] = {
    f"bash-completion/completions/{NAME}": BashComplete,
    f"zsh/site-functions/_{NAME}": ZshComplete,
    f"fish/vendor_completions.d/{NAME}.fish": FishComplete,
}
STATUSES = {
    0: "All is well.",
    1: "Something failed; never 0 while a file has failed.",
    2: "Wrong usage.",
    3: "It needs you: the message says what to do.",
    4: "A condition is not met, such as a metered network; the message names it.",
}
VARIABLES = {
    "IMMICH_TRAY_HOME": "One folder for settings, data, cache and logs, in place of the system's.",
    "IMMICH_INSTANCE_URL": "Address of the server; goes before what is saved.",
    "IMMICH_API_KEY": "API key to sign in with, where there is no keychain.",
    "IMMICH_EMAIL": "E-mail address to sign in with, together with the next one.",
    "IMMICH_PASSWORD": "Password to sign in with; without a keychain its session ends at once.",
}
FILES = {
    "~/.config/immich-tray/settings.toml": "The settings; edit it freely.",
    "~/.local/share/immich-tray/backup.db": "What was backed up, and what waits.",
    "~/.local/share/immich-tray/library.db": "The copy of the server's library.",
    "~/.local/state/immich-tray/log/": "The log.",
}
_PAGE_HEAD = f"""\
# Commands

Every command and option; each command takes `--help`, too. This page is written by
`packaging/cli_docs.py`, as is the manual page (`man {NAME}`).

    {NAME}

Without a command: the program in the system tray; a second start shows the window of the first.
`{NAME} --version` says which it is.
"""


class Entry(NamedTuple):
    """One command: its full name, what stands behind it, its help, options with their help."""

    name: str
    usage: str
    text: str
    options: tuple[tuple[str, str], ...]


def entries() -> Iterator[Entry]:
    """Walk all commands that a person may type, in the order of the help."""
    top = click.Context(cli, info_name=NAME)
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        if command is None:
            raise LookupError(name)
        yield from _below(command, click.Context(command, parent=top, info_name=name))


def _below(command: click.Command, context: click.Context) -> Iterator[Entry]:
    yield Entry(
        context.command_path,
        " ".join(command.collect_usage_pieces(context)),
        inspect.cleandoc(command.help or ""),
        tuple(
            record
            for param in command.get_params(context)
            if isinstance(param, click.Option)
            and "--help" not in param.opts
            and (record := param.get_help_record(context))
        ),
    )
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if inner := command.get_command(context, name):
                yield from _below(inner, click.Context(inner, parent=context, info_name=name))


def commands_page() -> str:
    """Return `docs/user/commands.md`."""
    parts = [_PAGE_HEAD]
    for entry in entries():
        short = entry.name.removeprefix(f"{NAME} ")
        parts.append(f"\n## {short}\n\n    {entry.name} {entry.usage}\n\n{entry.text}\n\n")
        parts += [f"- `{option}`: {help_}\n" for option, help_ in entry.options]
    text = "".join(parts).rstrip("\n") + "\n"
    parts = [text, "\n## Exit status\n\n| Status | Meaning |\n| --- | --- |\n"]
    parts += [f"| {status} | {words} |\n" for status, words in STATUSES.items()]
    parts.append("\n## Variables\n\n| Variable | Meaning |\n| --- | --- |\n")
    parts += [f"| `{name}` | {words} |\n" for name, words in VARIABLES.items()]
    return "".join(parts)


def manual_page() -> str:
    """Return `immich-tray(1)` in the macros of man(7); without a date: equal builds are equal."""
    lines = [
        f'.TH IMMICH\\-TRAY 1 "" "{NAME} {__version__}" "User Commands"',
        ".SH NAME",
        f"{_roff(NAME)} \\- back photos and videos up to an Immich server",
        ".SH SYNOPSIS",
        f".B {_roff(NAME)}",
        "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_paragraphs(inspect.cleandoc(cli.help or "")),
        ".SH OPTIONS",
        ".TP",
        ".B \\-\\-version",
        "Show the version and exit.",
        ".TP",
        ".B \\-\\-help",
        "Show the commands and exit; after a command, show its options.",
        ".SH COMMANDS",
    ]
    for entry in entries():
        lines += [f".SS {_roff(entry.name)} {_roff(entry.usage)}", *_paragraphs(entry.text)]
        for option, help_ in entry.options:
            lines += [".TP", f".B {_roff(option)}", _roff(help_)]
    for title, table in (("EXIT STATUS", STATUSES), ("ENVIRONMENT", VARIABLES), ("FILES", FILES)):
        lines.append(f".SH {title}")
        for key, words in table.items():
            lines += [".TP", f".B {_roff(str(key))}", _roff(words)]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in re.split(r"\n{2,}", text):
        lines += [".PP", _roff(" ".join(paragraph.split()))]
    return lines


def _roff(text: str) -> str:
    """Escape for troff: backslashes, hyphens that are minus signs, words that look like orders."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def completion(kind: type[ShellComplete]) -> str:
    """Return a shell's script: it asks the program at each Tab, so it knows every option."""
    shell = kind(cli, {}, NAME, "_IMMICH_TRAY_COMPLETE")
    return (kind.source_template % shell.source_vars()).strip() + "\n"


def written() -> dict[Path, str]:
    """Return every file and what belongs into it."""
    return {
        SHARE / "man" / "man1" / f"{NAME}.1": manual_page(),
        ROOT / "docs" / "user" / "commands.md": commands_page(),
        **{SHARE / name: completion(kind) for name, kind in COMPLETIONS.items()},
    }


if __name__ == "__main__":
    for path, text in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
