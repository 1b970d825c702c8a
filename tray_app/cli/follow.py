"""`backup` and `sync` while the program runs: it does the work, this process asks and prints.

Two engines on one database would hash and send everything twice. Ctrl-C cancels the run that was
asked for; another ends the following at once.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tray_app.adapters.channel.transport import Holds, claim_of
from tray_app.adapters.locations import Locations
from tray_app.app.backup import Request, load_settings
from tray_app.app.session import named_account
from tray_app.app.workshop import run_options
from tray_app.cli.channel import ask_running
from tray_app.cli.progress import Display, display
from tray_app.core.channel import BackUpParams, Code, RpcError, SyncParams, TicketParams, uri_of
from tray_app.core.errors import TrayError
from tray_app.core.run import Outcome, RunResult, nothing_done
from tray_app.core.run_wire import from_wire
from tray_app.core.snapshot import Phase, UploadState
from tray_app.core.sync import wire as sync_wire
from tray_app.core.sync.standing import SyncResult

LOOK_SECONDS = 0.3
START_SECONDS = 20.0  # for a program that starts or ends just now
_RUNNING = frozenset(
    {Phase.CONNECTING, Phase.SCANNING, Phase.HASHING, Phase.UPLOADING, Phase.VERIFYING}
)
ENDED = nothing_done(
    Outcome.STOPPED, "Immich Tray has ended.", "What is left stays in its queue and goes on later."
)


def is_served(home: Locations) -> bool:
    """Tell whether a program works on this installation; waits out its start or end.

    Raises TrayError when one is there and does not answer.
    """
    claim = claim_of(home)
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if _call(home, "status") is not None:
            return True
        if not _is_taken(claim):
            return False
        time.sleep(0.1)
    raise TrayError("Immich Tray runs and does not answer.", remedy="End it: immich-tray quit")


def _is_taken(claim: Holds) -> bool:
    """Where no claim can be made, on a full disk, nobody could make one."""
    try:
        return claim.is_taken()
    except OSError:
        return False


def follow(home: Locations, request: Request, *, quiet: bool) -> RunResult:
    """Let the running program back up what `request` names, and show its progress."""
    uris = tuple(uri_of(os.path.abspath(path)) for path in request.paths)  # noqa: PTH100  any bytes
    said = _call(home, "backUpNow", BackUpParams(uris, request.anyway, named_account(os.environ)))
    if said is None:
        return ENDED
    settle = run_options(load_settings(home)).quiet
    with display(quiet=quiet, settle=settle) as shown:
        return _until_answered(home, said["run"], shown)


def follow_sync(home: Locations, *, full: bool) -> SyncResult:
    """Let the running program sync and wait for what comes of it; raises what it met."""
    said = _call(home, "syncNow", SyncParams(full, named_account(os.environ)))
    ticket = said and TicketParams(sync=said["sync"])
    while ticket and (said := _call(home, "status", ticket)):
        if said["result"]:
            return sync_wire.from_wire(said["result"])
        time.sleep(LOOK_SECONDS)
    raise TrayError("Immich Tray has ended.", remedy="Type it again: immich-tray sync")


def _until_answered(home: Locations, run: int, shown: Display) -> RunResult:
    with _interrupts() as interrupts:
        cancelled = False
        while True:
            if interrupts and not cancelled:
                cancelled = True
                shown.line("Stopping after the current files. Press Ctrl-C again to leave at once.")
                _call(home, "cancel", TicketParams(run))
            said = _call(home, "status", TicketParams(run))
            if said is None:
                return ENDED
            if said["result"]:
                return from_wire(said["result"])
            _show(said, shown)
            time.sleep(LOOK_SECONDS)


def _call(home: Locations, method: str, params: Any = None) -> dict[str, Any] | None:
    """Ask; None: nobody is there. Raises TrayError when the program refuses."""
    try:
        answer: dict[str, Any] | None = ask_running(home, method, params)
    except RpcError as exc:
        if exc.code is Code.TOO_LARGE:
            raise TrayError(exc.words, remedy="Name the folder instead of its files.") from exc
        raise TrayError(exc.words) from exc
    return answer


def _show(said: dict[str, Any], shown: Display) -> None:
    hooks = shown.hooks()
    phase = Phase(said["state"])
    if phase in _RUNNING:
        counts = {_snake(name): value for name, value in said["upload"].items()}
        hooks.publish(phase, UploadState(**counts))
    elif said["reasons"]:
        at = said["resumeAt"]
        hooks.announce(said["reasons"][0], datetime.fromisoformat(at) if at else None)


def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Collect Ctrl-C and SIGTERM; from the second on they end the process as usual."""
    heard: list[int] = []

    def hear(number: int, _frame: object) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
