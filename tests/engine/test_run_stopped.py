"""A run that is ended while it sends: what arrives late is ours, not somebody's duplicate."""

import asyncio

import pytest

from tests.engine.rig import counts, sha1
from tests.fakes.machine import METERED
from tray_app.core.run import Outcome
from tray_app.demo.faults import SlowAnswer
from tray_app.engine.run import pipeline


@pytest.fixture
def late(bench, monkeypatch):
    """The server has the file long before its answer comes, after the time to finish."""
    monkeypatch.setattr(pipeline, "FINISH_SECONDS", 0.2)
    bench.server.faults.add(SlowAnswer(seconds=3, match=".jpg", times=1))
    return bench


def when_stored(bench, act):
    """Act once the server has the first file, while its answer is on hold."""

    def look(_state):
        if bench.assets() and not bench.acted:
            bench.acted = True
            act()

    bench.acted = False

    async def watch():
        while not bench.acted:
            look(None)
            await asyncio.sleep(0.01)

    return asyncio.create_task(watch())


ENDS = {
    "stop": (lambda bench: bench.run.stop(), Outcome.STOPPED),
    "hold": (lambda bench: bench.run.hold((METERED,)), Outcome.WAITING),
}


@pytest.mark.parametrize("end", ENDS)
async def test_an_upload_that_ends_late_is_no_duplicate_in_the_next_run(late, end):
    act, outcome = ENDS[end]
    late.put("a.jpg", "a", mtime=1000)
    late.put("a.xmp", "<x/>")
    watching = when_stored(late, lambda: act(late))
    first = await late.backup(concurrency=1)
    await watching
    assert (first.outcome, counts(first)) == (outcome, (1, 0, 0, 0))
    assert late.rows("SELECT sha1 FROM sent") == [(sha1(b"a"),)]
    second = await late.backup()
    assert counts(second) == (1, 1, 0, 0)
    assert late.states() == {sha1(b"a"): "uploaded"}
    assert second.upload.bytes_sent == 0
    assert second.notes == ()  # its sidecar went along then
    assert late.rows("SELECT * FROM sent") == []


async def test_a_cancelled_program_remembers_it_too(late):
    late.put("a.jpg", "a", mtime=1000)
    backing_up = asyncio.create_task(late.backup(concurrency=1))
    await when_stored(late, backing_up.cancel)
    with pytest.raises(asyncio.CancelledError):
        await backing_up
    assert counts(await late.backup()) == (1, 1, 0, 0)


async def test_a_finished_upload_is_confirmed_within_the_time_to_stop(bench, monkeypatch):
    monkeypatch.setattr(pipeline, "FINISH_SECONDS", 0.7)  # less than the usual gathering
    for number in range(3):
        bench.put(f"{number}.jpg", f"{number}", mtime=1000)
    bench.server.faults.add(SlowAnswer(seconds=0.3, match=".jpg"))
    watching = when_stored(bench, lambda: bench.run.stop())  # noqa: PLW0108  the run comes later
    first = await bench.backup(concurrency=1)
    await watching
    assert (first.outcome, counts(first)) == (Outcome.STOPPED, (3, 1, 0, 0))
    assert counts(await bench.backup()) == (2, 2, 0, 0)


async def test_what_did_not_arrive_is_sent_again_and_counts_once(bench, monkeypatch):
    monkeypatch.setattr(pipeline, "FINISH_SECONDS", 0.2)
    bench.put("a.jpg", b"a" * 3_000_000, mtime=1000)
    bench.on_publish = lambda state: state.bytes_sent and bench.run.stop()
    first = await bench.backup(bandwidth=300_000)
    assert counts(first) == (1, 0, 0, 0)
    assert bench.assets() == []
    bench.on_publish = lambda _state: None
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    assert bench.rows("SELECT * FROM sent") == []
