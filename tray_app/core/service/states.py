"""The background service as a state machine in data: every state, every event, one answer each.

Requirement, "Background Service Lifecycle"; issue 3 point 2. What is due, and when, is the
`Agenda`'s matter; `Step.to` None leaves the choice to it.
"""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What the service is doing. `CONNECTING` to `TROUBLED`: a run is under way."""

    STOPPED = "stopped"  # automatic backup is off and nothing was asked for
    IDLE = "idle"  # on, and nothing is due
    DELAYED = "delayed"  # waits for the trigger delay
    PAUSED = "paused"  # by the person
    CHECKING = "checking"  # looks at the conditions
    WAITING = "waiting"  # for conditions
    CONNECTING = "connecting"
    SCANNING = "scanning"
    HASHING = "hashing"
    UPLOADING = "uploading"
    TROUBLED = "troubled"  # the run's queue pauses after errors
    COOLING_DOWN = "coolingDown"  # the run gave up; the next try comes later
    NEEDS_USER = "needsUser"
    FAILED = "failed"  # by a bug
    ENDED = "ended"


class Event(StrEnum):
    """What happens to the service: knocks from outside, answers of its own work."""

    START = "start"
    STOP = "stop"
    BACKGROUNDED = "backgrounded"
    SHOWN = "shown"  # a window, or the session unlocked
    FILES_CHANGED = "filesChanged"
    LOOK_AGAIN = "lookAgain"  # the periodic look at everything
    TIMER = "timer"
    CONDITIONS_CHANGED = "conditionsChanged"  # power, battery, whether a network costs
    NETWORK_CHANGED = "networkChanged"  # another network, or none
    SLEEP = "sleep"
    WOKE = "woke"
    ASKED = "asked"  # "Back up now"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    SETTINGS_CHANGED = "settingsChanged"
    STUCK = "stuck"  # the watchdog saw nothing move
    QUIT = "quit"

    FREE = "free"  # no condition holds
    HELD = "held"
    CONNECTS = "connects"
    SCANS = "scans"
    HASHES = "hashes"
    UPLOADS = "uploads"
    STUMBLES = "stumbles"
    RUN_DONE = "runDone"
    RUN_STOPPED = "runStopped"
    RUN_HELD = "runHeld"
    RUN_TROUBLE = "runTrouble"
    RUN_NEEDS_USER = "runNeedsUser"
    RUN_BROKE = "runBroke"
    RUN_STUCK = "runStuck"


class Effect(StrEnum):
    """What the engine does at a step."""

    NONE = "none"
    CHECK = "check"
    BEGIN = "begin"  # a run
    STOP = "stop"  # the run, after its current uploads
    ABORT = "abort"  # the run, at once


class Step(NamedTuple):
    """Where to go (None: where the agenda says) and what to do."""

    to: State | None
    effect: Effect = Effect.NONE


REST = Step(None)

RUNNING = frozenset(
    {State.CONNECTING, State.SCANNING, State.HASHING, State.UPLOADING, State.TROUBLED}
)
_PROGRESS = {
    Event.CONNECTS: State.CONNECTING,
    Event.SCANS: State.SCANNING,
    Event.HASHES: State.HASHING,
    Event.UPLOADS: State.UPLOADING,
    Event.STUMBLES: State.TROUBLED,
}
ENDINGS = {
    Event.RUN_DONE: None,
    Event.RUN_STOPPED: None,
    Event.RUN_STUCK: None,
    Event.RUN_HELD: State.WAITING,
    Event.RUN_TROUBLE: State.COOLING_DOWN,
    Event.RUN_NEEDS_USER: State.NEEDS_USER,
    Event.RUN_BROKE: State.FAILED,
}
_KNOCKS = frozenset(Event) - _PROGRESS.keys() - ENDINGS.keys() - {Event.FREE, Event.HELD}


def _stay(state: State) -> dict[Event, Step]:
    return dict.fromkeys(Event, Step(state))


def _resting(state: State) -> dict[Event, Step]:
    """No work is under way: a knock lets the agenda decide, late answers mean nothing."""
    knocks = dict.fromkeys(_KNOCKS - {Event.QUIT, Event.STUCK}, REST)
    return _stay(state) | knocks | {Event.QUIT: Step(State.ENDED)}


def _waiting() -> dict[Event, Step]:
    """Wait for conditions; a new file is no reason to look at them again."""
    return _resting(State.WAITING) | {Event.FILES_CHANGED: Step(State.WAITING)}


def _checking() -> dict[Event, Step]:
    """Look at the conditions; a look that was overtaken is thrown away."""
    overtaken = dict.fromkeys(
        (
            *(Event.ASKED, Event.CONDITIONS_CHANGED, Event.NETWORK_CHANGED, Event.WOKE),
            *(Event.SETTINGS_CHANGED, Event.STOP, Event.PAUSE, Event.CANCEL, Event.SLEEP),
        ),
        REST,
    )
    return (
        _stay(State.CHECKING)
        | overtaken
        | {
            Event.QUIT: Step(State.ENDED),
            Event.FREE: Step(State.CONNECTING, Effect.BEGIN),
            Event.HELD: Step(State.WAITING),
        }
    )


def _running(state: State) -> dict[Event, Step]:
    """Work until the run ends by itself or is told to."""
    told = (Event.STOP, Event.PAUSE, Event.CANCEL, Event.SLEEP, Event.SETTINGS_CHANGED)
    return (
        _stay(state)
        | dict.fromkeys(told, Step(state, Effect.STOP))
        | {event: Step(to) for event, to in _PROGRESS.items()}
        | {event: Step(to) for event, to in ENDINGS.items()}
        | {Event.STUCK: Step(state, Effect.ABORT), Event.QUIT: Step(State.ENDED, Effect.STOP)}
    )


TABLE: dict[State, dict[Event, Step]] = {
    **{state: _resting(state) for state in State},
    **{state: _running(state) for state in RUNNING},
    State.WAITING: _waiting(),
    State.CHECKING: _checking(),
    State.ENDED: _stay(State.ENDED),
}
