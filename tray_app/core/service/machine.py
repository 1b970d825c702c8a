"""The one step function of the service: state, agenda and an event in, the next ones out."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tray_app.core.service.agenda import Agenda
from tray_app.core.service.orders import Order, Ticket
from tray_app.core.service.states import ENDINGS, TABLE, Effect, Event, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """An event with what comes along.

    `folders`: of FILES_CHANGED and LOOK_AGAIN, None: anywhere. `wish`: of ASKED. `ticket`: of
    CANCEL, only the order with it; None: whatever runs and waits. `until`: of PAUSE, None: until
    resumed. `enabled`: of SETTINGS_CHANGED, automatic backup is on; `affects_run`: a run has to
    begin anew to obey. `retry_files_at`: of RUN_DONE. `chance`: spreads the next try, in [0, 1).
    `check`: the number of the look at the conditions that FREE or HELD answers, else 0.
    """

    event: Event
    folders: frozenset[str] | None = None
    wish: Order = field(default_factory=lambda: Order(asked=True))
    ticket: Ticket | None = None
    until: datetime | None = None
    enabled: bool = False
    affects_run: bool = True
    retry_files_at: datetime | None = None
    chance: float = 0.0
    check: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The service at one moment; `running` is the order of the run that is under way."""

    state: State = State.STOPPED
    agenda: Agenda = field(default_factory=Agenda)
    running: Order | None = None

    @property
    def tickets(self) -> frozenset[Ticket]:
        """Name the requests that have no answer yet."""
        orders = (self.running, self.agenda.order, self.agenda.errand)
        return frozenset().union(*(order.tickets for order in orders if order))


def step(service: Service, knock: Knock, now: datetime, delay: timedelta) -> tuple[Service, Effect]:
    """Answer one event (aware `now`, `delay` the trigger delay); never raises."""
    to, effect = TABLE[service.state][knock.event]
    agenda = _heard(service, knock, now)
    if effect is Effect.STOP and _spares(service, knock):
        effect = Effect.NONE
    running = None if knock.event in ENDINGS else service.running
    if knock.event is Event.RUN_HELD and agenda.next_order is None:
        to = None  # the person ended it in the meantime
    state = agenda.rest(now, delay) if to is None else to
    if effect is Effect.BEGIN:
        running, agenda = agenda.begun()
    elif to is None and state is State.CHECKING:
        effect = Effect.CHECK
    return Service(state=state, agenda=agenda, running=running), effect


def _spares(service: Service, knock: Knock) -> bool:
    """Tell whether the run may go on: automatic backup going off ends no run of a person."""
    if knock.event is Event.STOP:
        return _is_persons(service)
    if knock.event is Event.CANCEL:
        return knock.ticket is not None and not _runs(service, knock.ticket)
    return knock.event is Event.SETTINGS_CHANGED and not knock.affects_run


def _is_persons(service: Service) -> bool:
    order = service.running or service.agenda.order
    return order is not None and order.is_persons


def _runs(service: Service, ticket: Ticket) -> bool:
    return service.running is not None and ticket in service.running.tickets


def _heard(service: Service, knock: Knock, now: datetime) -> Agenda:
    """Write the event into the agenda."""
    if knock.event in ENDINGS:
        return _ended(service, knock, now) if service.running else service.agenda
    if knock.event is Event.STOP and _is_persons(service):
        return replace(service.agenda, enabled=False)
    if knock.event is Event.CANCEL and knock.ticket is not None:
        running = _runs(service, knock.ticket)
        return service.agenda.withdrawn(knock.ticket, running=running)
    if knock.event is Event.HELD and service.state is State.CHECKING:
        return service.agenda.answered()
    note = _NOTES.get(knock.event)
    return note(service.agenda, knock, now) if note else service.agenda


def _started(agenda: Agenda, _: Knock, now: datetime) -> Agenda:
    return replace(agenda.soothed(), enabled=True).changed(now, None, fresh=True)


def _reset(agenda: Agenda, knock: Knock, now: datetime) -> Agenda:
    """Take over settings; what a person had to put right may be right now."""
    new = replace(agenda, enabled=knock.enabled, trouble=None, retry_at=None)
    return new if agenda.enabled or not knock.enabled else new.changed(now, None, fresh=True)


def _paused(agenda: Agenda, knock: Knock, _: datetime) -> Agenda:
    """Hold what was asked for before the pause, too."""
    return replace(
        agenda,
        order=agenda.order and agenda.order.left_alone(),
        errand=agenda.errand and agenda.errand.left_alone(),
        paused=True,
        paused_until=knock.until,
    )


def _switched_off(agenda: Agenda) -> Agenda:
    """Forget what was to be done by itself; what a person named stays."""
    return replace(agenda.dropping(), enabled=False, errand=agenda.errand)


_NOTES: dict[Event, Callable[[Agenda, Knock, datetime], Agenda]] = {
    Event.START: _started,
    Event.STOP: lambda agenda, _k, _n: _switched_off(agenda),
    Event.SETTINGS_CHANGED: _reset,
    # The delay counts from going to the background, and from each new file there.
    Event.BACKGROUNDED: lambda agenda, _k, now: agenda.changed(now, None, fresh=True),
    Event.LOOK_AGAIN: lambda agenda, k, now: agenda.changed(now, k.folders, fresh=False),
    Event.FILES_CHANGED: lambda agenda, k, now: agenda.changed(now, k.folders, fresh=True),
    Event.ASKED: lambda agenda, k, _n: agenda.asked(k.wish),
    Event.PAUSE: _paused,
    Event.RESUME: lambda agenda, _k, _n: replace(agenda, paused=False, paused_until=None),
    Event.CANCEL: lambda agenda, _k, _n: agenda.dropping(),
    Event.SLEEP: lambda agenda, _k, _n: replace(agenda, asleep=True),
    # A timer runs, so the computer does not sleep, whatever it had announced.
    Event.TIMER: lambda agenda, _k, _n: replace(agenda, asleep=False),
    Event.WOKE: lambda agenda, _k, _n: replace(agenda, asleep=False).soothed(),
    Event.NETWORK_CHANGED: lambda agenda, _k, _n: agenda.soothed(),
    # A person is there: what needed one may be right now (requirement, On App Resume).
    Event.SHOWN: lambda agenda, _k, _n: replace(agenda, trouble=None, retry_at=None),
}


def _ended(service: Service, knock: Knock, now: datetime) -> Agenda:
    """Draw the consequences of the end of a run."""
    agenda, order = service.agenda, service.running or Order()
    match knock.event:
        case Event.RUN_DONE:
            return replace(agenda.done(), retry_files_at=knock.retry_files_at)
        case Event.RUN_HELD:
            return agenda.put_back(order.answered(), asked=True)
        case Event.RUN_STOPPED | Event.RUN_STUCK:
            return agenda.put_back(order, asked=not agenda.paused)
        case _:
            state = ENDINGS[knock.event] or State.FAILED
            left = agenda.put_back(order.answered(), asked=False)
            return left.ended_badly(state, now, knock.chance)
