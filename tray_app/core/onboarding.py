"""Setting the program up in at most four steps: which is next, and what each has found out.

What is done is done, also after a restart: an account stays, chosen folders stay; the rest is
asked again (issue 5, part 4). No secret ever comes in here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from tray_app.core.account import FoundServer, Identity, ShownCertificate, WaysIn
from tray_app.core.conditions import Readings
from tray_app.core.system_job import JobState


class Step(IntEnum):
    """What is asked, in this order."""

    SERVER = 1
    SIGN_IN = 2
    FOLDERS = 3
    WHEN = 4


ALL = tuple(Step)
ACCOUNT_ONLY = (Step.SERVER, Step.SIGN_IN)
UNKNOWN_WAYS = WaysIn(password=True, oauth=False)
"""What to offer at a server that does not tell: an attempt shows the rest."""


class Field(StrEnum):
    """Beside what a trouble is told."""

    ADDRESS = "address"
    PASSWORD = "password"  # noqa: S105  the name of a field
    KEY = "key"
    BROWSER = "browser"
    FOLDERS = "folders"
    WHEN = "when"
    AT_LOGIN = "at_login"


class Trouble(NamedTuple):
    """Why a step could not be done, in words for a person."""

    field: Field
    words: str


class Begun(msgspec.Struct, frozen=True):
    """What is kept of an onboarding that is not finished; `typed`: the address, never a secret."""

    typed: str = ""


class Plan(msgspec.Struct, frozen=True):
    """When to back up, in the terms of the settings; `at_login`: start with the desktop.

    `min_battery_percent` is not asked, only told.
    """

    background: bool = True
    require_wifi: bool = True
    require_charging: bool = False
    min_battery_percent: int = 20
    at_login: bool = True


_USUAL = Plan()


class Standing(NamedTuple):
    """What there is already. `folders`: the chosen ones; `address`: typed at the last sign-in.

    `outside`: environment variables sign in, so that nobody has to be asked.
    """

    identity: Identity | None = None
    folders: tuple[str, ...] = ()
    begun: Begun | None = None
    address: str = ""
    outside: bool = False


def wants_a_person(standing: Standing) -> bool:
    """Tell whether the program should ask by itself: nobody is signed in, or it was left open."""
    signed_in = standing.identity is not None or standing.outside
    return not signed_in or standing.begun is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The onboarding as it is shown.

    `steps`: those of this pass. `busy` says what is waited for, `` nothing. `certificate` may be
    trusted. `page`: the address to sign in at where no browser could be opened; `pasting`: an
    address may be pasted, `other_way`: there is another redirect address. `seen`, `at_login`: this
    computer as it is now, None: not known yet.
    """

    step: Step
    steps: tuple[Step, ...] = ALL
    typed: str = ""
    found: FoundServer | None = None
    ways: WaysIn = UNKNOWN_WAYS
    identity: Identity | None = None
    folders: tuple[str, ...] = ()
    plan: Plan = _USUAL
    busy: str = ""
    trouble: Trouble | None = None
    certificate: ShownCertificate | None = None
    page: str = ""
    pasting: bool = False
    other_way: bool = False
    seen: Readings | None = None
    at_login: JobState | None = None
    finished: bool = False

    @property
    def can_go_back(self) -> bool:
        """There is a step before this one, and nothing is under way."""
        return not self.busy and self.step is not self.steps[0]


def begin(
    standing: Standing, plan: Plan, suggested: Iterable[str] = (), *, account: bool = False
) -> State:
    """Begin where a person is asked first; `account`: another sign-in is wished.

    A computer that was set up before is asked for its account alone.
    """
    fresh = standing.begun is not None or not standing.folders
    typed = standing.begun.typed if standing.begun else ""
    return State(
        step=Step.SERVER if account else _first(standing),
        steps=ALL if fresh else ACCOUNT_ONLY,
        typed=typed or standing.address,
        identity=standing.identity,
        folders=standing.folders or tuple(suggested),
        plan=plan,
    )


def _first(standing: Standing) -> Step:
    if standing.identity is None:
        return Step.SERVER
    if not standing.folders:
        return Step.FOLDERS
    return Step.WHEN if standing.begun else Step.SERVER


def asking(state: State, words: str) -> State:
    """Wait for something, in words."""
    return replace(
        state, busy=words, trouble=None, certificate=None, page="", pasting=False, other_way=False
    )


def calm(state: State) -> State:
    """Wait for nothing any more; the step stays."""
    return asking(state, "")


def refused(
    state: State, field: Field, words: str, certificate: ShownCertificate | None = None
) -> State:
    """Stay at the step, and say why beside `field`."""
    return replace(calm(state), trouble=Trouble(field, words), certificate=certificate)


def on_a_page(state: State, page: str, *, pasting: bool, other_way: bool) -> State:
    """Wait for the person, who signs in with the browser."""
    return replace(state, page=page, pasting=pasting, other_way=other_way, trouble=None)


def not_taken(state: State, words: str) -> State:
    """Say what is wrong with an address that was pasted, and wait on."""
    return replace(state, trouble=Trouble(Field.BROWSER, words))


def server_found(state: State, typed: str, found: FoundServer, ways: WaysIn) -> State:
    """Ask who the person is at the server that answered."""
    return replace(calm(state), step=Step.SIGN_IN, typed=typed, found=found, ways=ways)


def signed_in(state: State, identity: Identity) -> State:
    """Go on, or be done where only the account was asked."""
    state = replace(calm(state), identity=identity)
    return replace(state, step=Step.FOLDERS) if Step.FOLDERS in state.steps else done(state)


def folders_chosen(state: State, folders: tuple[str, ...]) -> State:
    """Go on to the last question."""
    return replace(calm(state), step=Step.WHEN, folders=folders)


def done(state: State) -> State:
    """End: everything was answered."""
    return replace(calm(state), finished=True)


def back(state: State) -> State:
    """Go to the step before; to sign in again needs a server that was found in this pass."""
    if not state.can_go_back:
        return state
    before = Step(state.step - 1)
    if before is Step.SIGN_IN and state.found is None:
        before = Step.SERVER
    return replace(calm(state), step=before)


def without_nested(paths: Iterable[str]) -> tuple[str, ...]:
    """Leave out what is in the list twice or lies within another folder of it."""
    unique = list(dict.fromkeys(paths))
    pure = {path: PurePath(path) for path in unique}
    return tuple(
        path for path in unique if not any(other in pure[path].parents for other in pure.values())
    )
