"""What a person asks for is answered, once, whatever becomes of it; on both loops."""

import asyncio

import pytest

from tests.engine.test_supervisor import Runs, serving, until
from tests.fakes.machine import METERED
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.run import Outcome
from tray_app.core.snapshot import Phase
from tray_app.engine import answers
from tray_app.engine.answers import Answers


async def answer_to(supervisor, ticket):
    async with asyncio.timeout(5):
        while (result := supervisor.answers.of(ticket)) is None:
            await asyncio.sleep(0)
    return result


async def test_named_paths_are_a_run_of_their_own_with_an_answer(both_loops):
    runs = Runs()
    async with serving(runs) as (supervisor, store):
        ticket = supervisor.request(["/d/a.jpg"])
        await runs.begun.wait()
        assert supervisor.answers.of(ticket) is None
        assert store.snapshot.asked
        runs.go.set()
        assert (await answer_to(supervisor, ticket)).outcome is Outcome.DONE
        assert store.snapshot.told
    assert [order.paths for order in runs.orders] == [{"/d/a.jpg"}]


async def test_dropped_files_wait_for_the_run_of_the_moment(both_loops):
    runs = Runs()
    async with serving(runs) as (supervisor, _):
        first = supervisor.request()
        await runs.begun.wait()
        supervisor.back_up_paths(["/d"])
        runs.go.set()
        await answer_to(supervisor, first)
        async with asyncio.timeout(5):
            while runs.count < 2:
                await asyncio.sleep(0)
    assert [order.paths for order in runs.orders] == [frozenset(), {"/d"}]
    assert runs.most_at_once == 1


async def test_cancel_ends_the_run_and_its_answer_says_so(both_loops):
    runs = Runs()
    async with serving(runs) as (supervisor, store):
        ticket = supervisor.request(["/d"])
        await runs.begun.wait()
        supervisor.cancel()
        assert (await answer_to(supervisor, ticket)).outcome is Outcome.STOPPED
        assert runs.stopped
        await until(store, Phase.IDLE)
    assert runs.count == 1


async def test_one_that_is_withdrawn_in_the_queue_ends_nobody_elses_run(both_loops):
    runs = Runs()
    async with serving(runs) as (supervisor, _):
        first, second = supervisor.request(), supervisor.request(["/d"])
        await runs.begun.wait()
        supervisor.withdraw(first)
        assert (await answer_to(supervisor, first)).outcome is Outcome.STOPPED
        assert not runs.stopped
        runs.go.set()
        assert (await answer_to(supervisor, second)).outcome is Outcome.DONE
    assert runs.count == 1


async def test_a_pause_keeps_the_place_in_the_queue_and_the_one_who_waits(both_loops):
    runs = Runs()
    async with serving(runs) as (supervisor, store):
        ticket = supervisor.request(["/d"])
        await runs.begun.wait()
        supervisor.pause(None)
        await until(store, Phase.PAUSED)
        assert supervisor.answers.of(ticket) is None
        runs.next()
        runs.go.set()
        supervisor.resume()
        assert (await answer_to(supervisor, ticket)).outcome is Outcome.DONE
    assert [order.paths for order in runs.orders] == [{"/d"}] * 2


async def test_conditions_are_an_answer_with_their_reason_and_anyway_passes_them(both_loops):
    runs = Runs()
    runs.go.set()
    async with serving(runs, reasons=[METERED]) as (supervisor, _):
        result = await answer_to(supervisor, supervisor.request())
        assert (result.outcome, result.reason) == (Outcome.WAITING, METERED.words)
        assert runs.count == 0
        anyway = supervisor.request(["/d"], anyway=True)
        assert (await answer_to(supervisor, anyway)).outcome is Outcome.DONE
    assert [(order.anyway, order.paths) for order in runs.orders] == [(True, {"/d"})]


@pytest.mark.parametrize(
    ("error", "outcome", "need"),
    [
        (ValueError("a bug"), Outcome.TROUBLE, None),
        (NeedsUser("No.", need=Need.SIGN_IN, remedy=""), Outcome.NEEDS_USER, Need.SIGN_IN),
    ],
)
async def test_what_breaks_a_run_is_its_answer(error, outcome, need):
    runs = Runs()
    runs.error = error
    runs.go.set()
    async with serving(runs) as (supervisor, _):
        result = await answer_to(supervisor, supervisor.request())
        assert (result.outcome, result.need) == (outcome, need)
        assert result.reason


def test_answers_that_nobody_fetches_are_bounded(monkeypatch):
    monkeypatch.setattr(answers, "MOST_KEPT", 2)
    kept = Answers()
    tickets = [kept.expect() for _ in range(3)]
    assert kept.of(tickets[2]) is None
    with pytest.raises(KeyError):
        kept.of(tickets[0])
