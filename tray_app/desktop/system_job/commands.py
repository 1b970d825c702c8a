"""Asking the system's own tools; a tool that is missing or hangs is an answer, too."""

import subprocess
from collections.abc import Callable, Sequence
from typing import NamedTuple

SECONDS = 10.0
MISSING = 127


class Ran(NamedTuple):
    """How a tool ended; `out` is all it printed, as one text."""

    code: int
    out: bytes = b""

    @property
    def ok(self) -> bool:
        """It did what it was asked."""
        return self.code == 0


Run = Callable[[Sequence[str]], Ran]


def run_tool(words: Sequence[str]) -> Ran:
    """Run a tool to its end, blocking; MISSING where it cannot be started or does not end."""
    try:
        done = subprocess.run(  # noqa: S603  tools of the system with our own words
            list(words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as exc:
        return Ran(MISSING, str(exc).encode(errors="replace"))
    return Ran(done.returncode, done.stdout)
