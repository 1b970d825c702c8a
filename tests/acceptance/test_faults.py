"""Each fault switch: the right next action, the right words, and recovery when it ends."""

import threading
import time
from pathlib import Path

import pytest

from tests.acceptance.client import Person, Running
from tests.acceptance.photos import (
    checks,
    created,
    holds_once,
    photo,
    photos,
    settled,
    sha1,
    stored,
    uploads,
)
from tray_app.demo.faults import (
    CaptivePortal,
    CutUpload,
    LoseAnswer,
    Maintenance,
    MissingPermission,
    ProxyError,
    ProxyTooLarge,
    QuotaExceeded,
    RevokedToken,
    ServerError,
    SlowAnswer,
    SlowRead,
    TooManyRequests,
    WrongChecksum,
)

UPLOAD = "/api/assets"


def until(running: Running, condition, seconds: float = 30) -> None:
    """Wait until something is so, while the program runs."""
    ends = time.monotonic() + seconds
    while not condition():
        assert not running.over, running.err
        assert time.monotonic() < ends, running.err
        time.sleep(0.01)


@pytest.fixture
def folder(tmp_path):
    """Six photos that count as finished."""
    made = photos(tmp_path / "photos", 6, 3000)
    settled()
    return made


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (CutUpload(after_bytes=1000, times=1), []),
        (CutUpload(after_bytes=1000, times=1, match="IMG_0003"), []),
        (LoseAnswer(times=1, method="POST", path=UPLOAD), []),
        (LoseAnswer(times=1, path="/api/assets/bulk-upload-check"), ["127.0.0.1"]),
        (TooManyRequests(times=1, path=UPLOAD, method="POST"), ["127.0.0.1", "429"]),
        (ServerError(times=1, path="/api/assets/bulk-upload-check"), ["500"]),
        (ServerError(times=2, path=UPLOAD, method="POST"), []),
        (ProxyError(status=502, times=2), ["127.0.0.1", "502"]),
        (ProxyError(status=503, times=1, path=UPLOAD), ["503"]),
        (ProxyError(status=504, times=1, path="/api/users/me"), ["504"]),
        (SlowAnswer(seconds=0.7), []),
        (SlowRead(bytes_per_second=6000), []),
        (CaptivePortal(times=2), ["Something other than Immich", "Open a web page"]),
        (CaptivePortal(times=2, path=UPLOAD), ["Something other than Immich"]),
        (Maintenance(times=5), ["maintenance"]),
        (WrongChecksum(times=1), []),
    ],
    ids=lambda value: f"{type(value).__name__}-{value.path}" if hasattr(value, "path") else "",
)
def test_what_ends_during_the_run_costs_time_only(server, person, email, folder, fault, words):
    number = server.faults.add(fault)
    done = person.backup(folder)
    assert server.faults.used(number) >= 1, "the fault was met"
    assert (done.status, done.json["failures"]) == (0, []), done.err
    assert done.json["completedCount"] == done.json["totalCount"] == 6
    wanted = {sha1(path) for path in folder.iterdir()}
    told = {asset.sha1 for asset in server.assets(email)}
    assert wanted <= told
    wrong = isinstance(fault, WrongChecksum)
    assert sum(stored(server, email).values()) == 6 + wrong, "nothing twice"
    for word in words:
        assert word in done.err


@pytest.mark.parametrize(
    ("fault", "need", "remedy"),
    [
        (QuotaExceeded(), "quota", "Free space on the server"),
        (RevokedToken(), "sign-in", "Sign in again"),
        (RevokedToken(method="POST", path=UPLOAD), "sign-in", "Sign in again"),
        (MissingPermission(permission="asset.upload"), "asset.upload", "API Keys"),
    ],
)
def test_what_needs_a_person_stops_at_once_and_goes_on_afterwards(
    server, person, email, folder, fault, need, remedy
):
    server.faults.add(fault)
    done = person.backup(folder)
    assert done.status == 3, done.err
    assert need in done.json["error"]
    assert remedy in done.json["remedy"]
    assert need in done.err
    assert done.json["failures"] == [], "no file is to blame"
    assert done.json["seconds"] < 3
    assert uploads(server) <= 8, "no hammering"
    server.faults.clear()
    assert person.backup(folder).status == 0
    holds_once(server, email, folder)


def test_a_key_without_a_permission_is_told_by_name_before_anything_is_read(
    server, person, email, folder
):
    person.key = server.add_api_key(("user.read",), email=email)
    done = person.backup(folder)
    assert done.status == 3
    assert "asset.upload" in done.err
    assert done.json["bytesHashed"] == 0


@pytest.mark.parametrize(
    "fault",
    [
        ServerError(match="bad"),
        CutUpload(match="bad", after_bytes=1000),
        ProxyTooLarge(match="bad"),
        WrongChecksum(match="bad"),
        LoseAnswer(match="bad"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_one_bad_file_never_delays_another(server, person, email, folder, fault):
    bad = photo(folder / "bad.jpg", "bad", 3000)
    settled()
    good = {sha1(path) for path in folder.iterdir()} - {sha1(bad)}
    server.faults.add(fault)
    running = person.start_backup(folder)
    until(running, lambda: good <= {asset.sha1 for asset in server.assets(email)}, 6)
    arrived = time.monotonic()
    done = running.end()
    if isinstance(fault, LoseAnswer):  # it arrived all the same, and the check says so
        assert (done.status, done.json["completedCount"]) == (0, 7)
        return
    if not isinstance(fault, ProxyTooLarge):
        assert time.monotonic() - arrived > 1, "the bad one was tried again, alone"
    assert (done.status, done.json["completedCount"]) == (1, 6)
    [failure] = done.json["failures"]
    assert failure["path"] == str(bad)
    assert str(bad) in done.err
    assert person.run("status", "--json").json["failed"] == 1
    server.faults.clear()
    done = person.backup(folder)
    if isinstance(fault, ProxyTooLarge):
        assert done.status == 1, "held until somebody asks"
        return
    assert (done.status, done.json["totalCount"], done.json["failures"]) == (0, 1, [])
    assert sha1(bad) in {asset.sha1 for asset in server.assets(email)}


def test_too_large_is_learned_held_and_tried_when_asked(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 3, 2000)
    large = [photo(folder / f"large {n}.jpg", n, 60_000 + n) for n in range(3)]
    settled()
    server.faults.add(ProxyTooLarge(limit=50_000))
    done = person.backup(folder)
    assert (done.status, done.json["completedCount"], done.json["failedCount"]) == (1, 3, 3)
    assert {failure["path"] for failure in done.json["failures"]} == set(map(str, large))
    for failure in done.json["failures"]:
        assert failure["status"] == 413
        assert "proxy" in failure["reason"]

    server.log.clear()
    photo(folder / "later.jpg", "later", 2000)
    settled()
    done = person.backup(folder)
    assert (done.status, done.json["completedCount"], done.json["failedCount"]) == (1, 1, 3)
    assert uploads(server) == 1, "what is too large is not sent again"

    server.faults.clear()
    assert person.run("failed", "--retry-all").status == 0
    done = person.backup(folder)
    assert (done.status, done.json["completedCount"]) == (0, 3), done.err
    holds_once(server, email, folder)


def test_an_hour_of_retry_after_ends_the_run_with_its_reason(server, person, email, folder):
    server.faults.add(TooManyRequests(retry_after="3600", path=UPLOAD, method="POST"))
    done = person.backup(folder)
    assert done.status == 1
    assert "429" in done.json["error"]
    assert "127.0.0.1" in done.json["error"]
    assert "out of reach" in done.err
    assert done.json["failures"] == []
    server.faults.clear()
    assert person.backup(folder).status == 0
    holds_once(server, email, folder)


def test_retry_after_is_obeyed_by_the_whole_queue(server, person, folder):
    server.faults.add(TooManyRequests(retry_after="2", times=1, path=UPLOAD, method="POST"))
    done = person.backup(folder)
    assert done.status == 0
    assert done.json["seconds"] >= 2
    assert uploads(server) <= 7 + 7, "others in flight may be refused, too"


def test_a_server_restart_during_the_run_is_waited_out(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 30, 3000)
    settled()
    server.faults.add(SlowAnswer(seconds=0.1, method="POST", path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: created(server) >= 5)
    down = server.faults.add(ProxyError(status=502))
    until(running, lambda: "502" in running.err)
    server.faults.remove(down)
    done = running.end()
    assert (done.status, done.json["completedCount"]) == (0, 30)
    holds_once(server, email, folder)


def test_what_is_appended_while_sending_is_not_claimed(server, person, email, tmp_path):
    folder = tmp_path / "photos"
    film = photo(folder / "film.jpg", "film", 4_000_000)
    settled()
    server.faults.add(SlowRead(bytes_per_second=4_000_000, times=1))
    running = person.start_backup(folder)
    until(running, lambda: server.log.received > 1_000_000)
    with film.open("ab") as file:
        file.write(b"more")
    done = running.end()
    assert (done.status, done.json["completedCount"]) == (0, 1), done.err
    assert sha1(film) in {asset.sha1 for asset in server.assets(email)}
    holds_once(server, email, folder)


class TestNobodyThere:
    """Trouble that does not end: twenty seconds of patience before the run, side by side."""

    pytestmark = pytest.mark.parametrize("shared_server", ["3.0.3"], indirect=True, scope="module")

    def test_the_run_says_what_is_wrong_and_ends(self, server, person, folder, tmp_path):
        gone = Person(tmp_path / "gone", "http://127.0.0.1:9", "key")
        lost = Person(tmp_path / "lost", "http://no-such-host.invalid", "key")
        for who in (gone, lost):
            who.place.mkdir()
        server.faults.add(CaptivePortal())
        running = {who.place.name: who.start_backup(folder) for who in (gone, lost, person)}
        words = {
            "gone": ("refused the connection", "running"),
            "lost": ("no-such-host.invalid could not be found", "typing errors"),
            person.place.name: ("other than Immich", "Open a web page"),
        }
        for name, process in running.items():
            done = process.end()
            reason, remedy = words[name]
            assert done.status == 1, done.err
            assert reason in done.json["error"]
            assert remedy in done.json["remedy"]
        server.faults.clear()
        assert person.backup(folder).status == 0


def _interrupted(server, person: Person, folder: Path) -> Running:
    server.faults.add(SlowAnswer(seconds=0.3, method="POST", path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: created(server) >= 3)
    running.interrupt()
    return running


def test_ctrl_c_ends_calmly_and_the_next_run_goes_on(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 60, 2000)
    settled()
    running = _interrupted(server, person, folder)
    asked = time.monotonic()
    done = running.end()
    assert time.monotonic() - asked < 6
    assert done.status == 1
    assert "stopped" in done.err
    assert "Traceback" not in done.err
    counts = done.json
    assert 3 <= counts["completedCount"] < 60
    assert counts["completedCount"] == len(server.assets(email)), "what went is confirmed"
    server.faults.clear()
    left = 60 - counts["completedCount"]
    again = person.backup(folder)
    assert (again.status, again.json["totalCount"], again.json["bytesHashed"] % 2000) == (0, left, 0)
    holds_once(server, email, folder)
    assert created(server) == 60


def test_second_ctrl_c_ends_at_once(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 30, 2000)
    settled()
    server.faults.add(SlowAnswer(seconds=4, method="POST", path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: server.log.received > 2000)
    running.interrupt()
    until(running, lambda: "Ctrl-C again" in running.err)
    asked = time.monotonic()
    running.interrupt()
    done = running.end()
    assert time.monotonic() - asked < 2
    assert done.status == 1
    assert "Stopped." in done.err
    assert "Traceback" not in done.err
    server.faults.clear()
    assert person.backup(folder).status == 0
    holds_once(server, email, folder)


def test_ctrl_c_while_the_server_is_in_trouble(server, person, email, folder):
    server.faults.add(ProxyError(status=502, path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: "502" in running.err)
    running.interrupt()
    asked = time.monotonic()
    done = running.end()
    assert time.monotonic() - asked < 7
    assert (done.status, "Traceback" in done.err) == (1, False)
    server.faults.clear()
    assert person.backup(folder).status == 0
    holds_once(server, email, folder)


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "fault", [ProxyError(status=503), Maintenance()], ids=lambda fault: type(fault).__name__
)
def test_trouble_that_stays_ends_the_run_after_two_minutes(server, person, email, tmp_path, fault):
    folder = photos(tmp_path / "photos", 40, 2000)
    settled()
    server.faults.add(SlowAnswer(seconds=0.2, method="POST", path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: created(server) >= 3)
    server.faults.add(fault)
    done = running.end(200)
    assert (done.status, done.json["failures"]) == (1, [])
    assert 60 < done.json["seconds"] < 180
    server.faults.clear()
    assert person.backup(folder).status == 0
    holds_once(server, email, folder)
