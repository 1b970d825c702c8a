"""The running program answers other processes: one instance, its status, its commands."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from tray_app.adapters.channel.transport import claim_of, serving_at
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.backup import check_paths
from tray_app.core.channel import (
    BackUpParams,
    Call,
    Code,
    PauseParams,
    RpcError,
    SyncParams,
    TicketParams,
)
from tray_app.core.errors import TrayError
from tray_app.core.run_wire import to_wire
from tray_app.core.service.orders import Ticket
from tray_app.core.snapshot import Snapshot
from tray_app.core.sync import wire as sync_wire
from tray_app.engine.answers import Answers
from tray_app.engine.foreground import Foreground
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Supervisor
from tray_app.engine.syncing import Syncing
from tray_app.ui.language import english
from tray_app.ui.view import sentence

log = logging.getLogger(__name__)
T = TypeVar("T")


class AlreadyRunningError(Exception):
    """Another process serves this installation; it was asked to show itself."""


@asynccontextmanager
async def only_instance(locations: Locations, environ: Mapping[str, str]) -> AsyncIterator[None]:
    """Be the one program of this installation; raises AlreadyRunningError."""
    claim = claim_of(locations, environ)
    tries = 3  # a command that looks whether somebody is there holds the claim for an instant
    while not claim.take():
        tries -= 1
        if not tries:
            raise AlreadyRunningError
        await asyncio.sleep(0.1)
    try:
        yield
    finally:
        claim.give_back()


@asynccontextmanager
async def open_to_others(
    locations: Locations,
    environ: Mapping[str, str],
    store: Store,
    service: Supervisor,
    syncing: Syncing,
    foreground: Foreground,
    now: Callable[[], datetime],
    account: str = "",
) -> AsyncIterator[None]:
    """Serve the channel; needs `only_instance`. `account`: the `named_account` in use."""

    async def answer(call: Call) -> object:
        level = logging.DEBUG if call.method == "status" else logging.INFO
        log.log(level, "Asked by another process: %s.", call.method)
        match call.method:
            case "status":
                return _status(call, store, service, syncing, now)
            case "show":
                foreground.show()
            case "syncNow" if isinstance(wish := call.params, SyncParams):
                _require_same(wish.account, account)
                return {"running": True, "sync": syncing.request(full=wish.full)}
            case _:
                return _answer(call, locations, service, account)
        return {"running": True}

    async with serving_at(locations, answer, environ):
        yield


def _answer(call: Call, locations: Locations, service: Supervisor, account: str) -> object:
    match call.method, call.params:
        case "start" | "stop", _:
            _switch(locations, on=call.method == "start")
        case "pause", PauseParams(minutes=minutes):
            service.pause(minutes)
        case "resume", _:
            service.resume()
        case "backUpNow", BackUpParams() as wish:
            return {"running": True, "run": _request(wish, service, account)}
        case "cancel", TicketParams(run=ticket):
            service.cancel() if ticket is None else service.withdraw(ticket)
        case "quit" | "systemStop", _:
            service.quit()
        case "initialized", _:
            pass  # the answer says that somebody is here
        case _:
            raise RpcError(Code.NOT_ALLOWED, f"{call.method} is not for other processes.")
    return {"running": True}


def _require_same(named: str, account: str) -> None:
    if named not in ("", account):
        words = "Immich Tray runs with another sign-in. End it first: immich-tray quit"
        raise RpcError(Code.NOT_ALLOWED, words)


def _request(wish: BackUpParams, service: Supervisor, account: str) -> Ticket:
    _require_same(wish.account, account)
    paths = wish.plain_paths
    if problem := check_paths(sorted(paths)):
        raise RpcError(Code.INVALID_PARAMS, problem)
    return service.request(paths, anyway=wish.anyway)


def _status(
    call: Call, store: Store, service: Supervisor, syncing: Syncing, now: Callable[[], datetime]
) -> object:
    """Answer `status`; with a ticket, whether and how that request ended, as `result`."""
    said = status_json(store.snapshot, now())
    match call.params:
        case TicketParams(run=int(ticket)):
            result = _found(service.answers, ticket)
            return said | {"result": result and to_wire(result)}
        case TicketParams(sync=int(ticket)):
            outcome = _found(syncing.answers, ticket)
            return said | {"result": None if outcome is None else sync_wire.to_wire(outcome)}
    return said


def _found(answers: Answers[T], ticket: Ticket) -> T | None:
    try:
        return answers.of(ticket)
    except KeyError:
        words = "This program knows of no such request; it was started anew."
        raise RpcError(Code.INVALID_PARAMS, words) from None


def _switch(locations: Locations, *, on: bool) -> None:
    """Switch automatic backup; the program obeys its settings file at once."""
    try:
        SettingsFile(locations.settings_file).change("backgroundBackup", on)
    except TrayError as exc:
        raise RpcError(Code.INTERNAL, exc.words()) from exc


def status_json(snapshot: Snapshot, now: datetime) -> dict[str, object]:
    """Return the object of `status --json` (design section 4) with the upload state beside it.

    It is for programs and the command line: English, whatever the window speaks.
    """
    upload = asdict(snapshot.upload)
    with english():
        words = sentence(snapshot, now)
    return {
        "running": True,
        "state": snapshot.phase.value,
        "reasons": list(snapshot.reasons),
        "notes": list(snapshot.notes),
        "pending": snapshot.pending,
        "failed": snapshot.failed,
        "missing": snapshot.missing,
        "lastSuccess": _iso(snapshot.last_success),
        "lastSync": _iso(snapshot.last_sync),
        "syncing": snapshot.sync is not None and snapshot.sync.running,
        "syncReasons": list(snapshot.sync.reasons) if snapshot.sync else [],
        "backupFailedSince": _iso(snapshot.backup_failed_since),
        "resumeAt": _iso(snapshot.resume_at),
        "automatic": snapshot.automatic,
        "words": words,
        "told": list(snapshot.told),
        "upload": {_camel(name): value for name, value in upload.items()},
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
