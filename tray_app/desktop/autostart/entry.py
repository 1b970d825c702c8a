"""The text of our desktop entry, and what others made of it (Desktop Entry Specification 1.5)."""

from configparser import ConfigParser, Error
from typing import NamedTuple

from tray_app.core.system_job import AT_LOGIN, JobCommand
from tray_app.desktop.exec_line import exec_line

GROUP = "Desktop Entry"
_GNOME = "X-GNOME-Autostart-enabled"


class Entry(NamedTuple):
    """What of an entry counts: the command line, and whether desktops shall start it."""

    starts: str
    enabled: bool


def entry_text(command: JobCommand) -> str:
    """Write the entry that starts the program hidden at login."""
    words = command.words_with_home(AT_LOGIN[0])
    return (
        f"[{GROUP}]\n"
        "Type=Application\n"
        "Name=Immich Tray\n"
        "Comment=Backs photos and videos up to your Immich server\n"
        f"Exec={exec_line(words)}\n"
        f"{_only_while_there(words[0])}"
        "Icon=immich-tray\n"
        "Terminal=false\n"
        "StartupNotify=false\n"
        f"{_GNOME}=true\n"
    )


def _only_while_there(program: str) -> str:
    """Let desktops pass the entry over once the program has been removed."""
    plain = program.isprintable() and "\\" not in program and not program.startswith(" ")
    return f"TryExec={program}\n" if plain else ""


def hidden_text() -> str:
    """Write the entry that hides one of the same name that the system's administrator put."""
    return f"[{GROUP}]\nType=Application\nName=Immich Tray\nHidden=true\n"


def read_entry(text: str) -> Entry | None:
    """Read an entry, as we or a person or a desktop's settings left it; None: it is none.

    GNOME switches entries off by a key of its own, KDE and Xfce by `Hidden`.
    """
    parser = _Keys(interpolation=None, strict=False, delimiters="=", comment_prefixes="#")
    try:
        parser.read_string(text)
        found = parser[GROUP]
    except (Error, KeyError):
        return None
    starts = found.get("Exec", "")
    off = _is(found.get("Hidden", "false")) or not _is(found.get(_GNOME, "true"))
    return Entry(starts, enabled=bool(starts) and not off)


class _Keys(ConfigParser):
    """Keys have their case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def _is(value: str) -> bool:
    return value.strip().lower() in ("true", "1")
