"""An unchanged folder is known by its seal; whatever changes a row in it breaks the seal."""

import os
import sqlite3

import pytest

from tray_app.adapters.files.walk import walk
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.index import Index
from tray_app.core.asset import Kind, LocalFile
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.listing import WalkRules

KINDS = {".jpg": Kind.IMAGE, ".mp4": Kind.VIDEO, ".xmp": Kind.SIDECAR}
EXCLUSION = ExclusionRules()
QUICK = WalkRules(KINDS, EXCLUSION.excludes, EXCLUSION.spares)
CAREFUL = WalkRules(KINDS, EXCLUSION.excludes)


class Desk:
    """One folder and its index."""

    def __init__(self, folder):
        self.photos = folder / "photos"
        self.photos.mkdir()
        self.database = Database(folder / "backup.db", "backup")
        self.index = Index(self.database)

    def write(self, name, data=b"some bytes"):
        (self.photos / name).write_bytes(data)

    async def scan(self) -> int:
        await self.index.begin_scope()
        return await self.index.reconcile([*walk(str(self.photos), QUICK)])

    def rows(self, query):
        connection = sqlite3.connect(self.database.path)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    @property
    def sealed(self) -> bool:
        return self.rows("SELECT seen IS NOT NULL FROM folder") == [(1,)]

    def present(self):
        return self.rows("SELECT name FROM file WHERE present ORDER BY name")


@pytest.fixture
def desk(tmp_path):
    found = Desk(tmp_path)
    yield found
    found.database.close()


async def test_an_unchanged_folder_is_compared_once(desk):
    desk.write("a.jpg")
    assert await desk.scan() == 1
    assert desk.sealed
    desk.database.run_now(lambda conn: conn.execute("DROP TRIGGER file_seen_update").fetchall())
    desk.database.run_now(lambda conn: conn.execute("UPDATE file SET size = 1").fetchall())
    assert await desk.scan() == 0  # nobody has looked at the rows


CHANGES = {
    "another size": lambda desk: desk.write("a.jpg", b"more bytes than before"),
    "a new file": lambda desk: desk.write("c.jpg"),
    "a file less": lambda desk: (desk.photos / "a.jpg").unlink(),
    "another name": lambda desk: (desk.photos / "a.jpg").rename(desk.photos / "d.jpg"),
    "another time": lambda desk: os.utime(desk.photos / "a.jpg", ns=(1, 1)),
    "a sidecar": lambda desk: desk.write("a.jpg.xmp"),
    "the same bytes in another file": lambda desk: (
        desk.write("a.tmp"),
        (desk.photos / "a.tmp").rename(desk.photos / "a.jpg"),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_what_changes_in_a_sealed_folder_is_seen(desk, change):
    desk.write("a.jpg")
    desk.write("b.jpg")
    await desk.scan()
    before = desk.rows("SELECT * FROM file")
    change(desk)
    await desk.scan()
    after = desk.rows("SELECT * FROM file")
    assert after != before
    assert await desk.scan() == 0
    assert desk.sealed
    listed = sorted(entry.name for one in walk(str(desk.photos), CAREFUL) for entry in one.entries)
    assert [os.fsdecode(name) for (name,) in desk.present()] == listed


WRITES = (
    "UPDATE file SET present = 0",
    "UPDATE file SET size = size + 1",
    "UPDATE file SET mtime_ns = mtime_ns + 1",
    "UPDATE file SET ctime_ns = ctime_ns + 1",
    "UPDATE file SET inode = '1'",
    "UPDATE file SET sidecar = x'61'",
    "DELETE FROM file",
    (
        "INSERT INTO file (folder_id, name, stem, kind, pair_role, size, mtime_ns, ctime_ns, inode)"
        " SELECT id, x'62', x'62', 'image', 0, 1, 1, 1, '1' FROM folder"
    ),
)


@pytest.mark.parametrize("statement", WRITES)
async def test_whoever_writes_a_row_breaks_the_seal(desk, statement):
    desk.write("a.jpg")
    await desk.scan()
    wanted = desk.rows("SELECT name, size, mtime_ns, ctime_ns, inode, sidecar, present FROM file")
    desk.database.run_now(lambda conn: conn.execute(statement).fetchall())
    assert not desk.sealed
    await desk.scan()
    present = "SELECT name, size, mtime_ns, ctime_ns, inode, sidecar, present FROM file"
    assert desk.rows(f"{present} WHERE present") == wanted


async def test_hashing_an_unchanged_file_keeps_the_seal_and_a_changed_one_breaks_it(desk):
    desk.write("a.jpg")
    await desk.scan()
    [listing] = walk(str(desk.photos), QUICK)
    [file_id] = desk.rows("SELECT id FROM file")[0]
    stamp = listing.entries[0].stamp
    file = LocalFile(file_id, str(desk.photos / "a.jpg"), Kind.IMAGE, stamp, sha1=b"1" * 20)
    await desk.index.save_hashes([file])
    assert desk.sealed
    await desk.index.restamp(file, stamp._replace(size=99))
    assert not desk.sealed
    assert await desk.scan() == 1


async def test_a_name_that_is_no_utf_8_is_compared_each_time(desk):
    name = os.fsdecode(b"\xff.jpg")
    desk.write(name)
    assert await desk.scan() == 1
    assert not desk.sealed
    assert await desk.scan() == 0


async def test_a_file_gone_with_its_folder_comes_back(desk):
    desk.write("a.jpg")
    await desk.scan()
    away = desk.photos.with_name("away")
    desk.photos.rename(away)
    await desk.index.begin_scope()
    await desk.index.forget_unseen(str(desk.photos), [])
    assert desk.present() == []
    away.rename(desk.photos)
    await desk.scan()
    assert desk.present() == [(b"a.jpg",)]
