"""Each fault switch: the right next action, the right words, and recovery when it ends."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.acceptance.client import Done, Person, Running
from tests.acceptance.photos import (
    created,
    holds_once,
    photo,
    photos,
    settled,
    sha1,
    sums,
    uploads,
)
from tray_app.demo.faults import (
    AnyFault,
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
from tray_app.demo.server import DemoServer

UPLOAD = "/api/assets"
CHECK = "/api/assets/bulk-upload-check"


def until(running: Running, condition, seconds: float = 30) -> None:
    """Wait until something is so, while the program runs."""
    ends = time.monotonic() + seconds
    while not condition():
        assert not running.over, running.err
        assert time.monotonic() < ends, running.err
        time.sleep(0.01)


# The engine behind these is the same for both generations; the older one is in `make test-long`.
pytestmark = pytest.mark.parametrize(
    "shared_server",
    ["3.0.3", pytest.param("2.7.5", marks=pytest.mark.long)],
    indirect=True,
    scope="module",
)


@pytest.fixture
def folder(tmp_path):
    """Six photos that count as finished."""
    made = photos(tmp_path / "photos", 6, 3000)
    settled()
    return made


@dataclass
class Tried:
    """What one fault did to a run of its own."""

    done: Done
    used: int
    told: set[str]
    kept: int
    created: int


class Temporary(NamedTuple):
    """A fault that ends during the run; `words`: what a person is told meanwhile."""

    fault: AnyFault
    words: tuple[str, ...] = ()


TEMPORARY = {
    "cut": Temporary(CutUpload(after_bytes=1000, times=1)),
    "cut-one": Temporary(CutUpload(after_bytes=1000, times=1, match="IMG_0003")),
    "lost-answer": Temporary(LoseAnswer(times=1, method="POST", path=UPLOAD)),
    "lost-check": Temporary(LoseAnswer(times=1, path=CHECK), ("127.0.0.1",)),
    "429": Temporary(TooManyRequests(times=1, path=UPLOAD, method="POST"), ("127.0.0.1", "429")),
    "500-check": Temporary(ServerError(times=1, path=CHECK), ("500",)),
    "500": Temporary(ServerError(times=2, path=UPLOAD, method="POST")),
    "502": Temporary(ProxyError(status=502, times=2), ("127.0.0.1", "502")),
    "503": Temporary(ProxyError(status=503, times=1, path=UPLOAD), ("503",)),
    "504": Temporary(ProxyError(status=504, times=1, path="/api/users/me"), ("504",)),
    "slow-answer": Temporary(SlowAnswer(seconds=0.5, method="POST", path=UPLOAD)),
    "slow-read": Temporary(SlowRead(bytes_per_second=9000)),
    "portal": Temporary(CaptivePortal(times=2), ("web page answered", "Open a web page")),
    "portal-later": Temporary(CaptivePortal(times=2, path=UPLOAD), ("Something other than",)),
    "maintenance": Temporary(Maintenance(times=5), ("maintenance",)),
    "wrong-checksum": Temporary(WrongChecksum(times=1)),
}


def _try(place: Path, folder: Path, fault: AnyFault, version: str) -> Tried:
    with DemoServer(place / "server", version=version) as server:
        who = Person.of(place / "who", server)
        who.settings(backupTriggerDelay=0)
        number = server.faults.add(fault)
        done = who.backup(folder)
        assets = server.assets("who@example.org")
        return Tried(
            done=done,
            used=server.faults.used(number),
            told={asset.sha1 for asset in assets},
            kept=len(assets),
            created=created(server),
        )


@pytest.fixture(scope="module")
def hopeless(shared_server, tmp_path_factory):
    """Runs against trouble that does not end: 20 seconds of patience, beside the other tests."""
    base = tmp_path_factory.mktemp("hopeless")
    folder = photos(base / "photos", 1)
    with DemoServer(base / "server", version=shared_server.version) as portal:
        caught = Person.of(base / "caught", portal)
        portal.faults.add(CaptivePortal())
        gone = Person(base / "gone", "http://127.0.0.1:9", "key")
        lost = Person(base / "lost", "http://no-such-host.invalid", "key")
        cases = [
            (caught, "web page answered", "Open a web page"),
            (gone, "refused the connection", "running"),
            (lost, "no-such-host.invalid could not be found", "typing errors"),
        ]
        yield [(who.start_backup(folder), reason, remedy) for who, reason, remedy in cases]


@pytest.fixture(scope="module")
def temporary(shared_server, tmp_path_factory, hopeless):
    """All of them, each with a server of its own, four at a time: most of it is waiting."""
    base = tmp_path_factory.mktemp("temporary")
    folder = photos(base / "photos", 6, 3000)
    settled()
    version = str(shared_server.version)
    with ThreadPoolExecutor(4) as pool:
        tries = {
            name: pool.submit(_try, base / name, folder, case.fault, version)
            for name, case in TEMPORARY.items()
        }
    return sums(folder), tries


@pytest.mark.parametrize("name", TEMPORARY)
def test_what_ends_during_the_run_costs_time_only(temporary, name):
    wanted, tries = temporary
    case, tried = TEMPORARY[name], tries[name].result()
    done = tried.done
    assert tried.used >= 1, "the fault was met"
    assert (done.status, done.json["failures"]) == (0, []), done.err
    assert done.json["completedCount"] == done.json["totalCount"] == 6
    wrong = isinstance(case.fault, WrongChecksum)  # its copy is named, never deleted
    assert wanted <= tried.told
    assert tried.kept == 6 + wrong, "nothing twice"
    for word in case.words:
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


BAD = {
    "500": ServerError(match="bad"),
    "cut": CutUpload(match="bad", after_bytes=100_000),
    "wrong-checksum": WrongChecksum(match="bad"),
    "lost-answer": LoseAnswer(match="bad"),
}


@dataclass
class BadOne:
    """A run with one bad file; `waited`: seconds from the last good file to the end."""

    path: Path
    waited: float
    first: Done
    failed: int
    second: Done
    arrived: bool


def _try_bad(place: Path, folder: Path, fault: AnyFault, version: str) -> BadOne:
    bad = folder / "bad.jpg"
    good = sums(folder) - {sha1(bad)}
    with DemoServer(place / "server", version=version) as server:
        who = Person.of(place / "who", server)
        who.settings(backupTriggerDelay=0)
        server.faults.add(fault)
        running = who.start_backup(folder)
        until(running, lambda: good <= {asset.sha1 for asset in server.assets("who@example.org")})
        seen = time.monotonic()
        first = running.end()
        waited = time.monotonic() - seen
        failed = who.run("status", "--json").json["failed"]
        server.faults.clear()
        second = who.backup(folder)
        arrived = sha1(bad) in {asset.sha1 for asset in server.assets("who@example.org")}
        return BadOne(bad, waited, first, failed, second, arrived)


@pytest.fixture(scope="module")
def bad_ones(shared_server, tmp_path_factory):
    base = tmp_path_factory.mktemp("bad")
    folder = photos(base / "photos", 6, 3000)
    photo(folder / "bad.jpg", "bad", 300_000)
    settled()
    version = str(shared_server.version)
    with ThreadPoolExecutor(4) as pool:
        return {
            name: pool.submit(_try_bad, base / name, folder, fault, version)
            for name, fault in BAD.items()
        }


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_never_delays_another(bad_ones, name):
    tried = bad_ones[name].result()
    first, second = tried.first, tried.second
    if name == "lost-answer":  # it arrived all the same, and the next check says so
        assert (first.status, first.json["completedCount"], tried.arrived) == (0, 7, True)
        return
    assert tried.waited > 1, "the bad one was tried again, alone"
    assert (first.status, first.json["completedCount"], tried.failed) == (1, 6, 1)
    [failure] = first.json["failures"]
    assert failure["path"] == str(tried.path)
    assert str(tried.path) in first.err
    assert (second.status, second.json["totalCount"], second.json["failures"]) == (0, 1, [])
    assert tried.arrived


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
    film = photo(folder / "film.jpg", "film", 24_000_000)
    settled()
    server.faults.add(SlowRead(bytes_per_second=16_000_000, times=1))
    running = person.start_backup(folder)
    until(running, lambda: server.log.received > 1_000_000)
    with film.open("ab") as file:
        file.write(b"more")
    done = running.end()
    assert (done.status, done.json["completedCount"]) == (0, 1), done.err
    assert sha1(film) in {asset.sha1 for asset in server.assets(email)}
    holds_once(server, email, folder)


def test_trouble_from_the_start_is_named_and_ends_the_run(hopeless):
    for process, reason, remedy in hopeless:
        done = process.end()
        assert done.status == 1, done.err
        assert reason in done.json["error"]
        assert remedy in done.json["remedy"]
        assert list(done.json)[:2] == ["error", "remedy"]


def test_ctrl_c_ends_calmly_and_the_next_run_goes_on(server, person, email, tmp_path):
    folder = photos(tmp_path / "photos", 60, 2000)
    settled()
    server.faults.add(SlowAnswer(seconds=0.3, method="POST", path=UPLOAD))
    running = person.start_backup(folder)
    until(running, lambda: created(server) >= 3)
    running.interrupt()
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
    assert (again.status, again.json["totalCount"]) == (0, left)
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
