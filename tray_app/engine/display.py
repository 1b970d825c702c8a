"""What the service is doing, put into the one `Snapshot` that every view is drawn from."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from tray_app.core.conditions import Blocker, Readings, Reason, Rules, only_costly, words
from tray_app.core.errors import Need, NeedsUser, TrayError
from tray_app.core.pauses import Pause
from tray_app.core.run import RunResult
from tray_app.core.run_words import sentences
from tray_app.core.service.machine import Service
from tray_app.core.service.states import State
from tray_app.core.snapshot import Overview, Phase, Snapshot, UploadState
from tray_app.core.sync_schedule import SyncState, Trouble
from tray_app.engine.store import Store
from tray_app.engine.work import Ending

log = logging.getLogger(__name__)

_PHASES = {
    State.STOPPED: Phase.IDLE,
    State.IDLE: Phase.IDLE,
    State.DELAYED: Phase.DELAYED,
    State.PAUSED: Phase.PAUSED,
    State.WAITING: Phase.WAITING,
    State.TROUBLED: Phase.COOLING_DOWN,
    State.COOLING_DOWN: Phase.COOLING_DOWN,
    State.NEEDS_USER: Phase.NEEDS_USER,
    State.FAILED: Phase.FAILED,
    State.ENDED: Phase.STOPPED,
}
_RESTING = frozenset({Phase.IDLE, Phase.DELAYED})
_MET_BY_ALL = frozenset({Need.SIGN_IN, Need.IDENTITY, Need.CERTIFICATE})
_FAULTY = frozenset({State.COOLING_DOWN, State.NEEDS_USER, State.FAILED})


class Display:
    """Publishes the snapshot; remembers the words that go with a state."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: tuple[str, ...] = ()
        self._blockers: tuple[Blocker | None, ...] = ()
        self._fault: TrayError | None = None
        self._broken: TrayError | None = None
        self._stumble: tuple[str, datetime | None] = ("", None)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a run had to wait when that was last looked at."""
        return self._held

    def told(self, result: RunResult) -> None:
        """Show what came of what a person asked for."""
        self._change(told=tuple(sentences(result, background=True)))

    def held(self, reasons: tuple[Reason, ...]) -> None:
        """Remember why a run has to wait."""
        self._held = tuple(it.words for it in reasons)
        self._blockers = tuple(it.blocker for it in reasons)

    def begun(self) -> None:
        """Forget what belonged to the run before."""
        self._fault, self._stumble = None, ("", None)
        self._change(upload=UploadState(), told=())

    def progress(self, phase: Phase, upload: UploadState) -> None:
        """Show the numbers of a run; a pause of its queue stays shown."""
        self._change(phase=Phase.COOLING_DOWN if self._stumble[0] else phase, upload=upload)

    def stumbled(self, reason: str, until: datetime | None) -> None:
        """Remember why the run's queue pauses; an empty reason ends it."""
        self._stumble = reason, until

    def ended(self, ending: Ending) -> None:
        """Remember how a run ended."""
        self._fault, self._stumble = ending.fault, ("", None)
        self._held = (ending.fault.words(),) if ending.fault else ()
        self._blockers = ending.result.blockers if ending.result else ()
        if ending.result:
            number = self._store.snapshot.run_number + 1
            self._change(run_number=number, last_run=ending.result.as_json())

    def known(self, overview: Overview) -> None:
        """Show what the database says."""
        self._broken = None
        self._change(
            pending=overview.pending,
            failed=overview.failed,
            missing=overview.missing,
            backed_up=overview.backed_up,
            last_success=overview.last_success,
            last_sync=overview.last_sync,
            backup_failed_since=overview.backup_failed_since,
            server_url=overview.server_url,
            account_name=overview.account_name,
            set_up=overview.set_up,
        )

    def synced(self, state: SyncState | None) -> None:
        """Show how the sync is going; what it needs of a person is shown while the backup rests."""
        last = (state and state.last_success) or self._store.snapshot.last_sync
        self._change(sync=state, last_sync=last)

    def unreadable(self, fault: TrayError) -> None:
        """Say that the database could not be read; the numbers stay as they were."""
        self._broken = fault

    def show(self, service: Service, phase: Phase, delay: timedelta, now: datetime) -> None:
        """Draw the state; a look at the conditions is too short to be shown."""
        if service.state is State.CHECKING:
            return
        reasons = self._reasons(service)
        self._log(service.state, reasons)
        fault = self._fault if service.state in _FAULTY else None
        shown = Phase.FAILED if self._broken else _PHASES.get(service.state, phase)
        need = fault.need if isinstance(fault, NeedsUser) else None
        if shown in _RESTING and (trouble := _met_by_sync(self._store.snapshot.sync)):
            shown, reasons, need = Phase.NEEDS_USER, (trouble.words(),), trouble.need
        self._change(
            phase=shown,
            reasons=reasons,
            need=need,
            resume_at=self._resume_at(service, delay, now),
            automatic=service.agenda.enabled,
            asked=service.running is not None and service.running.asked,
            costly=service.state is State.WAITING and only_costly(self._blockers),
        )

    def _reasons(self, service: Service) -> tuple[str, ...]:
        if self._broken:
            return (self._broken.words(),)
        if service.state is State.PAUSED:
            return _said(Blocker.PAUSED, Pause(service.agenda.paused_until))
        if service.state is State.WAITING:
            return _said(Blocker.ASLEEP) if service.agenda.asleep else self._held
        if service.state is State.TROUBLED:
            return (self._stumble[0],)
        return (self._fault.words(),) if self._fault and service.state in _FAULTY else ()

    def _resume_at(self, service: Service, delay: timedelta, now: datetime) -> datetime | None:
        match service.state:
            case State.TROUBLED:
                return self._stumble[1]
            case State.COOLING_DOWN | State.FAILED | State.DELAYED | State.PAUSED:
                return service.agenda.wakes_at(now, delay)
            case _:
                return None

    def _log(self, state: State, reasons: tuple[str, ...]) -> None:
        """Write what went wrong (requirement, Debug Logging); conditions log themselves."""
        if state in _FAULTY and reasons != self._store.snapshot.reasons:
            log.warning("Backup %s: %s", state, " ".join(reasons))
        if state is State.PAUSED and reasons != self._store.snapshot.reasons:
            log.info("The backup has to wait: %s", " ".join(reasons))

    def _change(self, **fields: object) -> None:
        snapshot: Snapshot = self._store.snapshot
        self._store.publish(replace(snapshot, **fields))  # type: ignore[arg-type]


def _met_by_sync(state: SyncState | None) -> Trouble | None:
    """Return what the sync found out that the next backup would meet, too."""
    trouble = state.trouble if state else None
    return trouble if trouble and trouble.need in _MET_BY_ALL else None


def _said(blocker: Blocker, pause: Pause | None = None) -> tuple[str, ...]:
    return (words(blocker, Readings(), Rules(pause=pause)),)
