"""Three computers, one account, at once: nothing twice, nothing lost between their checkpoints."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.client import Person
from tests.acceptance.photos import photo, settled, sha1, stored
from tests.acceptance.test_kill import whole
from tests.sync.world import DAY, IN_THE_LIBRARY, NEW_ALBUM, OwnWorld, ident, ordered
from tray_app.demo.options import DEMO_PASSWORD
from tray_app.demo.process import DemoProcess, serve_in_process

EMAIL = "family@example.org"
COMPUTERS = ("desk", "laptop", "attic")


class Computer:
    """One installation with its own session, and its folder."""

    def __init__(self, place: Path, server: DemoProcess) -> None:
        self.folder = place / "photos"
        self.person = Person(place)
        place.mkdir()
        self.person.settings(backupTriggerDelay=0)
        self.person.extra = {
            "IMMICH_INSTANCE_URL": server.url,
            "IMMICH_EMAIL": EMAIL,
            "IMMICH_PASSWORD": DEMO_PASSWORD,
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
            "TEST_KEYRING": str(place / "keyring"),
        }

    def back_up(self):
        return self.person.start_backup(self.folder)

    def sync(self):
        return self.person.start("sync", "--once", "--json")

    def library(self) -> dict[str, list[tuple]]:
        path = self.person.home / "data" / "library.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
            return {
                name: ordered(conn.execute(sql).fetchall()) for name, sql in IN_THE_LIBRARY.items()
            }


class Family:
    """The computers, the server, and what a person does in its web page meanwhile."""

    def __init__(self, place: Path, server: DemoProcess, seed: int) -> None:
        self.server = server
        server.add_user(EMAIL)
        self.me = server.user(EMAIL).id
        self.dice = random.Random(seed)
        self.computers = [Computer(place / name, server) for name in COMPUTERS]
        self.deleted: set[str] = set()
        self.made = 0

    def new_photos(self, count: int) -> None:
        """Two thirds of them lie on two computers or all three."""
        for _ in range(count):
            self.made += 1
            for computer in self.dice.sample(self.computers, self.dice.randint(1, 3)):
                folder = computer.folder / self.dice.choice("abc")
                photo(folder / f"IMG_{self.made}.jpg", ("family", self.made), 300)
        settled()

    def at_once(self, what: str) -> None:
        running = [getattr(computer, what)() for computer in self.computers]
        for one in running:
            done = one.end(600)
            assert done.status == 0, done.said

    def in_the_web(self, count: int) -> None:
        """Delete some for good, trash some, fill albums."""
        there = [asset for asset in self.server.assets(EMAIL) if asset.deleted_at is None]
        gone = self.dice.sample(there, min(count, len(there) // 3))
        half = len(gone) // 2
        self.deleted |= {asset.sha1 for asset in gone}
        db = self.server.state.db
        for asset in gone[:half]:
            db.run("DELETE FROM asset WHERE id = ?", (asset.id,))
        self.server.state.library.trash([asset.id for asset in gone[half:]])
        album = ident("album", self.made)
        db.run(NEW_ALBUM, (album, self.me, f"Album {self.made}", DAY, DAY))
        left = [asset for asset in there if asset not in gone]
        for asset in self.dice.sample(left, min(count, len(left))):
            db.run("INSERT INTO album_asset (album_id, asset_id) VALUES (?, ?)", (album, asset.id))

    def on_disks(self) -> set[str]:
        return {
            sha1(path) for computer in self.computers for path in computer.folder.rglob("*.jpg")
        }

    def verdict(self) -> None:
        there = stored(self.server, EMAIL)
        assert max(there.values()) == 1, "something is there twice"
        assert set(there) | self.deleted == self.on_disks() | self.deleted
        live = Counter(a.sha1 for a in self.server.assets(EMAIL) if a.deleted_at is None)
        assert not set(live) & self.deleted, "what was deleted came back"
        world = OwnWorld(self.server.state.db, self.me)
        seen = world.seen_by_me()
        for computer in self.computers:
            library = computer.library()
            for name, rows in seen.items():
                assert library[name] == rows, (computer.folder, name)
            whole(computer.person)


def live_together(place: Path, version: str, rounds: int, photos: int, changes: int) -> Family:
    with serve_in_process(place / "server", version=version) as server:
        family = Family(place, server, 7)
        for _ in range(rounds):
            family.new_photos(photos)
            family.at_once("back_up")
            family.in_the_web(changes)
            family.at_once("sync")
        family.at_once("back_up")  # nothing that was deleted comes back
        family.at_once("sync")
        family.verdict()
        return family


@pytest.mark.timeout(300)
@pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])
def test_three_computers_at_once(tmp_path, version):
    live_together(tmp_path, version, 2, 40, 8)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_three_computers_and_ten_thousand_files(tmp_path, record):
    family = live_together(tmp_path, "3.0.3", 5, 2_000, 100)
    files = sum(len(list(computer.folder.rglob("*.jpg"))) for computer in family.computers)
    assert len(family.on_disks()) == 10_000
    record(distinct_files=10_000, files_on_three=files, deleted=len(family.deleted))
