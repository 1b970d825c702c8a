"""The service as a table: every state and event, and sequences of them (issue 3)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_app.core.service.agenda import Agenda
from tray_app.core.service.machine import Knock, Service, step
from tray_app.core.service.orders import Order
from tray_app.core.service.states import (
    ENDINGS,
    RUNNING,
    TABLE,
    Effect,
    Event,
    State,
)

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
DELAY = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
ANSWERS = {Event.FREE, Event.HELD}
PROGRESS = {Event.CONNECTS, Event.SCANS, Event.HASHES, Event.UPLOADS, Event.STUMBLES}
KNOCKS = set(Event) - ANSWERS - PROGRESS - set(ENDINGS)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_no_state_leaves_an_event_undecided(state, event):
    to, effect = TABLE[state][event]
    if state is State.ENDED:
        assert (to, effect) == (State.ENDED, Effect.NONE)
    elif event is Event.QUIT:
        assert to is State.ENDED
        assert (effect is Effect.STOP) == (state in RUNNING)
    elif state in RUNNING:
        assert (event in ENDINGS) == (to not in RUNNING)
        assert (effect is Effect.ABORT) == (event is Event.STUCK)
    else:
        assert effect in (Effect.NONE, Effect.BEGIN)
        assert (effect is Effect.BEGIN) == (state is State.CHECKING and event is Event.FREE)
        if event in ENDINGS or event in PROGRESS:
            assert to is state  # late words of a run that is over


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (Event.RUN_DONE, State.IDLE),
        (Event.RUN_STOPPED, State.CHECKING),
        (Event.RUN_STUCK, State.CHECKING),
        (Event.RUN_HELD, State.WAITING),
        (Event.RUN_TROUBLE, State.COOLING_DOWN),
        (Event.RUN_NEEDS_USER, State.NEEDS_USER),
        (Event.RUN_BROKE, State.FAILED),
    ],
)
def test_where_each_ending_leads(event, state):
    before = Service(state=State.UPLOADING, agenda=Agenda(enabled=True), running=Order())
    after, effect = step(before, Knock(event=event), NOW, DELAY)
    assert after.state is state
    assert after.running is None
    assert effect is (Effect.CHECK if state is State.CHECKING else Effect.NONE)
    assert (after.agenda.order is None) == (event is Event.RUN_DONE)


def after(*knocks, service=None, begin=NOW, apart=timedelta()):
    """Play events (or knocks) `apart` from each other; returns the service and all effects."""
    service, now, effects = service or Service(), begin, []
    for one in knocks:
        knock = Knock(event=one) if isinstance(one, Event) else one
        service, effect = step(service, knock, now, DELAY)
        effects.append(effect)
        now += apart
    return service, effects


FILES = Knock(event=Event.FILES_CHANGED, folders=frozenset({"/p"}))
ON = Knock(event=Event.SETTINGS_CHANGED, enabled=True)


def test_a_run_of_the_service_from_start_to_end():
    service, effects = after(
        *(Event.START, Event.TIMER, Event.FREE, Event.SCANS, Event.HASHES, Event.UPLOADS),
        Event.RUN_DONE,
        apart=DELAY,
    )
    assert [e for e in effects if e is not Effect.NONE] == [Effect.CHECK, Effect.BEGIN]
    assert service.state is State.IDLE


class TestTriggerDelay:
    def state(self, minutes, *changes):
        service, _ = after(Event.START, begin=NOW - 20 * DELAY)
        service = Service(state=State.IDLE, agenda=Agenda(enabled=True))
        for change in changes:
            service, _ = step(service, FILES, NOW + change * MINUTE, DELAY)
        return step(service, Knock(event=Event.TIMER), NOW + minutes * MINUTE, DELAY)[0].state

    def test_it_is_thirty_minutes(self):
        assert self.state(29, 0) is State.DELAYED
        assert self.state(30, 0) is State.CHECKING

    def test_new_files_prolong_it(self):
        assert self.state(49, 0, 20) is State.DELAYED
        assert self.state(50, 0, 20) is State.CHECKING

    def test_ten_times_the_delay_is_the_end_of_that(self):
        steady = range(0, 1000, 20)
        assert self.state(299, *(c for c in steady if c <= 299)) is State.DELAYED
        assert self.state(300, *(c for c in steady if c <= 300)) is State.CHECKING

    def test_the_periodic_look_does_not_prolong_it(self):
        service, _ = after(ON, FILES, service=Service(agenda=Agenda(enabled=True)))
        service, _ = step(service, Knock(event=Event.LOOK_AGAIN), NOW + 29 * MINUTE, DELAY)
        service, effect = step(service, Knock(event=Event.TIMER), NOW + DELAY, DELAY)
        assert effect is Effect.CHECK
        assert service.agenda.order == Order()

    def test_the_periodic_look_adds_only_what_it_found(self):
        service = Service(agenda=Agenda(enabled=True))
        for folders in (frozenset({"/a"}), frozenset({"/b"})):
            service, _ = step(service, Knock(event=Event.LOOK_AGAIN, folders=folders), NOW, DELAY)
        assert service.agenda.order == Order(folders=frozenset({"/a", "/b"}))

    def test_a_shorter_delay_acts_at_once(self):
        service, _ = after(ON, FILES)
        assert service.state is State.DELAYED
        _, effect = step(service, Knock(event=Event.TIMER), NOW, timedelta())
        assert effect is Effect.CHECK

    def test_a_person_does_not_wait(self):
        _, effects = after(ON, FILES, Event.ASKED)
        assert effects[-1] is Effect.CHECK


def test_the_folders_of_all_changes_are_looked_at():
    more = Knock(event=Event.FILES_CHANGED, folders=frozenset({"/q"}))
    quiet = Service(state=State.IDLE, agenda=Agenda(enabled=True))
    assert after(FILES, more, service=quiet)[0].agenda.order == Order(
        folders=frozenset({"/p", "/q"})
    )
    everything = Knock(event=Event.FILES_CHANGED)
    assert after(FILES, everything, more, service=quiet)[0].agenda.order == Order(folders=None)


def test_a_pause_holds_the_service_and_not_a_person():
    paused, effects = after(ON, Knock(event=Event.PAUSE), FILES, Event.TIMER, apart=DELAY)
    assert paused.state is State.PAUSED
    asked, effects = after(Event.ASKED, Event.FREE, Event.RUN_DONE, service=paused)
    assert effects == [Effect.CHECK, Effect.BEGIN, Effect.NONE]
    assert asked.state is State.PAUSED


def test_a_pause_ends_at_its_time():
    until = Knock(event=Event.PAUSE, until=NOW + MINUTE)
    service, _ = after(ON, FILES, until)
    assert service.state is State.PAUSED
    assert service.agenda.wakes_at(NOW, DELAY) == NOW + MINUTE
    later, effect = step(service, Knock(event=Event.TIMER), NOW + DELAY, DELAY)
    assert (later.state, effect) == (State.CHECKING, Effect.CHECK)


RUN = (Event.ASKED, Event.FREE, Event.UPLOADS)


def test_a_pause_stops_a_run_and_what_is_left_goes_on_after_it():
    service, effects = after(*RUN, Knock(event=Event.PAUSE), Event.RUN_STOPPED)
    assert effects[-2:] == [Effect.STOP, Effect.NONE]
    assert service.state is State.PAUSED
    assert after(Event.RESUME, service=service)[1] == [Effect.CHECK]


def test_cancel_forgets_what_is_left():
    service, effects = after(*RUN, Event.CANCEL, Event.RUN_STOPPED)
    assert effects[-2:] == [Effect.STOP, Effect.NONE]
    assert service.state is State.STOPPED
    assert service.agenda.order is None


def test_switching_the_service_off_ends_its_run_and_spares_a_persons():
    own = (ON, FILES, Event.TIMER, Event.FREE, Event.UPLOADS)
    service, effects = after(*own, Event.STOP, Event.RUN_STOPPED, apart=DELAY)
    assert effects[-2] is Effect.STOP
    assert service.state is State.STOPPED
    service, effects = after(ON, *RUN, Event.STOP)
    assert effects[-1] is Effect.NONE
    assert after(Event.RUN_DONE, service=service)[0].state is State.STOPPED


@pytest.mark.parametrize("affects", [True, False])
def test_new_settings_restart_a_run_that_they_concern(affects):
    new = Knock(event=Event.SETTINGS_CHANGED, enabled=True, affects_run=affects)
    service, effects = after(*RUN, new)
    assert effects[-1] is (Effect.STOP if affects else Effect.NONE)
    assert after(Event.RUN_STOPPED, service=service)[1] == [Effect.CHECK]


@pytest.mark.parametrize(
    ("event", "begins"),
    [
        (Event.NETWORK_CHANGED, True),
        (Event.WOKE, True),
        (Event.SHOWN, True),
        (Event.ASKED, True),
        (Event.CONDITIONS_CHANGED, False),
        (Event.FILES_CHANGED, False),
        (Event.TIMER, False),
    ],
)
def test_what_ends_a_cooling_down_early(event, begins):
    cooling, _ = after(*RUN, Event.RUN_TROUBLE)
    assert cooling.state is State.COOLING_DOWN
    assert after(event, service=cooling)[1] == [Effect.CHECK if begins else Effect.NONE]


def test_tries_after_trouble_come_more_and_more_seldom():
    service, _ = after(*RUN)
    pauses, now = [], NOW
    for _ in range(7):
        service, _ = step(service, Knock(event=Event.RUN_TROUBLE, chance=1.0), now, DELAY)
        assert service.agenda.retry_at is not None
        pauses.append((service.agenda.retry_at - now) / MINUTE)
        now = service.agenda.retry_at
        service, effect = step(service, Knock(event=Event.TIMER), now, DELAY)
        assert effect is Effect.CHECK
        service, _ = step(service, Knock(event=Event.FREE), now, DELAY)
    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    service, _ = after(Event.RUN_DONE, Event.ASKED, Event.FREE, service=service)
    service, _ = step(service, Knock(event=Event.RUN_TROUBLE, chance=1.0), now, DELAY)
    assert service.agenda.retry_at == now + MINUTE


def test_what_needs_a_person_waits_for_one():
    needing, _ = after(ON, *RUN, Event.RUN_NEEDS_USER)
    assert needing.state is State.NEEDS_USER
    for event in (Event.NETWORK_CHANGED, Event.WOKE, FILES, Event.TIMER):
        assert after(event, service=needing)[0].state is State.NEEDS_USER
    assert after(Event.ASKED, service=needing)[1] == [Effect.CHECK]
    assert after(ON, service=needing)[1] == [Effect.CHECK]
    _, effect = step(needing, Knock(event=Event.TIMER), NOW + timedelta(hours=1), DELAY)
    assert effect is Effect.CHECK


def test_sleep_ends_a_run_and_waking_goes_on():
    asleep, effects = after(*RUN, Event.SLEEP, Event.RUN_STOPPED)
    assert effects[-2] is Effect.STOP
    assert asleep.state is State.WAITING
    assert after(FILES, service=asleep)[0].state is State.WAITING
    assert after(Event.CONDITIONS_CHANGED, service=asleep)[0].state is State.WAITING
    assert after(Event.TIMER, service=asleep)[1] == [Effect.CHECK]  # it did not sleep after all
    assert after(Event.WOKE, service=asleep)[1] == [Effect.CHECK]


def test_a_condition_that_holds_is_looked_at_again_and_not_for_each_file():
    held, _ = after(Event.ASKED, Event.HELD)
    assert held.state is State.WAITING
    assert after(FILES, service=held)[1] == [Effect.NONE]
    for event in (Event.TIMER, Event.CONDITIONS_CHANGED, Event.NETWORK_CHANGED):
        assert after(event, service=held)[1] == [Effect.CHECK]


def test_a_parked_file_is_tried_again_at_its_time_without_a_look_at_all_folders():
    due = Knock(event=Event.RUN_DONE, retry_files_at=NOW + MINUTE)
    service, _ = after(ON, *RUN, due)
    assert service.state is State.DELAYED
    service, effect = step(service, Knock(event=Event.TIMER), NOW + MINUTE, DELAY)
    assert effect is Effect.CHECK
    service, _ = after(Event.FREE, service=service)
    assert service.running == Order(folders=frozenset())


def wish(ticket, *paths, anyway=False):
    order = Order(True, None, frozenset(paths), anyway, frozenset({ticket}))
    return Knock(event=Event.ASKED, wish=order)


class TestErrands:
    """Runs over paths that a person named, beside the orders for the chosen folders."""

    def test_it_goes_first_and_alone(self):
        service, effects = after(ON, FILES, wish(1, "/d/a.jpg"), Event.FREE)
        assert effects[-1] is Effect.BEGIN
        assert service.running == Order(True, None, frozenset({"/d/a.jpg"}), False, frozenset({1}))
        assert service.agenda.order is not None  # the rest keeps its delay
        assert after(Event.RUN_DONE, service=service)[0].state is State.DELAYED

    def test_what_is_named_before_it_began_joins_it(self):
        service, _ = after(wish(1, "/a"), wish(2, "/b"), Event.FREE)
        assert service.running.paths == {"/a", "/b"}
        assert service.running.tickets == {1, 2}

    def test_it_waits_for_the_run_of_the_moment(self):
        service, effects = after(*RUN, wish(1, "/a"))
        assert effects[-1] is Effect.NONE
        assert after(Event.RUN_DONE, Event.FREE, service=service)[0].running.paths == {"/a"}

    def test_a_pause_keeps_its_place_in_the_queue(self):
        begun, _ = after(wish(1, "/a"), Event.FREE, Event.UPLOADS)
        service, _ = after(Knock(event=Event.PAUSE), Event.RUN_STOPPED, service=begun)
        assert (service.state, service.tickets) == (State.PAUSED, {1})
        service, _ = after(Event.RESUME, Event.FREE, service=service)
        assert (service.running.paths, service.running.tickets) == ({"/a"}, {1})

    def test_automatic_backup_going_off_spares_it(self):
        service, _ = after(ON, FILES, wish(1, "/a"), Event.STOP)
        assert (service.agenda.order, service.agenda.errand.paths) == (None, {"/a"})
        service, effects = after(Event.FREE, Event.STOP, service=service)
        assert effects[-1] is Effect.NONE
        assert service.running.paths == {"/a"}

    def test_trouble_keeps_it_for_later_and_answers(self):
        service, _ = after(wish(1, "/a"), Event.FREE, Event.RUN_TROUBLE)
        assert (service.state, service.tickets) == (State.COOLING_DOWN, frozenset())
        _, effects = after(Event.TIMER, Event.FREE, service=service, begin=NOW + DELAY)
        assert effects == [Effect.CHECK, Effect.BEGIN]

    @pytest.mark.parametrize("asked", [wish(1), wish(1, "/a")])
    def test_a_condition_that_breaks_it_off_answers_and_the_wish_stays(self, asked):
        service, _ = after(asked, Event.FREE, Event.UPLOADS, Event.RUN_HELD)
        assert (service.state, service.tickets) == (State.WAITING, frozenset())
        assert service.agenda.next_order.asked

    def test_conditions_that_hold_answer_and_the_wish_stays(self):
        service, _ = after(wish(1, "/a"), Event.HELD)
        assert (service.state, service.tickets) == (State.WAITING, frozenset())
        service, _ = after(Event.CONDITIONS_CHANGED, Event.FREE, service=service)
        assert service.running.paths == {"/a"}

    @pytest.mark.parametrize("ticket", [1, 2])
    def test_cancel_of_one_leaves_the_others(self, ticket):
        service, _ = after(wish(1, "/a"), Event.FREE, wish(2), wish(3, "/c"))
        service, effects = after(Knock(event=Event.CANCEL, ticket=ticket), service=service)
        assert (effects == [Effect.STOP]) == (ticket == 1)
        service, _ = after(Event.RUN_STOPPED, service=service)
        assert service.tickets == {1, 2, 3} - {ticket}

    def test_cancel_of_all_ends_all(self):
        service, _ = after(wish(1, "/a"), Event.FREE, wish(2), wish(3, "/c"), Event.CANCEL)
        assert after(Event.RUN_STOPPED, service=service)[0].tickets == frozenset()

    def test_anyway_is_for_that_one_run(self):
        service, _ = after(ON, wish(1, anyway=True), Event.FREE, Event.RUN_TROUBLE)
        assert service.agenda.order.anyway is False
        assert Order(anyway=True).with_(Order()).anyway is False


def test_going_to_the_background_begins_the_delay_anew():
    service, _ = after(ON, FILES)
    service, _ = step(service, Knock(event=Event.BACKGROUNDED), NOW + 20 * MINUTE, DELAY)
    service, _ = step(service, Knock(event=Event.TIMER), NOW + 49 * MINUTE, DELAY)
    assert service.state is State.DELAYED
    assert step(service, Knock(event=Event.TIMER), NOW + 50 * MINUTE, DELAY)[1] is Effect.CHECK


def test_a_person_who_looks_may_have_put_it_right():
    needing, _ = after(ON, *RUN, Event.RUN_NEEDS_USER)
    assert after(Event.SHOWN, service=needing)[1] == [Effect.CHECK]


wishes = st.builds(
    Order,
    asked=st.just(True),
    paths=st.sampled_from([frozenset(), frozenset({"/a"}), frozenset({"/b"})]),
    anyway=st.booleans(),
    tickets=st.integers(1, 9).map(lambda ticket: frozenset({ticket})),
)
knocks = st.builds(
    Knock,
    wish=wishes,
    ticket=st.none() | st.integers(1, 9),
    event=st.sampled_from(sorted(KNOCKS - {Event.QUIT})),
    folders=st.sampled_from([None, frozenset({"/p"})]),
    until=st.sampled_from([None, NOW + MINUTE, NOW + 100 * DELAY]),
    enabled=st.booleans(),
    affects_run=st.booleans(),
)
answers = st.sampled_from(sorted(ANSWERS | PROGRESS | set(ENDINGS)))


class World:
    """Does what the effects say, as the engine would, and never more than one thing at once."""

    def __init__(self):
        self.service, self.now = Service(), NOW
        self.checking = self.running = False

    def knock(self, knock):
        self.service, effect = step(self.service, knock, self.now, DELAY)
        state = self.service.state
        if state is not State.CHECKING:
            self.checking = False
        if effect is Effect.CHECK:
            self.checking = True
        if effect is Effect.BEGIN:
            assert not self.running, "two runs at once"
            self.running = True
        assert self.running == (state in RUNNING)
        assert self.checking == (state is State.CHECKING)
        assert (self.service.running is not None) == self.running

    def answer(self, event):
        """A check or run answers, where there is one."""
        if event in ANSWERS and self.checking:
            self.knock(Knock(event=event))
        elif self.running and event not in ANSWERS:
            self.running = self.running and event not in ENDINGS
            self.service, effect = step(
                self.service, Knock(event=event, chance=0.5), self.now, DELAY
            )
            self.checking = effect is Effect.CHECK
            assert self.running == (self.service.state in RUNNING)


@settings(max_examples=400)
@given(st.lists(st.tuples(knocks | answers, st.integers(0, 3600)), max_size=60))
def test_no_sequence_starts_two_runs_or_ends_in_a_dead_end(sequence):
    world = World()
    for what, seconds in sequence:
        world.now += timedelta(seconds=seconds)
        if isinstance(what, Knock):
            world.knock(what)
        else:
            world.answer(what)
    # From wherever that led, a person's wish is served: nothing hangs.
    world.answer(Event.RUN_STOPPED)
    world.knock(Knock(event=Event.WOKE))
    world.knock(Knock(event=Event.ASKED))
    assert world.checking
    world.answer(Event.FREE)
    assert world.service.running is not None
    assert world.service.running.asked
    world.answer(Event.RUN_DONE)
    # And the service by itself: all due is done within its longest delay.
    world.knock(Knock(event=Event.RESUME))
    world.knock(Knock(event=Event.START))
    for _ in range(5):
        if world.service.state is State.IDLE:
            break
        due = world.service.agenda.wakes_at(world.now, DELAY)
        assert due is not None
        assert due <= world.now + 11 * DELAY
        world.now = max(world.now, due)
        world.knock(Knock(event=Event.TIMER))
        world.answer(Event.FREE)
        world.answer(Event.RUN_DONE)
    assert world.service.state is State.IDLE
    assert world.service.tickets == frozenset()  # everyone got an answer
