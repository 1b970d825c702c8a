"""The pause of the queue, on a clock that a test moves."""

import asyncio

import pytest

from tests.fakes.clock import FakeClock
from tray_app.core.errors import NeedsUser, TryLater
from tray_app.engine.run.trouble import GaveUp, Trouble


class Patient:
    """A server that is ill for a number of probes."""

    def __init__(self, probes: int = 0) -> None:
        self.left = probes
        self.probes = 0

    async def probe(self) -> None:
        self.probes += 1
        if self.left:
            self.left -= 1
            raise TryLater("ill")


def make(patient, patience=1000.0):
    clock, said = FakeClock(automatic=True), []
    trouble = Trouble(
        clock, patient.probe, lambda words, until: said.append((words, until)), patience
    )
    return clock, said, trouble


async def test_pauses_grow_with_jitter_up_to_a_minute():
    clock, said, trouble = make(Patient(9))
    await trouble.meet(TryLater("down"))
    full = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert len(clock.slept) == len(full)
    assert all(most / 2 <= slept <= most for slept, most in zip(clock.slept, full, strict=True))
    assert len({slept / most for slept, most in zip(clock.slept, full, strict=True)}) > 1
    assert said[0][0] == "down"
    assert said[0][1] is not None
    assert said[-1] == ("", None)


async def test_the_servers_own_word_is_kept():
    clock, _, trouble = make(Patient())
    await trouble.meet(TryLater("429", after=37.0))
    assert clock.slept == [37.0]


async def test_many_in_trouble_pause_once():
    clock, _, trouble = make(Patient())
    await asyncio.gather(*[trouble.meet(TryLater("down")) for _ in range(5)])
    assert len(clock.slept) == 1


async def test_patience_ends():
    clock, said, trouble = make(Patient(1000), patience=100)
    with pytest.raises(GaveUp) as caught:
        await trouble.meet(TryLater("down", remedy="Wait."))
    assert caught.value.reason == "ill"
    assert clock.monotonic() <= 100
    assert said[-1] == ("", None)
    with pytest.raises(GaveUp):
        await trouble.over()


async def test_a_wait_longer_than_patience_is_not_begun():
    clock, _, trouble = make(Patient(), patience=100)
    with pytest.raises(GaveUp):
        await trouble.meet(TryLater("429", after=101.0))
    assert clock.slept == []


async def test_success_forgets_the_past():
    clock, _, trouble = make(Patient(), patience=100)
    for _ in range(50):
        await trouble.meet(TryLater("down"))
        trouble.success()
    assert max(clock.slept) <= 1


async def test_an_answered_question_does_not_excuse_refused_files():
    _, _, trouble = make(Patient(), patience=100)

    async def fine() -> None:
        pass

    async def fail_in_vain():
        for _ in range(1000):
            await trouble.meet(TryLater("500"), sending=True)
            await trouble.call(fine)

    with pytest.raises(GaveUp):
        await fail_in_vain()


async def test_trouble_hours_ago_does_not_count_against_a_new_one():
    clock, _, trouble = make(Patient(), patience=100)

    async def fine() -> None:
        pass

    await trouble.meet(TryLater("down"))
    await trouble.call(fine)
    clock.automatic = False
    await clock.advance(7200)
    clock.automatic = True
    await trouble.meet(TryLater("down again"))


async def test_a_call_is_repeated_until_it_works():
    clock, _, trouble = make(Patient(2))
    left = [3]

    async def work() -> str:
        if left[0]:
            left[0] -= 1
            raise TryLater("down")
        return "done"

    assert await trouble.call(work) == "done"
    assert len(clock.slept) == 5


async def test_a_person_is_asked_at_once():
    clock, said, trouble = make(Patient())

    async def probe() -> None:
        raise NeedsUser("sign in", need="sign_in")

    trouble._probe = probe
    with pytest.raises(NeedsUser):
        await trouble.meet(TryLater("down"))
    assert len(clock.slept) == 1
    assert not trouble.known
    assert said[-1] == ("", None)
