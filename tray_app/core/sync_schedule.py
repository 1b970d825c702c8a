"""When the library is synced next (design section 2, row Sync); times are monotonic seconds."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tray_app.core.backoff import sync_pause
from tray_app.core.conditions import Reason
from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.phrase import join, phrase

AT_ONCE = float("-inf")
NEXT_INTERVAL = float("inf")


class Trigger(StrEnum):
    """Why a sync is asked for."""

    START = "start"
    NETWORK = "network"
    WAKE = "wake"
    WINDOW = "window"
    ASKED = "asked"
    SIGNED_IN = "signedIn"
    CONNECTED = "connected"
    REFUSED = "refused"  # the server let us listen no longer: the sync finds out what is wrong
    RUN_ENDED = "runEnded"
    REALTIME = "realtime"


# The others wait while there is trouble: they say nothing about its being over.
IMPATIENT = frozenset(
    {
        Trigger.START,
        Trigger.NETWORK,
        Trigger.WAKE,
        Trigger.WINDOW,
        Trigger.ASKED,
        Trigger.SIGNED_IN,
        Trigger.CONNECTED,
        Trigger.REFUSED,
    }
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """For a person: why the library is not up to date; `need` where only they can help.

    `hides`: it concerns the sync alone, so that a backup might go on and not know what changed.
    """

    reason: str
    remedy: str = ""
    need: Need | None = None
    hides: bool = field(default=False, compare=False)

    def words(self) -> str:
        """Say reason and remedy in one line."""
        return join(" ", (self.reason, self.remedy))


BUG = Trouble(phrase("The sync broke: a bug of ours."), phrase("See the logs."), hides=True)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What windows show. `last_success` UTC; `report` is what that sync did, as it said.

    `held`: why no sync is tried now. `trouble`: of the last try, None after a good one.
    """

    running: bool = False
    last_success: datetime | None = None
    report: object = None
    trouble: Trouble | None = None
    held: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Say in sentences why the library is not up to date; empty means that it is."""
        held = tuple(reason.words for reason in self.held)
        return held or ((self.trouble.words(),) if self.trouble else ())


@dataclass(frozen=True, slots=True)
class Schedule:
    """What decides the time of the next sync.

    `ended`: when the last try was over. `not_before`: patient knocks wait until then, or for
    the next interval, whose length may still change.
    """

    asked: frozenset[Trigger] = field(default_factory=frozenset)
    ended: float = AT_ONCE
    failures: int = 0
    not_before: float = AT_ONCE

    def knocked(self, trigger: Trigger) -> "Schedule":
        """Take in a knock; many are one."""
        return replace(self, asked=self.asked | {trigger})

    def begun(self) -> "Schedule":
        """Answer all knocks so far with the sync that begins now."""
        return replace(self, asked=frozenset())

    def succeeded(self, now: float) -> "Schedule":
        """Note a good end; knocks that came meanwhile stay."""
        return Schedule(asked=self.asked, ended=now)

    def failed(self, exc: TrayError | None, now: float, chance: float) -> "Schedule":
        """Note a bad end; None: a bug. What only a person can put right waits an interval."""
        failures = self.failures + 1
        until = now + sync_pause(failures, chance)
        if isinstance(exc, NeedsUser):
            until = NEXT_INTERVAL
        elif isinstance(exc, TryLater) and exc.after:
            until = max(until, now + exc.after)
        return replace(self, ended=now, failures=failures, not_before=until)

    def held(self, now: float) -> "Schedule":
        """Note that nothing leads to the server; what changes that knocks impatiently."""
        return replace(self, ended=now, not_before=NEXT_INTERVAL)

    def due_at(self, interval: float) -> float:
        """Return when to sync; a time that is over means at once."""
        if self.asked & IMPATIENT:
            return AT_ONCE
        if self.not_before == NEXT_INTERVAL:
            return self.ended + interval
        if self.not_before > self.ended:
            return self.not_before
        return AT_ONCE if self.asked else self.ended + interval


def trouble_of(exc: TrayError) -> Trouble:
    """Put an error into a person's words."""
    need = exc.need if isinstance(exc, NeedsUser) else None
    return Trouble(exc.reason, exc.remedy, need, hides=_concerns_the_sync(exc))


def _concerns_the_sync(exc: TrayError) -> bool:
    """Tell whether a backup would not meet the same: a bad stream, a library that is damaged."""
    if isinstance(exc, NeedsUser):
        return exc.need in (Need.IDENTITY, Need.DISK)
    return not isinstance(exc, TryLater) or not exc.server_wide
