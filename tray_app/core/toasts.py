"""Toasts as frozen values: what can be shown, what can be told, what is remembered of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tray_app.core.errors import Need
from tray_app.core.notification import Notification
from tray_app.core.phrase import phrase


class Slot(StrEnum):
    """The toasts there are, three for a backup; each is replaced in place, never stacked."""

    TOTAL = "total"  # the whole run, in the end its summary
    DETAIL = "detail"  # the current file
    ERROR = "error"  # what a person has to know, or do
    OFFER = "offer"  # a card with photos


class Button(StrEnum):
    """What can be pressed on a toast; a click on the toast itself is `SHOW`."""

    PAUSE = "pause"
    SHOW = "show"
    RETRY = "retry"
    WHY = "why"
    ADD = "add"


PAUSE_MINUTES = 60  # of the button: a pause without an end is soon forgotten
LABELS = {
    Button.PAUSE: phrase("Pause for 1 hour"),
    Button.SHOW: phrase("Show"),
    Button.RETRY: phrase("Retry"),
    Button.WHY: phrase("Why?"),
    Button.ADD: phrase("Back up this card"),
}


def label(button: Button) -> str:
    """Say what stands on the button, in English."""
    return str(LABELS[button])


@dataclass(frozen=True, slots=True)
class Toast:
    """One toast, whole. `progress`: it lives as long as its run, silent and without a trace."""

    slot: Slot
    notification: Notification
    progress: bool = False
    buttons: tuple[Button, ...] = ()


def progress_toast(notification: Notification) -> Toast:
    """Make a toast of what `updateNotification` brings."""
    if notification.is_detail:
        return Toast(Slot.DETAIL, notification, progress=True)
    return Toast(Slot.TOTAL, notification, progress=True, buttons=(Button.PAUSE, Button.SHOW))


@dataclass(frozen=True, slots=True)
class Summary:
    """A run ended: files sent, files the server had, and files that failed beyond the grace."""

    completed: int
    duplicates: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Failing:
    """More files fail than the grace period allows."""

    count: int


@dataclass(frozen=True, slots=True)
class Needed:
    """Only a person can help; `reasons` are finished sentences."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing could be backed up since then; `reasons`: what is in the way now, if known."""

    since: datetime
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A card with photos was connected: its name, and the folder that has them."""

    name: str
    photos: str


@dataclass(frozen=True, slots=True)
class Gone:
    """So many photos that were backed up are gone from the server without having been deleted."""

    count: int


News = Summary | Failing | Needed | Stale | Offered | Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is remembered over a restart, so that a thing is told once. Times are aware.

    `failing`, `need`: told, and not put right since (`needed_at`: when it was told).
    `waiting_since`: since when automatic backup has had something to do; `last_done`: when a run
    last got anything done; `reminded`: the silence, by its begin, that was told. `missing`: how
    many photos gone from the server were told.
    """

    failing: bool = False
    need: Need | None = None
    needed_at: datetime | None = None
    waiting_since: datetime | None = None
    last_done: datetime | None = None
    reminded: datetime | None = None
    missing: int = 0

    @property
    def anything(self) -> bool:
        """Tell whether the error toast has a cause."""
        known = self.need is not None or self.reminded is not None
        return self.failing or known or self.missing > 0
