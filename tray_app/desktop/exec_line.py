"""The `Exec` line of a desktop entry (Desktop Entry Specification 1.5)."""

import re
from collections.abc import Sequence

_PLAIN = re.compile(r"[\w./:@+,-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "`": "\\`", "$": "\\$", "%": "%%"}


def exec_line(words: Sequence[str]) -> str:
    """Quote a command line.

    Words are quoted where they need it (xdg-open cannot read a quoted program). The backslashes
    are then escaped once more, as in any string there.
    """
    if "%" in words[0]:  # GLib searches for the program before it undoes the escape
        words = ("/usr/bin/env", *words)
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    text = "".join(_ESCAPES.get(char, char) for char in word)
    return f'"{text}"'.replace("\\", "\\\\")
