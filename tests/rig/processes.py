"""Start and end the programs of the virtual desktop, by their own process ids."""

import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

WAIT = 20.0  # seconds; on a busy two-core machine a program is up in one or two


class RigError(Exception):
    """The virtual desktop could not be started; the message says which part and what it printed."""


def wait_until(what: str, probe: Callable[[], Any], seconds: float = WAIT) -> Any:
    """Poll `probe` until it returns something true; RigError naming `what` when it never does."""
    deadline = time.monotonic() + seconds
    while not (found := probe()):
        if time.monotonic() > deadline:
            raise RigError(f"after {seconds:g} s still no {what}")
        time.sleep(0.02)
    return found


class Processes:
    """The programs that were started, ended in reverse order."""

    def __init__(self, logs: Path, env: dict[str, str]) -> None:
        self._logs, self._env = logs, env
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(
        self, command: Sequence[str], *, stdin: bytes = b"", pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a program that also ends when this test process dies (setpriv, util-linux)."""
        name = command[0]
        with self._log(name).open("ab") as log:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command],
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=pass_fds,
            )
        self._running.append((name, process))
        process.stdin.write(stdin)
        process.stdin.close()
        return process

    def wait_for(self, name: str, what: str, probe: Callable[[], Any]) -> Any:
        """Wait for a sign of life of the newest program `name`; errors carry what it printed."""
        process = next(it for known, it in reversed(self._running) if known == name)

        def alive_and_ready() -> Any:
            if process.poll() is not None:
                raise RigError(f"{name} ended with status {process.returncode}")
            return probe()

        try:
            return wait_until(what, alive_and_ready)
        except RigError as error:
            raise RigError(f"{name}: {error}; it printed:\n{self._log(name).read_text()}") from None

    def kill(self, name: str) -> None:
        """End one program at once, as a crash does."""
        process = next(process for known, process in self._running if known == name)
        process.kill()
        process.wait(5)

    def stop(self) -> None:
        """End every program: ask, wait, then insist."""
        for _, process in reversed(self._running):
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        self._running.clear()

    def _log(self, name: str) -> Path:
        return self._logs / f"{Path(name).name}.log"
