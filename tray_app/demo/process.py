"""A demo server in a process of its own, started and asked from here."""

import subprocess
import sys
import urllib.request
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from tray_app.demo.faults import ActiveFault, AnyFault
from tray_app.demo.helpers import Helpers
from tray_app.demo.options import DEMO_EMAIL
from tray_app.demo.request_log import LogEntry
from tray_app.demo.state import State

STOP_TIMEOUT = 10.0
HTTP_TIMEOUT = 10.0


class DemoFailedError(RuntimeError):
    """The demo server's process ended before it was ready."""


class _Log(msgspec.Struct, rename="camel"):
    total: int
    received: int
    entries: list[LogEntry]


class _Control:
    """Calls the routes under /demo."""

    def __init__(self, url: str) -> None:
        self._url = url

    def _call(self, method: str, path: str, body: Any = None) -> bytes:
        request = urllib.request.Request(  # noqa: S310 - always our own loopback address
            f"{self._url}/demo/{path}",
            data=None if body is None else msgspec.json.encode(body),
            headers={"content-type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=HTTP_TIMEOUT) as response:  # noqa: S310
            answer: bytes = response.read()
        return answer


class RemoteFaults(_Control):
    """The fault switches of another process; the methods of `Faults`."""

    def add(self, fault: AnyFault) -> int:
        """Switch a fault on; return its number."""
        number: int = msgspec.json.decode(self._call("POST", "faults", fault))["id"]
        return number

    def remove(self, number: int) -> bool:
        """Switch one off; raises urllib.error.HTTPError 404 when it was not on."""
        self._call("DELETE", f"faults/{number}")
        return True

    def clear(self) -> None:
        """Switch all off."""
        self._call("DELETE", "faults")

    def active(self) -> list[ActiveFault]:
        """Return all entries, the spent ones included."""
        return msgspec.json.decode(self._call("GET", "faults"), type=list[ActiveFault])

    def used(self, number: int) -> int:
        """Return how often a fault struck; 0 for one that was removed."""
        return next((entry.used for entry in self.active() if entry.id == number), 0)


class RemoteLog(_Control):
    """The request log of another process; the methods of `RequestLog`."""

    def _read(self) -> _Log:
        return msgspec.json.decode(self._call("GET", "log"), type=_Log)

    def entries(self, method: str = "", path: str = "") -> list[LogEntry]:
        """Return the kept entries of a method and path (exact; empty means any)."""
        return [
            entry
            for entry in self._read().entries
            if method in ("", entry.method) and path in ("", entry.path)
        ]

    def count(self, method: str = "", path: str = "") -> int:
        """Return how many kept entries there are of a method and path."""
        return len(self.entries(method, path))

    @property
    def total(self) -> int:
        """The number of requests since the start or the last clear()."""
        return self._read().total

    @property
    def received(self) -> int:
        """The bytes of all request bodies since the start or the last clear()."""
        return self._read().received

    def clear(self) -> None:
        """Forget everything."""
        self._call("DELETE", "log")


class RemoteControl(_Control):
    """The switches of another process that are neither faults nor the log."""

    def post(self, path: str, **body: Any) -> Any:
        """Send one order to a route under /demo; return its answer."""
        return msgspec.json.decode(self._call("POST", path, body))


class DemoProcess(Helpers):
    """A running demo server process. The helper methods open its database beside it."""

    def __init__(self, process: subprocess.Popen[str], url: str, folder: Path) -> None:
        self.process = process
        self.url = url
        self.state = State(folder)
        self.faults = RemoteFaults(url)
        self.log = RemoteLog(url)
        self.control = RemoteControl(url)

    def advance(self, by: timedelta) -> None:
        """Let the clock of the sync stream jump ahead."""
        self.control.post("clock", seconds=by.total_seconds())

    def emit(self, event: str, *arguments: Any, email: str | None = DEMO_EMAIL) -> None:
        """Send an event to a user's sockets, or with None to all; return when it was sent."""
        self.control.post("events", event=event, arguments=arguments, user=email)

    def drop_sockets(self) -> None:
        """Disconnect all websockets."""
        self.control.post("sockets", drop=True)

    def stop(self) -> int:
        """End the process (SIGTERM; killed if it does not listen); return its exit status."""
        self.process.terminate()
        try:
            status = self.process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        _close(self.process)
        self.state.close()
        return status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _close(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def serve_in_process(
    folder: Path,
    *,
    version: str = "3.0.3",
    port: int = 0,
    discard_bodies: bool = False,
    absolute_well_known: bool = False,
) -> DemoProcess:
    """Start a demo server that ends with this process; return when it answers requests.

    Raises DemoFailedError when it does not come up; its stderr is ours.
    """
    command = [sys.executable, "-m", "tray_app.demo", "--until-stdin-closes"]
    command += ["--folder", str(folder), "--port", str(port), "--version", version]
    command += ["--discard-bodies"] * discard_bodies
    command += ["--absolute-well-known"] * absolute_well_known
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        _close(process)
        raise DemoFailedError(f"the demo server ended with status {process.wait()}")
    return DemoProcess(process, msgspec.json.decode(line)["url"], folder)
