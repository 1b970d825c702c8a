"""A thousand files of every kind, backed up by somebody without special rights."""

import os
import shutil
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1
from pathlib import Path

import pytest

from tests.acceptance.client import Person, Running
from tests.acceptance.conftest import VERSIONS
from tests.acceptance.hostile import Hostile, build, picture, repair, vanishing
from tests.acceptance.photos import content
from tests.acceptance.photos import sha1 as sha1_of
from tests.acceptance.unprivileged import Somebody, somebody
from tray_app.core.asset import shown
from tray_app.demo.process import DemoProcess, serve_in_process


@pytest.fixture(scope="module")
def open_place():
    """A folder everyone may pass through; pytest's own belongs to root alone."""
    place = Path(tempfile.mkdtemp(prefix="immich-tray-"))
    place.chmod(0o755)
    yield place
    for root, folders, _ in os.walk(place):
        for name in folders:
            if not Path(root, name).is_symlink():
                Path(root, name).chmod(0o755)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def nobody(open_place):
    return somebody(open_place)


class Growing(threading.Thread):
    """Writes to the end of a file every 50 ms, as a camera does that is still filming."""

    def __init__(self, path: bytes) -> None:
        super().__init__()
        self._path = path
        self.enough = threading.Event()

    def run(self) -> None:
        number = 0
        with open(self._path, "ab", buffering=0) as file:
            while not self.enough.wait(0.05):
                number += 1
                file.write(content(number, 200))


def _until(running: Running, condition) -> None:
    while not condition():
        assert not running.over, running.err
        time.sleep(0.01)


def _at_server(server: DemoProcess, email: str) -> Counter[str]:
    found = Counter(asset.sha1 for asset in server.assets(email))
    kept = Counter(sha1_of(asset.path) for asset in server.assets(email) if asset.path)
    assert found == kept, "what the server tells is what it keeps"
    return found


def _named(tree: Hostile, wanted: dict[bytes, str]) -> dict[str, str]:
    return {shown(os.fsdecode(path)): word for path, word in wanted.items()}


def _check(done, tree: Hostile, server: DemoProcess, email: str, log: Path) -> None:
    result = done.json
    counted = result["completedCount"] + result["duplicateCount"] + result["failedCount"]
    assert result["totalCount"] == counted
    assert _at_server(server, email) == Counter(set(tree.wanted.values()))
    failures = {failure["path"]: failure["reason"] for failure in result["failures"]}
    expected = _named(tree, tree.failing)
    assert set(failures) == set(expected)
    assert len(result["failures"]) == result["failedCount"] == len(expected)
    for path, word in expected.items():
        assert word in failures[path], (path, failures[path])
    told = log.read_text()
    for path, word in _named(tree, tree.skipped).items():
        [line] = {line.rpartition(path)[2] for line in told.splitlines() if path in line}
        assert word in line, (path, line)
    assert done.status == (1 if expected else 0)


@pytest.mark.timeout(120)
def test_every_file_arrives_once_or_is_named(tmp_path, open_place, nobody, record):
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(_everything, tmp_path / each, each, open_place, nobody) for each in VERSIONS
        ]
    for run in runs:
        record(**run.result())


def _everything(place, version: str, open_place: Path, nobody: Somebody) -> dict[str, float]:
    with serve_in_process(place, version=version) as server:
        return _back_up_everything(server, open_place / f"person-{version}", nobody)


def _back_up_everything(server: DemoProcess, who: Path, nobody: Somebody) -> dict[str, float]:
    person = Person.of(who, server)
    person.command, person.extra = nobody.command, {"PYTHONPATH": nobody.path}
    email = f"{who.name}@example.org"
    root = os.fsencode(who / "photos")
    tree = build(root, os.fsencode(who / "elsewhere.jpg"))
    vanisher = vanishing(tree)
    grower = tree.path(b"odd", b"grows.jpg")
    grown = tree.path(b"odd", b"never ends.jpg")
    Path(os.fsdecode(grown)).write_bytes(content("never ends"))
    tree.failing[grown] = "still being written"
    nobody.give(who)
    before = picture(root)

    log = person.home / "logs" / "immich-tray.log"
    growing, endless = Growing(grower), Growing(grown)
    growing.start()
    endless.start()
    running = person.start_backup(who / "photos")
    try:
        _until(running, lambda: server.log.count("POST", "/api/assets/bulk-upload-check"))
        os.unlink(vanisher)
        _until(running, lambda: server.log.count("POST", "/api/assets") > 500)
        growing.enough.set()
        growing.join()
        tree.wanted[grower] = sha1(Path(os.fsdecode(grower)).read_bytes()).hexdigest()
        done = running.end()
    finally:
        for thread in (growing, endless):
            thread.enough.set()
            thread.join()
    _check(done, tree, server, email, log)
    assert done.json["duplicateCount"] == 2, "a twin and a link to one"
    changed = {vanisher, grower, grown, os.path.dirname(grower)}
    after = picture(root)
    assert {p: f for p, f in before.items() if p not in changed} == {
        p: f for p, f in after.items() if p not in changed
    }
    measured = {"files": len(tree.wanted), "seconds": done.json["seconds"]}

    moved = next(path for path in tree.wanted if b"\n" in path and b"caf\xe9" in path)
    tree.wanted[new := tree.path(b"moved here", b"since.jpg")] = tree.wanted.pop(moved)
    os.rename(moved, new)
    repair(tree)
    tree.wanted[grown] = sha1(Path(os.fsdecode(grown)).read_bytes()).hexdigest()
    nobody.give(who)
    server.log.clear()
    done = person.backup(who / "photos")
    _check(done, tree, server, email, log)
    assert (done.json["completedCount"], done.json["totalCount"]) == (3, 3)
    assert server.log.count("POST", "/api/assets") == 3, "what moved is not sent again"
    return measured
