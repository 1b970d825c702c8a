"""The real command line in processes of its own that start fast: each is a fork of one that waits.

Only the modules are imported already; environment, streams and exit are the command's. Waits
between two tries are short, for hundreds of runs a minute.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WARM = (
    "tray_app.cli.main tray_app.cli.backup tray_app.cli.login tray_app.cli.sync tray_app.cli.failed"
    " tray_app.cli.verify tray_app.cli.runner tray_app.cli.follow tray_app.app.backup"
    " tray_app.app.sync tray_app.app.verify tray_app.app.overview"
)


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str
    seconds: float
    peak_mib: float

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.out.splitlines()[-1])


class Commands(AbstractContextManager["Commands"]):
    """Runs commands of one environment, one after the other."""

    def __init__(self, place: Path, env: dict[str, str]) -> None:
        self._place = place
        place.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forked"],
            env={**env, "PYTHONPATH": str(ROOT)},
            cwd=place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *words: str | bytes, text: str = "", seconds: float = 60) -> Ended:
        (self._place / "in").write_text(text)
        order = [os.fsdecode(word) for word in words]
        self._process.stdin.write(json.dumps({"words": order, "seconds": seconds}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        out, err = ((self._place / name).read_bytes() for name in ("out", "err"))
        return Ended(out=out.decode(errors="replace"), err=err.decode(errors="replace"), **told)

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


def _command(words: list[str], seconds: float) -> None:
    """Become the program; SIGALRM ends what hangs."""
    from tray_app.cli.main import cli  # noqa: PLC0415  only the process that forks has it

    signal.setitimer(signal.ITIMER_REAL, seconds)
    to_write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for number, (name, flags) in enumerate(
        [("in", os.O_RDONLY), ("out", to_write), ("err", to_write)]
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", errors=errors)
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", None))
    )
    sys.argv = ["immich-tray", *words]
    sys.exit(cli())


def _hurry() -> None:
    """Shorten the waits between tries and the patience; what is decided stays the same."""
    from tray_app.engine.run import confirming, trouble, uploading  # noqa: PLC0415  likewise

    trouble.queue_pause = lambda *_: 0.02
    uploading.retry_pause = confirming.retry_pause = lambda *_: 0.02
    real = trouble.Trouble.__init__

    def patient(self: Any, *rest: Any, **named: Any) -> None:
        real(self, *rest, **named)
        self._patience = 0.3

    trouble.Trouble.__init__ = patient  # type: ignore[method-assign]


def _serve() -> None:
    for name in WARM.split():
        importlib.import_module(name)
    _hurry()
    for line in sys.stdin:
        order, begun = json.loads(line), time.monotonic()
        child = os.fork()
        if not child:
            _command(**order)
        _, status, used = os.wait4(child, 0)
        told = {
            "status": os.waitstatus_to_exitcode(status),
            "seconds": time.monotonic() - begun,
            "peak_mib": used.ru_maxrss / 1024,
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
