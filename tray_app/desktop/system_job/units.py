"""The text of our systemd user units (systemd.service, systemd.timer, systemd.syntax)."""

import os
import re

from tray_app.core.system_job import JobCommand

_HEAD = "# Written by Immich Tray, which also corrects and removes it: changes here are lost.\n"
# systemd takes no program whose path has quotes, backslashes or control characters.
_ODD = re.compile(r"[\x00-\x1f\x7f\"'\\]")
_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
_ESCAPES = {"\\": r"\\", '"': r"\"", "%": "%%", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def service_text(command: JobCommand) -> str:
    """Write the service: one backup, gently.

    Exit status 3 (needs the person) and 4 (conditions not met) are no failed unit. It has no
    condition on power: the program judges, and says why it waits.
    """
    variables = "".join(
        f"Environment={quoted(f'{name}={value}')}\n" for name, value in command.variables.items()
    )
    return (
        f"{_HEAD}[Unit]\n"
        "Description=Immich Tray: back photos up while the app is closed\n"
        f"{_only_while_there(command.words[0])}"
        "\n[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={exec_start(command.words)}\n"
        f"{variables}"
        "SuccessExitStatus=3 4\n"
        "TimeoutStopSec=10\n"
        "Nice=19\n"
        "IOSchedulingClass=idle\n"
    )


def _only_while_there(program: str) -> str:
    """Let the hour pass in silence once the program has been removed."""
    if _ODD.search(program) or program != program.strip() or not program.startswith("/"):
        return ""
    path = program.replace("%", "%%")
    return f"ConditionFileIsExecutable={path}\n"


def timer_text() -> str:
    """Write the timer: hourly, computers spread over some minutes, a missed hour made up for."""
    return (
        f"{_HEAD}[Unit]\n"
        "Description=Immich Tray: hourly backup while the app is closed\n"
        "\n[Timer]\n"
        "OnCalendar=hourly\n"
        "RandomizedDelaySec=10min\n"
        "Persistent=true\n"
        "\n[Install]\n"
        "WantedBy=timers.target\n"
    )


def exec_start(words: tuple[str, ...]) -> str:
    """Quote a command line; the colon keeps `$` as it is (systemd 244)."""
    if _ODD.search(words[0]):
        words = (*_SHELL, *words)
    return ":" + " ".join(quoted(word) for word in words)


def quoted(word: str) -> str:
    """Quote one word: percent signs name specifiers; bytes that are no UTF-8 become escapes."""
    text = "".join(_ESCAPES.get(char, char) for char in word)
    return '"' + re.sub(r"[\x00-\x1f\x7f\udc80-\udcff]+", _hex, text) + '"'


def _hex(found: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(found.group()))
