"""Does the server hold every file, byte for byte? (issue 4, part 6)."""

import os

import pytest

from tests.engine.rig import CHECK, sha1
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.records import Records
from tray_app.app.workshop import Workshop, connection, roots_of
from tray_app.core.setting_specs import Folder
from tray_app.core.verify import Standing
from tray_app.demo.faults import ServerError
from tray_app.engine.run.trouble import GaveUp, Trouble
from tray_app.engine.verify import Verify, Witnesses


async def verify(bench, *roots, quick=False, patience=10.0):
    """Return the result and the standing of each file that is not held."""
    shop = Workshop.open(bench.locations)
    findings = []
    folders = [Folder(path=os.fspath(root)) for root in roots or (bench.photos,)]

    def announce(_reason, _until):
        pass

    try:
        async with connection(shop, bench.sign_in(bench.key), bench.settings, announce) as server:
            see = Witnesses(
                server=server.server,
                source=shop.files,
                index=Index(shop.backup_db),
                records=Records(shop.backup_db, server.account_id),
                ledger=server.ledger,
                clock=shop.clock,
                trouble=Trouble(shop.clock, server.server.health, announce, patience),
            )
            kinds = server.info.media.table()
            found = Verify(
                see,
                roots_of(folders, bench.settings, kinds),
                bench._publish,
                findings.append,
                quick=quick,
            )
            result = await found.run()
    finally:
        shop.close()
    return result, {one.path.rpartition("/")[2]: one for one in findings}


def states(findings):
    return {name: one.standing for name, one in findings.items()}


async def test_a_whole_backup_is_held(each_bench):
    bench = each_bench
    for n in range(30):
        bench.put(f"{n % 3}/{n}.jpg", f"photo {n}")
    bench.put("notes.txt", "no photo")
    await bench.backup()
    result, findings = await verify(bench)
    assert findings == {}
    assert (result.files, result.all_held, result.skipped) == (30, True, 1)
    assert result.bytes_read == sum(p.stat().st_size for p in bench.photos.rglob("*.jpg"))
    assert bench.checks() == 3  # two of the run, one of this for all files


async def test_every_standing_is_told(each_bench, tmp_path):
    bench = each_bench
    for name in ("held", "trashed", "missing", "differs", "rotten", "closed"):
        bench.put(f"{name}.jpg", name)
    await bench.backup()
    bench.delete_elsewhere(bench.asset("trashed.jpg").id)
    bench.delete_elsewhere(bench.asset("missing.jpg").id, force=True)
    bench.put("differs.jpg", "edited since")
    before = (bench.photos / "rotten.jpg").stat()
    bench.put("rotten.jpg", "ROTTEN")
    os.utime(bench.photos / "rotten.jpg", ns=(before.st_atime_ns, before.st_mtime_ns))
    stat = (bench.photos / "rotten.jpg").stat()
    bench.rows(
        "UPDATE file SET ctime_ns = ? WHERE name = x'726f7474656e2e6a7067'", stat.st_ctime_ns
    )
    (bench.photos / "closed.jpg").unlink()
    bench.put("new.jpg", "new")
    result, findings = await verify(bench)
    assert states(findings) == {
        "trashed.jpg": Standing.TRASHED,
        "missing.jpg": Standing.MISSING,
        "differs.jpg": Standing.DIFFERS,
        "rotten.jpg": Standing.DIFFERS,
        "new.jpg": Standing.NOT_BACKED_UP,
    }
    assert "changed since" in findings["differs.jpg"].reason
    assert "check the disk" in findings["rotten.jpg"].reason
    assert not result.all_held
    assert result.as_json() | {"seconds": 0} == {
        "files": 6,
        "onServer": 1,
        "inTrash": 1,
        "deleted": 0,
        "missing": 1,
        "differs": 2,
        "failed": 0,
        "notBackedUp": 1,
        "skipped": 0,
        "bytesRead": result.bytes_read,
        "seconds": 0,
    }
    assert bench.uploads() == 6
    assert {"missing", "trashed"} <= set(bench.states().values())  # `status` knows it now


async def test_quick_reads_nothing_that_looks_unchanged(bench):
    bench.put("a.jpg", "a")
    await bench.backup()
    bench.put("b.jpg", "b")
    result, findings = await verify(bench, quick=True)
    assert result.bytes_read == 1
    assert states(findings) == {"b.jpg": Standing.NOT_BACKED_UP}


async def test_a_deletion_on_the_server_is_no_loss(synced):
    synced.put("a.jpg", "a")
    await synced.backup()
    await synced.sync()
    synced.delete_elsewhere(synced.asset("a.jpg").id, force=True)
    await synced.sync()
    result, findings = await verify(synced)
    assert states(findings) == {"a.jpg": Standing.DELETED}
    assert not result.all_held


async def test_a_partners_copy_is_not_held(synced):
    ann = synced.server.add_user("ann@example.org")
    synced.server.fill(1, ann.email)
    synced.server.state.db.run("UPDATE asset SET checksum = ?", (sha1(b"ours"),))
    synced.put("a.jpg", "ours")
    _, findings = await verify(synced)
    assert states(findings) == {"a.jpg": Standing.NOT_BACKED_UP}


async def test_a_file_that_failed_says_why(bench):
    bench.put("a.jpg", "a")
    await bench.backup(dry_run=True)
    bench.rows(
        "INSERT INTO failure (account_id, file_id, reason, remedy, status, attempts,"
        " next_attempt_at, since) SELECT a.id, f.id, 'Too large.', 'Shrink it.', 413, 1, NULL,"
        " '2026'"
        " FROM account a, file f"
    )
    _, findings = await verify(bench)
    assert findings["a.jpg"].standing is Standing.FAILED
    assert findings["a.jpg"].reason == "Too large. Shrink it."


async def test_a_drive_that_is_not_there_is_not_all_well(bench, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "a.jpg").write_bytes(b"a")
    await bench.backup(drive)
    (drive / "a.jpg").unlink()
    result, findings = await verify(bench, drive)
    assert states(findings) == {"drive": Standing.FAILED}
    assert not result.all_held
    drive.rmdir()
    result, findings = await verify(bench, drive)
    assert states(findings) == {"drive": Standing.FAILED}


async def test_an_empty_folder_is_vacuously_held(bench):
    result, findings = await verify(bench)
    assert (result.files, result.all_held, findings) == (0, True, {})


async def test_nothing_is_claimed_while_the_server_is_out_of_reach(bench):
    bench.put("a.jpg", "a")
    await bench.backup()
    bench.server.faults.add(ServerError(path=CHECK))
    with pytest.raises(GaveUp):
        await verify(bench, patience=0.1)
    assert list(bench.states().values()) == ["uploaded"]
