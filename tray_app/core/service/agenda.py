"""What is due, since when, and from when on it may begin: pure, over the wall clock.

The wall clock, because a suspended computer stops the other one. All times aware.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tray_app.core.service.orders import Order, Ticket
from tray_app.core.service.states import State

LONGEST_DELAY = 10  # times the trigger delay, counted from the first change (design section 2)
_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(minutes=15)
_RETRY_WITH_USER = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # long due


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What the service knows of its duties.

    `enabled`: automatic backup is on. `order`: what is to be done, None: nothing. `errand`: what
    a person named beside it, a run of its own. `pressing`: the order was begun once, or asked
    for, and goes on without another delay. `first_change`,
    `last_change`: bounds of the present burst of changes. `trouble`: how the last run ended,
    when badly; nothing begins by itself before `retry_at`. `retry_files_at`: when a parked file
    may be tried again. `dropped`: a person ended the run that is still ending.
    """

    enabled: bool = False
    order: Order | None = None
    errand: Order | None = None
    pressing: bool = False
    first_change: datetime | None = None
    last_change: datetime | None = None
    trouble: State | None = None
    troubles: int = 0
    retry_at: datetime | None = None
    retry_files_at: datetime | None = None
    paused: bool = False
    paused_until: datetime | None = None
    asleep: bool = False
    dropped: bool = False

    def changed(self, now: datetime, folders: frozenset[str] | None, *, fresh: bool) -> "Agenda":
        """Note that there may be something new; `fresh` begins the quiet period again."""
        order = Order(folders=folders)
        if self.first_change and not fresh:
            return replace(self, order=order.with_(self.order or order))
        return replace(
            self,
            order=order.with_(self.order) if self.order else order,
            first_change=self.first_change or now,
            last_change=now,
        )

    def asked(self, wish: Order) -> "Agenda":
        """Note the wish of a person, who has seen what went wrong before."""
        calm = replace(self, trouble=None, retry_at=None)
        if wish.paths:
            return replace(calm, errand=wish.with_(self.errand) if self.errand else wish)
        both = wish.with_(self.order) if self.order and self.order.asked else wish
        return replace(calm, order=both, pressing=True)

    @property
    def next_order(self) -> Order | None:
        """Return what the next run takes up: first what a person waits for; None: nothing."""
        waiting = [order for order in (self.errand, self.order) if order]
        return max(waiting, key=lambda order: (order.asked, order.anyway), default=None)

    def begun(self) -> "tuple[Order, Agenda]":
        """Hand the next order over to a run."""
        if self.errand and self.next_order is self.errand:
            return self.errand, replace(self, errand=None, dropped=False)
        empty = replace(self._without_order(), retry_files_at=None, dropped=False)
        return self.order or Order(folders=frozenset()), empty

    def _without_order(self) -> "Agenda":
        return replace(self, order=None, pressing=False, first_change=None, last_change=None)

    def put_back(self, order: Order, *, asked: bool) -> "Agenda":
        """Take an order back that was not finished; dropped ones are gone."""
        if self.dropped:
            return replace(self, dropped=False)
        again = order if asked else order.left_alone()
        if order.paths:
            return replace(self, errand=again.with_(self.errand or again))
        return replace(self, order=again.with_(self.order or again), pressing=True)

    def dropping(self) -> "Agenda":
        """Forget what a person ended: the order that waits, and the one that runs."""
        return replace(self._without_order(), errand=None, dropped=True)

    def withdrawn(self, ticket: Ticket, *, running: bool) -> "Agenda":
        """Forget just the order with this ticket; `running`: it is the one that runs."""
        whole = self.order is not None and ticket in self.order.tickets
        kept = self._without_order() if whole else self
        named = self.errand is not None and ticket in self.errand.tickets
        return replace(kept, errand=None if named else self.errand, dropped=self.dropped or running)

    def answered(self) -> "Agenda":
        """Let go of those who wait for an answer: they got it, the orders stay."""
        return replace(
            self,
            order=self.order and self.order.answered(),
            errand=self.errand and self.errand.answered(),
        )

    def done(self) -> "Agenda":
        """Forget trouble after a run that reached its end."""
        return replace(self, trouble=None, troubles=0, retry_at=None, dropped=False)

    def ended_badly(self, state: State, now: datetime, chance: float) -> "Agenda":
        """Set the time of the next try: 1, 2, 4 ... 15 minutes; an hour where a person must act.

        `chance` in [0, 1) spreads clients over half of that.
        """
        pause = min(_FIRST_RETRY * 2**self.troubles, _LONGEST_RETRY) * (0.5 + chance / 2)
        wait = _RETRY_WITH_USER if state is State.NEEDS_USER else pause
        troubles = min(self.troubles + 1, 10)
        return replace(self, trouble=state, troubles=troubles, retry_at=now + wait)

    def soothed(self) -> "Agenda":
        """Try again at once: what had troubled may be over. A person's part stays theirs."""
        if self.trouble is State.NEEDS_USER:
            return self
        return replace(self, trouble=None, retry_at=None)

    def moved(self, by: timedelta) -> "Agenda":
        """Keep all spans as they are after the wall clock was set back `by` so much (negative)."""

        def there(moment: datetime | None) -> datetime | None:
            return None if moment is None else moment + by

        return replace(
            self,
            first_change=there(self.first_change),
            last_change=there(self.last_change),
            retry_at=there(self.retry_at),
            retry_files_at=there(self.retry_files_at),
            paused_until=there(self.paused_until),
        )

    # When.

    def due_at(self, delay: timedelta) -> datetime | None:
        """Return from when on a run may begin, as far as the agenda goes; None: nothing due."""
        if self._asks:
            return _EPOCH
        times = [
            _EPOCH if self.errand else None,
            self._order_due(delay),
            self.retry_files_at if self.enabled else None,
        ]
        due = min((time for time in times if time), default=None)
        if due and self.retry_at:
            due = max(due, self.retry_at)
        return due

    @property
    def _asks(self) -> bool:
        return self.next_order is not None and self.next_order.asked

    def _order_due(self, delay: timedelta) -> datetime | None:
        if self.order is None:
            return None
        if self.pressing:
            return _EPOCH
        if not self.enabled or self.first_change is None or self.last_change is None:
            return None
        return min(self.last_change + delay, self.first_change + LONGEST_DELAY * delay)

    def rest(self, now: datetime, delay: timedelta) -> State:
        """Return where a service goes that has nothing under way."""
        due = self.due_at(delay)
        if self.asleep:
            return State.WAITING
        if due and self._asks:
            return State.CHECKING
        if self.is_paused(now):
            return State.PAUSED
        if self.trouble and (due is None or now < due):
            return self.trouble
        if due is None:
            return State.IDLE if self.enabled else State.STOPPED
        return State.CHECKING if now >= due else State.DELAYED

    def is_paused(self, now: datetime) -> bool:
        """Tell whether a pause of the person is in force."""
        return self.paused and (self.paused_until is None or now < self.paused_until)

    def wakes_at(self, now: datetime, delay: timedelta) -> datetime | None:
        """Return when the answer of `rest` changes by time alone; None: never."""
        if self.is_paused(now):
            return self.paused_until
        return self.due_at(delay)
