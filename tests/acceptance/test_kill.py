"""SIGKILL at random moments: nothing missing, nothing twice, both databases whole."""

import random
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.acceptance.client import Person
from tests.acceptance.conftest import VERSIONS
from tests.acceptance.photos import created, holds_once, photos, settled
from tray_app.demo.faults import SlowAnswer
from tray_app.demo.process import DemoProcess, serve_in_process

FILES = 200
SETTLED = 0.35


def whole(person: Person) -> None:
    """Assert that SQLite finds nothing wrong."""
    for name in ("backup.db", "library.db"):
        path = person.home / "data" / name
        if path.exists():
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
                assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)], name


@dataclass
class Killing:
    """Runs that are killed after random delays; a finished library gets 200 new photos."""

    server: DemoProcess
    person: Person
    folder: Path
    dice: random.Random
    batches: int = 0
    killed: int = 0
    hit: Counter[str] = field(default_factory=Counter)

    def more(self) -> None:
        photos(self.folder / f"{self.batches}", FILES, 400, seed=self.batches)
        self.batches += 1
        settled(SETTLED)

    def kill_once(self, begins: float, window: float) -> None:
        """Start, wait a random part of `window` seconds after `begins`, kill."""
        before = self.server.log.total
        running = self.person.start_backup(self.folder)
        time.sleep(begins + self.dice.random() * window)
        if running.over:
            assert running.end().status == 0
            self.more()
            return
        running.kill()
        self.killed += 1
        entries = self.server.log.entries()[before:]
        paths = Counter(entry.path.rpartition("/")[2] for entry in entries)
        if paths["assets"]:
            self.hit["uploading"] += 1
        elif paths["bulk-upload-check"]:
            self.hit["checking"] += 1
        else:
            self.hit["connecting_or_hashing" if entries else "starting"] += 1


def _kill(server, person, email, folder, kills: int, seed: int) -> Killing:
    killing = Killing(server, person, folder, random.Random(seed))
    killing.more()
    (folder.parent / "nothing").mkdir()
    started = time.monotonic()
    assert person.backup(folder.parent / "nothing").status == 0
    length = time.monotonic() - started
    server.faults.add(SlowAnswer(seconds=0.05, path="/api/assets"))
    server.log.clear()
    while killing.killed < kills:
        killing.kill_once(0.25 * length, 1.6 * length)
    server.faults.clear()
    done = person.backup(folder)
    assert (done.status, done.json["failedCount"]) == (0, 0), done.err
    made = created(server)
    holds_once(server, email, folder)
    assert len(server.assets(email)) == FILES * killing.batches
    whole(person)
    assert made == FILES * killing.batches, "each file was uploaded once, and none again"
    return killing


def tell(record, killing: Killing) -> None:
    stages = {f"while_{stage}": count for stage, count in killing.hit.items()}
    record(kills=killing.killed, files=FILES * killing.batches, **stages)


def _with_own_server(place: Path, version: str) -> Killing:
    with serve_in_process(place / "server", version=version) as server:
        who = Person.of(place / "who", server)
        who.settings(backupTriggerDelay=0)
        return _kill(server, who, "who@example.org", place / "photos", 12, 1)


def test_killed_a_dozen_times(tmp_path, record):
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_with_own_server, tmp_path / each, each) for each in VERSIONS]
    for killing in (run.result() for run in runs):
        hit = killing.hit
        assert hit["uploading"] >= 2, hit
        assert sum(hit.values()) - hit["uploading"] >= 1, hit
        tell(record, killing)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("kills", "seed"), [(50, 2), (100, 3)])
def test_killed_many_times(server, person, email, tmp_path, record, kills, seed):
    killing = _kill(server, person, email, tmp_path / "photos", kills, seed)
    tell(record, killing)
