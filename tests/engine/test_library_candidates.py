"""What the synced library knows is not asked, and never sent (issue 4, part 6)."""

import os
import sqlite3

import pytest

from tests.engine.rig import counts, put, sha1
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.ledger import open_account
from tray_app.adapters.sqlite.voucher import Voucher
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import AlbumMode
from tray_app.core.sync.standing import Owner


def fill(bench, number):
    for n in range(number):
        bench.put(f"{n % 7}/{n}.jpg", f"photo {n}")


async def on_a_new_computer(bench, number=40):
    """Everything was backed up from here before; only the photos are left."""
    fill(bench, number)
    await bench.backup()
    bench.lose("backup", "library")
    bench.sign_in_again()
    await bench.sync()
    bench.server.log.clear()


async def test_a_new_computer_asks_nothing_about_what_the_library_has(synced):
    await on_a_new_computer(synced)
    result = await synced.backup()
    assert counts(result) == (40, 0, 40, 0)
    assert (synced.checks(), synced.uploads()) == (0, 0)
    assert set(synced.states().values()) == {"duplicate"}
    again = await synced.backup()
    assert counts(again)[0] == 0


async def test_the_library_of_an_api_key_is_trusted_as_well(synced):
    key = SignIn.with_key(f"{synced.server.url}/api", synced.server.add_api_key())
    synced.sign_in = lambda _: key
    fill(synced, 5)
    await synced.backup()
    synced.lose("backup", "library")
    await synced.sync()
    synced.server.log.clear()
    assert counts(await synced.backup()) == (5, 0, 5, 0)
    assert (synced.checks(), synced.uploads()) == (0, 0)


async def test_hashed_files_are_no_candidates_once_the_library_has_them(synced):
    fill(synced, 5)
    await synced.backup(dry_run=True)
    for n in range(5):
        synced.upload_elsewhere(f"{n}.jpg", f"photo {n}".encode())
    await synced.sync()
    synced.server.log.clear()
    assert counts(await synced.backup())[0] == 0
    assert synced.checks() == 0
    assert set(synced.states().values()) == {"duplicate"}


async def test_what_the_library_lacks_is_asked_and_sent(synced):
    await on_a_new_computer(synced)
    synced.put("new.jpg", "new")
    assert counts(await synced.backup()) == (41, 1, 40, 0)


async def test_a_partners_copy_is_not_mine(synced):
    ann = synced.server.add_user("ann@example.org")
    synced.server.fill(1, ann.email)
    run = synced.server.state.db.run
    run("INSERT INTO partner (shared_by_id, shared_with_id) VALUES (?, ?)", (ann.id, synced.me))
    run("UPDATE asset SET checksum = ?", (sha1(b"ours"),))
    synced.put("a.jpg", "ours")
    await synced.sync()
    assert synced.library("SELECT count(*) FROM asset") == [(1,)]
    assert counts(await synced.backup()) == (1, 1, 0, 0)


async def test_an_external_librarys_checksum_is_no_promise(synced):
    """It is of the path, not of the bytes."""
    await on_a_new_computer(synced, 1)
    synced.library("UPDATE asset SET library_id = x'01'")
    await synced.backup()
    assert synced.checks() == 1


async def test_an_asset_in_the_trash_confirms_nothing(bench_synced):
    """Before the tombstone is set: a sync may be broken off between its two databases."""
    bench = bench_synced
    await on_a_new_computer(bench, 3)
    bench.library("UPDATE asset SET deleted_at = 1 WHERE checksum = ?", sha1(b"photo 1"))
    assert await adopted(bench) == 2


async def test_the_trash_is_not_held(synced):
    fill(synced, 2)
    await synced.backup()
    synced.delete_elsewhere(synced.asset("0.jpg").id)
    synced.lose("backup", "library")
    await synced.sync()
    result = await synced.backup()
    assert counts(result)[1] == 0
    assert list(synced.states().values()) == ["duplicate"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meta SET value = 'somebody' WHERE key = 'user'",
        "UPDATE meta SET value = 'another server' WHERE key = 'session'",
        "UPDATE meta SET value = '2020-01-01T00:00:00+00:00' WHERE key = 'since'",
        "INSERT INTO meta VALUES ('untidy', '1')",
        "DROP INDEX asset_checksum",
        "PRAGMA user_version = 99",
    ],
    ids=["other user", "other server", "old", "being sent anew", "never whole", "newer"],
)
async def test_a_library_not_to_be_trusted_is_not_asked(bench_synced, sql):
    bench = bench_synced
    await on_a_new_computer(bench, 3)
    bench.library(sql)
    if "user_version" in sql:  # the program itself would refuse it: only the plan looks at it
        assert await adopted(bench) == 0
        return
    assert counts(await bench.backup()) == (3, 0, 3, 0)
    assert bench.checks() == 1


async def adopted(bench):
    database = Database(bench.locations.backup_db, "backup")
    try:
        account = await open_account(database, bench.me, "", "")
        owner = Owner(bench.me, bench.sign_in("").fingerprint)
        voucher = Voucher(database, bench.locations.library_db, account, owner)
        sums = [sha1(f"photo {n}".encode()) for n in range(3)]
        return await voucher.adopt(bench.now(), sums)
    finally:
        database.close()


@pytest.mark.parametrize("harm", ["none", "missing", "no database", "torn", "locked"])
async def test_a_library_that_cannot_be_read_fails_no_backup(bench_synced, harm):
    bench = bench_synced
    await on_a_new_computer(bench, 3)
    path = bench.locations.library_db
    bench.library("PRAGMA journal_mode = DELETE")
    holder = None
    if harm == "missing":
        path.unlink()
    elif harm == "no database":
        path.write_bytes(b"this is no database, " * 1000)
    elif harm == "torn":
        os.truncate(path, path.stat().st_size // 3)
    elif harm == "locked":
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
    try:
        assert await adopted(bench) == (3 if harm == "none" else 0)
    finally:
        if holder:
            holder.close()
    assert not list(bench.locations.data.glob("backup.db-damaged"))


async def test_own_uploads_are_confirmed_by_the_stream_where_it_comes_first(synced):
    """The sync goes on while files are sent, so the second question is not needed."""
    synced.put("a.jpg", "a photo")
    await synced.backup(dry_run=True)
    await synced.sync()
    synced.server.log.clear()
    real = synced.server.state.library.add
    uploaded = []

    def add(asset):
        uploaded.append(asset.id)
        result = real(asset)
        synced.library(
            "INSERT INTO asset (id, owner_id, checksum, file_name, kind, visibility, is_favorite,"
            " is_edited) VALUES (?, ?, ?, 'a.jpg', 'IMAGE', 'timeline', 0, 0)",
            *(synced.blob(asset.id), synced.blob(synced.me), asset.checksum),
        )
        return result

    synced.server.state.library.add = add
    assert counts(await synced.backup()) == (1, 1, 0, 0)
    assert uploaded
    assert synced.checks() == 1  # before sending; none after it
    assert list(synced.states().values()) == ["uploaded"]


async def test_sent_before_a_stop_is_ours_when_the_library_brings_it(synced):
    path = put(synced.photos / "a.jpg", b"a photo")
    await synced.backup()
    synced.rows("DELETE FROM confirmation")
    synced.rows("INSERT INTO sent SELECT id, ?, 5 FROM account", sha1(path.read_bytes()))
    await synced.sync()
    await synced.backup()
    assert synced.rows("SELECT state, sidecar_mtime_ns FROM confirmation") == [("uploaded", 5)]
    assert synced.rows("SELECT * FROM sent") == []


async def test_albums_are_filled_with_what_the_library_knows(synced):
    await on_a_new_computer(synced, 7)
    await synced.backup(album_mode=AlbumMode.FOLDER)
    assert synced.uploads() == 0
    assert len(synced.server.albums()) == 7
