"""What left the server: kept back, asked for again, or missed (issue 4, parts 5 and 6)."""

import pytest

from tests.engine.rig import counts, sha1
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.kept_back import KeptBackFiles
from tray_app.adapters.sqlite.ledger import open_account
from tray_app.core.ledger import Kept
from tray_app.core.run_words import sentences
from tray_app.core.server import SignIn

PHOTO = b"a photo"
ALBUM = "00000000-0000-4000-8000-00000000a1b0"
DAY = "2024-05-06T07:08:09.123Z"


async def kept(bench, action="listed", *paths):
    """Do what the commands do to what is kept back; returns what that was."""
    database = Database(bench.locations.backup_db, "backup")
    try:
        account = await open_account(database, bench.me, "", "")
        files = KeptBackFiles(database, account)
        found = await files.listed([str(path) for path in paths])
        if action != "listed":
            sums = {file.sha1 for file in found}
            await getattr(files, action)(sums, SystemClock().now())
    finally:
        database.close()
    return {file.path.rpartition("/")[2]: file.why for file in found}


def tombstones(bench):
    return {row[0] for row in bench.rows("SELECT sha1 FROM tombstone")}


async def backed_up(bench, name="a.jpg", data=PHOTO):
    bench.put(name, data)
    await bench.backup()
    await bench.sync()
    return bench.asset(name).id


async def test_out_of_the_trash_again_because_a_person_asked(synced):
    """The server would not take the bytes: what is left is to restore."""
    asset = await backed_up(synced)
    synced.delete_elsewhere(asset)
    await synced.sync()
    assert await kept(synced) == {"a.jpg": Kept.DELETED}
    assert counts(await synced.backup())[0] == 0
    await kept(synced, "upload_again")
    await synced.sync()
    await synced.sync(full=True)
    assert tombstones(synced) == set()  # the wish outlives syncs
    assert counts(await synced.backup()) == (1, 0, 1, 0)
    assert synced.asset("a.jpg").deleted_at is None
    assert synced.states() == {sha1(PHOTO): "duplicate"}
    await synced.sync()
    assert await kept(synced) == {}
    synced.delete_elsewhere(asset)
    await synced.sync()
    assert tombstones(synced) == {sha1(PHOTO)}  # a wish is granted once


async def test_a_wish_that_somebody_else_granted_is_over(synced):
    asset = await backed_up(synced)
    synced.delete_elsewhere(asset)
    await synced.sync()
    await kept(synced, "upload_again")
    synced.server.state.library.restore(synced.me)  # by hand, before a backup of ours
    await synced.sync()
    synced.delete_elsewhere(asset)
    await synced.sync()
    assert tombstones(synced) == {sha1(PHOTO)}


async def test_a_key_that_may_not_restore_says_so(synced):
    asset = await backed_up(synced)
    synced.delete_elsewhere(asset)
    await synced.sync()
    await kept(synced, "upload_again")
    allowed = ("asset.upload", "user.read")
    key = synced.server.add_api_key(allowed)
    synced.sign_in = lambda _key: SignIn.with_key(f"{synced.server.url}/api", key)
    result = await synced.backup()
    assert (counts(result)[1], result.trashed) == (0, 1)
    (note,) = [note for note in result.notes if "trash" in note]
    assert "asset.delete" in note
    assert synced.asset("a.jpg").deleted_at is not None
    assert await kept(synced) == {"a.jpg": Kept.TRASHED}


async def test_emptying_the_trash_after_the_wish_sends_the_file(synced):
    asset = await backed_up(synced)
    synced.delete_elsewhere(asset)
    await synced.sync()
    await kept(synced, "upload_again")
    synced.rows("UPDATE confirmation SET state = 'trashed'")
    synced.rows(
        "INSERT INTO confirmation SELECT id, ?, ?, 'trashed', '2026', '2026', NULL FROM account",
        sha1(PHOTO),
        asset,
    )
    synced.delete_elsewhere(asset, force=True)
    await synced.sync()
    assert tombstones(synced) == set()
    assert counts(await synced.backup()) == (1, 1, 0, 0)


async def test_one_of_many_again(synced):
    for name in ("a.jpg", "sub/b.jpg", "sub/c.jpg", "sub2/d.jpg"):
        synced.put(name, name)
    await synced.backup()
    await synced.sync()
    synced.delete_elsewhere(*[asset.id for asset in synced.assets()], force=True)
    await synced.sync()
    assert len(await kept(synced)) == 4
    assert set(await kept(synced, "listed", synced.photos / "sub")) == {"b.jpg", "c.jpg"}
    await kept(synced, "upload_again", synced.photos / "sub" / "b.jpg")
    await synced.backup()
    assert synced.names() == ["b.jpg"]
    await kept(synced, "upload_again", synced.photos)
    await synced.backup()
    assert synced.names() == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    await synced.sync()
    assert synced.rows("SELECT * FROM wanted") == []


async def test_a_live_photo_comes_with_its_other_half(bench_synced):
    bench = bench_synced
    bench.put("x.heic", "still")
    bench.put("x.mov", "video")
    bench.put("x.png", "no half of it")
    await bench.backup()
    await bench.sync()
    bench.delete_elsewhere(*[asset.id for asset in bench.assets()], force=True)
    await bench.sync()
    found = await kept(bench, "upload_again", bench.photos / "x.heic")
    assert set(found) == {"x.heic", "x.mov"}


async def rolled_back(bench, number=120):
    """The server was put back to an old backup: sessions and newer assets are gone."""
    for n in range(number):
        bench.put(f"{n}.jpg", f"photo {n}")
    await bench.backup()
    await bench.sync()
    ids = [asset.id for asset in bench.assets()][20:]
    bench.roll_back(ids)
    bench.sign_in_again()
    await bench.sync()
    return len(ids)


async def test_a_rolled_back_server_is_neither_believed_nor_flooded(synced):
    lost = await rolled_back(synced, 320)
    assert lost == 300
    assert tombstones(synced) == set()
    assert set((await kept(synced)).values()) == {Kept.MISSING}
    for _ in range(2):  # over restarts, and over a lost library
        result = await synced.backup()
        assert (counts(result)[0], result.missing) == (0, lost)
        assert any(f"{lost} files backed up before" in line for line in sentences(result))
        synced.lose("library")
        await synced.sync()
    assert len(synced.assets()) == 20


async def test_the_missing_are_sent_again_when_asked(synced):
    lost = await rolled_back(synced)
    await kept(synced, "upload_again")
    result = await synced.backup()
    assert counts(result) == (lost, lost, 0, 0)
    assert result.missing == 0


async def test_the_missing_stay_deleted_when_asked(synced):
    await rolled_back(synced)
    await kept(synced, "keep_deleted")
    result = await synced.backup()
    assert (counts(result)[0], result.missing) == (0, 0)
    await synced.sync(full=True)
    assert set((await kept(synced)).values()) == {Kept.DELETED}
    assert len(synced.assets()) == 20


async def test_the_missing_that_come_back_are_backed_up_again(synced):
    """The server got a newer backup back."""
    await rolled_back(synced, 30)
    for n in range(30):
        synced.upload_elsewhere(f"{n}.jpg", f"photo {n}".encode())
    await synced.sync()
    assert (await synced.backup()).missing == 0


async def test_a_file_found_later_waits_for_the_answer_too(synced):
    """Its bytes came from a phone and were lost by the server; the file turns up here."""
    synced.upload_elsewhere("phone.jpg", PHOTO)
    await synced.sync()
    synced.roll_back([synced.asset("phone.jpg").id])
    await synced.sync(full=True)
    synced.put("copy.jpg", PHOTO)
    result = await synced.backup()
    assert (counts(result)[0], result.missing) == (0, 1)


@pytest.mark.parametrize("what", ["partner", "album"])
async def test_what_others_stop_showing_makes_no_tombstone(synced, what):
    ann = synced.server.add_user("ann@example.org")
    synced.server.fill(1, ann.email)
    run = synced.server.state.db.run
    run("UPDATE asset SET checksum = ?", (sha1(PHOTO),))
    if what == "partner":
        sql = "INSERT INTO partner (shared_by_id, shared_with_id) VALUES (?, ?)"
        run(sql, (ann.id, synced.me))
    else:
        run(
            "INSERT INTO album (id, owner_id, name, description, is_activity_enabled, sort_order,"
            " created_at, updated_at) VALUES (?, ?, 'hers', '', 1, 'desc', ?, ?)",
            (ALBUM, ann.id, DAY, DAY),
        )
        run(
            "INSERT INTO album_user (album_id, user_id, role) VALUES (?, ?, 'viewer')",
            (ALBUM, synced.me),
        )
        run("INSERT INTO album_asset (album_id, asset_id) SELECT ?, id FROM asset", (ALBUM,))
        run("UPDATE album SET updated_at = updated_at")
    await synced.sync()
    assert synced.library("SELECT count(*) FROM asset") == [(1,)]
    run("DELETE FROM partner" if what == "partner" else "DELETE FROM album_user")
    await synced.sync()
    assert synced.library("SELECT count(*) FROM asset") == [(0,)]
    assert tombstones(synced) == set()
    synced.put("a.jpg", PHOTO)
    assert counts(await synced.backup()) == (1, 1, 0, 0)
