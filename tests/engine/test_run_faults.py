"""Each trouble of the server: the right next action, the right words, and recovery."""

import asyncio
import time
from dataclasses import replace

import msgspec
import pytest

from tests.engine.rig import counts, sha1
from tests.faults.trial import another_identity
from tray_app.adapters.immich.client import ImmichServer
from tray_app.core import backoff
from tray_app.core.errors import AssetRejected, Need, NeedsUser
from tray_app.core.run import Outcome
from tray_app.demo.faults import (
    CaptivePortal,
    CutUpload,
    LoseAnswer,
    Maintenance,
    ProxyError,
    ProxyTooLarge,
    QuotaExceeded,
    RevokedToken,
    ServerError,
    SlowRead,
    TooManyRequests,
    WrongChecksum,
)
from tray_app.demo.server import DemoServer
from tray_app.engine.run import acquaintance


def fill(bench, number: int = 4) -> None:
    for index in range(number):
        bench.put(f"{index}.jpg", f"photo {index}", mtime=1_700_000_000 - index)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (CutUpload(times=2), "broke"),
        (TooManyRequests(times=2, path="/api/assets", retry_after="1"), "429"),
        (ServerError(times=2, path="/api/assets"), "500"),
        (ProxyError(times=2, path="/api/assets", status=502), "502"),
        (ProxyError(times=2, path="/api/assets", status=503), "503"),
        (CaptivePortal(times=2, path="/api/assets"), "login page"),
        (Maintenance(times=4, path="/api/"), "maintenance"),
    ],
    ids=lambda value: value.__class__.__name__ if not isinstance(value, str) else "",
)
async def test_passing_trouble_is_waited_out(each_bench, fault, words, caplog):
    bench = each_bench
    fill(bench)
    bench.server.faults.add(fault)
    result = await bench.backup(patience=30)
    assert counts(result) == (4, 4, 0, 0), result
    assert len(bench.assets()) == 4
    assert words in " ".join(bench.announced) + caplog.text


async def test_trouble_that_lasts_ends_the_run_and_keeps_the_queue(each_bench, both_loops):
    bench = each_bench
    fill(bench)
    bench.server.faults.add(ServerError(path="/api/assets"))
    result = await bench.backup(patience=1)
    assert result.outcome == "trouble"
    assert "500" in result.reason
    assert counts(result)[1:] == (0, 0, 0)
    bench.server.faults.clear()
    assert counts(await bench.backup()) == (4, 4, 0, 0)
    assert bench.rows("SELECT count(*) FROM failure") == [(0,)]


async def test_a_login_page_that_lasts_is_waiting_and_no_failure(bench):
    fill(bench)
    bench.server.faults.add(CaptivePortal(path="/api/assets"))
    result = await bench.backup(patience=1)
    assert (result.outcome, result.portal) == ("waiting", True)
    assert "(captive portal)" in result.reason
    assert bench.rows("SELECT count(*) FROM failure") == [(0,)]
    assert bench.rows("SELECT 1 FROM fact WHERE key = 'backupFailedSince'") == []
    bench.server.faults.clear()
    assert counts(await bench.backup()) == (4, 4, 0, 0)


async def test_a_server_that_takes_no_files_ends_the_run_though_it_answers(bench):
    """A full disk: everything but uploads works. Few files may take the blame, not all."""
    fill(bench, 30)
    bench.server.faults.add(ServerError(path="/api/assets", method="POST", match=".jpg"))
    result = await asyncio.wait_for(bench.backup(patience=4), 40)
    assert result.outcome == "trouble"
    assert result.upload.failed_count <= 4
    assert result.upload.remaining >= 26


async def test_one_bad_file_is_parked_and_delays_nobody(each_bench):
    bench = each_bench
    fill(bench)
    bench.server.faults.add(ServerError(match="1.jpg"))
    result = await bench.backup()
    assert counts(result) == (4, 3, 0, 1)
    (failed,) = result.failures
    assert failed.path.endswith("1.jpg")
    assert failed.status == 500
    # Parked: not due a moment later, and named all the same.
    bench.server.log.clear()
    later = await bench.backup(retry_parked=False)
    assert counts(later) == (1, 0, 0, 1)
    assert bench.uploads() == 0
    bench.server.faults.clear()
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    assert bench.rows("SELECT count(*) FROM failure") == [(0,)]


async def test_three_bad_files_pause_the_queue_and_are_parked_in_the_end(bench, monkeypatch):
    monkeypatch.setattr(backoff, "LONGEST_QUEUE_PAUSE", 0.5)
    fill(bench, 3)
    bench.server.faults.add(ServerError(match=".jpg"))
    result = await bench.backup(patience=60)
    assert any("500" in words for words in bench.announced)  # the server was suspected
    assert result.outcome == "done"
    assert counts(result) == (3, 0, 0, 3)
    bench.server.faults.clear()
    assert counts(await bench.backup()) == (3, 3, 0, 0)


async def test_a_413_teaches_the_limit(each_bench):
    bench = each_bench
    bench.put("small.jpg", "s" * 1000, mtime=1)
    bench.put("big.jpg", "b" * 40_000, mtime=3)
    bench.put("bigger.jpg", "c" * 50_000, mtime=2)
    bench.server.faults.add(ProxyTooLarge(limit=20_000))
    result = await bench.backup(concurrency=1)
    assert counts(result) == (3, 1, 0, 2)
    assert {failed.status for failed in result.failures} == {413}
    assert bench.uploads() == 2  # the bigger one was never sent
    bench.server.log.clear()
    again = await bench.backup()
    assert counts(again) == (2, 0, 0, 2)
    assert bench.uploads() == 0
    # Once the limit is forgotten (a week, or "retry all") it is measured anew.
    bench.server.faults.clear()
    bench.rows("UPDATE size_limit SET learned_at = '2020-01-01T00:00:00+00:00'")
    assert counts(await bench.backup()) == (2, 2, 0, 0)


async def test_files_too_large_for_one_address_wait_for_the_one_in_ones_own_network(bench):
    bench.put("small.jpg", "s" * 1000)
    bench.put("big.jpg", "b" * 40_000)
    bench.server.faults.add(ProxyTooLarge(limit=20_000))
    bench.near = "http://127.0.0.1:1"  # away from home
    await bench.backup(retry_parked=False)
    result = await bench.backup()
    assert [failed.reason for failed in result.failures] == [
        (
            f"Waits for {bench.near}/api: the way by {bench.server.url}/api takes no files of"
            " 40.0 kB and more (413)."
        )
    ]
    bench.server.faults.clear()
    assert counts(await bench.backup(retry_parked=False)) == (1, 0, 0, 1)
    bench.near = bench.server.url.replace("127.0.0.1", "localhost")  # at home, long before a retry
    assert counts(await bench.backup(retry_parked=False)) == (1, 1, 0, 0)


async def test_a_forgotten_limit_does_not_come_back_with_a_larger_one(bench):
    bench.put("a.jpg", "a" * 50_000)
    bench.server.faults.add(ProxyTooLarge(limit=20_000))
    await bench.backup()
    bench.rows("UPDATE size_limit SET bytes = 10, learned_at = '2020-01-01T00:00:00+00:00'")
    await bench.backup()
    assert bench.rows("SELECT bytes FROM size_limit") == [(50_000,)]


@pytest.mark.parametrize("real", [True, False])
async def test_a_used_up_quota_stops_and_asks(each_bench, real):
    bench = each_bench
    fill(bench)
    if real:
        bench.server.set_quota(len("photo 0"))
    else:
        bench.server.faults.add(QuotaExceeded(skip=1))
    result = await bench.backup(concurrency=1)
    assert (result.outcome, result.need) == ("needsUser", Need.QUOTA)
    assert "quota" in result.reason.lower()
    assert len(bench.assets()) == 1
    bench.server.faults.clear()
    bench.server.set_quota(None)
    again = await bench.backup()
    assert again.outcome == "done"
    assert len(bench.assets()) == 4


async def test_a_revoked_key_stops_and_asks(each_bench):
    bench = each_bench
    fill(bench)
    bench.server.faults.add(RevokedToken(path="/api/assets", method="POST"))
    result = await bench.backup()
    assert (result.outcome, result.need) == ("needsUser", Need.SIGN_IN)


async def test_every_missing_permission_is_named_at_once(each_bench):
    bench = each_bench
    key = bench.server.add_api_key(["asset.read"])
    with pytest.raises(NeedsUser) as caught:
        await bench.backup(key=key)
    assert caught.value.need is Need.PERMISSION
    assert "asset.upload" in caught.value.reason
    assert "user.read" in caught.value.reason


async def test_a_lost_answer_costs_no_second_body(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    bench.server.faults.add(LoseAnswer(times=1, path="/api/assets", method="POST", match="a.jpg"))
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert bench.uploads() == 1
    assert bench.states() == {sha1(b"a"): "uploaded"}


async def test_a_wrong_copy_is_told_and_sent_again(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    bench.server.faults.add(WrongChecksum(times=1))
    result = await bench.backup()
    assert counts(result) == (1, 1, 0, 0)
    assert sha1(b"a") in {asset.checksum for asset in bench.assets()}


async def test_a_server_that_always_stores_something_else_is_never_believed(each_bench):
    bench = each_bench
    bench.put("a.jpg", "a")
    bench.put("b.jpg", "b")
    bench.server.faults.add(WrongChecksum(match="a.jpg"))
    result = await bench.backup(patience=60)
    assert counts(result) == (2, 1, 0, 1)
    assert "other bytes" in result.failures[0].reason
    wrong = [asset.id for asset in bench.assets() if asset.file_name == "a.jpg"]
    assert any(one in result.failures[0].reason for one in wrong)
    assert list(bench.states()) == [sha1(b"b")]
    assert bench.uploads() <= 4


async def test_a_stop_finishes_the_current_upload_and_keeps_the_rest(each_bench, both_loops):
    bench = each_bench
    for index in range(6):
        bench.put(f"{index}.jpg", f"{index}" * 60_000, mtime=1_700_000_000 - index)
    bench.server.faults.add(SlowRead(bytes_per_second=120_000))
    begin: list[float] = []

    def stop(state):
        if state.bytes_sent and not begin:
            begin.append(time.monotonic())
            bench.run.stop()

    bench.on_publish = stop
    result = await bench.backup(concurrency=1)
    assert time.monotonic() - begin[0] < 5
    assert result.outcome == "stopped"
    assert counts(result) == (6, 1, 0, 0)
    assert result.upload.remaining == 5
    assert list(bench.states().values()) == ["uploaded"]
    bench.server.faults.clear()
    bench.on_publish = lambda _state: None
    assert counts(await bench.backup()) == (5, 5, 0, 0)


async def test_a_stop_during_a_pause_does_not_wait_for_its_end(bench):
    fill(bench)
    bench.server.faults.add(TooManyRequests(path="/api/assets", retry_after="60"))
    running = asyncio.create_task(bench.backup(patience=600))
    while not bench.announced:
        await asyncio.sleep(0.01)
    begin = time.monotonic()
    bench.run.stop()
    result = await running
    assert time.monotonic() - begin < 2
    assert result.outcome == "stopped"


async def test_a_stop_while_folders_are_looked_at_ends_the_look(bench):
    for index in range(300):
        bench.put(f"{index}/a.jpg", f"{index}")

    def stop(state):
        bench.run.stop()

    bench.on_publish = stop
    result = await bench.backup()
    assert result.outcome == "stopped"
    assert bench.rows("SELECT count(*) FROM file")[0][0] < 300
    bench.on_publish = lambda _state: None
    assert counts(await bench.backup())[1] == 300


async def test_a_refused_check_is_told_and_no_bug(bench, monkeypatch):
    async def refused(_self, _sums):
        raise AssetRejected("The server answered 418.", status=418)

    fill(bench)
    monkeypatch.setattr(ImmichServer, "check", refused)
    result = await bench.backup()
    assert (result.outcome, result.reason) == ("trouble", "The server answered 418.")


async def test_somebody_else_after_a_silence_gets_nothing(bench, tmp_path, monkeypatch):
    """While files are looked for, the idle connection ends; who is there next takes our sign-in."""
    monkeypatch.setattr(acquaintance, "SILENCE_SECONDS", 0.0)
    fill(bench)
    others: list[DemoServer] = []

    def now_another(state):
        if state.total_count and not others:
            bench.server.stop()
            folder = another_identity(bench.server.options.folder, tmp_path / "other")
            others.append(DemoServer(folder, port=bench.server.port).start())

    bench.on_publish = now_another
    result = await bench.backup()
    (other,) = others
    try:
        assert result.outcome is Outcome.NEEDS_USER
        assert "Another account" in result.reason
        assert other.log.count("GET", "/api/users/me") == 1
        assert other.log.count("POST") == 0
    finally:
        other.stop()


async def test_without_a_silence_nobody_is_asked_again(bench, monkeypatch):
    monkeypatch.setattr(acquaintance, "SILENCE_SECONDS", 3600.0)
    fill(bench)
    await bench.backup()
    assert bench.server.log.count("GET", "/api/users/me") == 1


async def test_another_user_who_answers_after_trouble_gets_nothing(bench, monkeypatch):
    """A server goes away in the middle of a run, and somebody else's takes the same sign-in."""
    for n in range(6):
        bench.put(f"{n}.jpg", f"photo {n}")
    monkeypatch.setattr(acquaintance, "SILENCE_SECONDS", 3600.0)  # the trouble alone is a reason
    bench.settings = replace(bench.settings, upload_concurrency=1)
    bench.server.faults.add(ServerError(path="/api/assets", skip=2, times=1))
    real, asked = ImmichServer.me, []

    async def me(self):
        asked.append(await real(self))
        return asked[0] if len(asked) == 1 else msgspec.structs.replace(asked[0], user_id="other")

    monkeypatch.setattr(ImmichServer, "me", me)
    result = await bench.backup()
    assert len(asked) == 2
    assert result.outcome is Outcome.NEEDS_USER
    assert "Another account" in result.reason
    assert 1 <= len(bench.assets()) < 6
