"""Folder to album: off, per folder name, one album; what happens when something breaks."""

from tests.engine.rig import counts
from tray_app.adapters.immich.client import ImmichServer
from tray_app.core.errors import AssetRejected
from tray_app.core.setting_specs import AlbumMode
from tray_app.demo.faults import ServerError, TooManyRequests
from tray_app.engine.run import albums

FOLDER = {"album_mode": AlbumMode.FOLDER}
SINGLE = {"album_mode": AlbumMode.SINGLE, "album_name": "Laptop"}


def by_name(bench) -> dict[str, set[str]]:
    names = {asset.id: asset.file_name for asset in bench.assets()}
    return {name: {names[one] for one in ids} for name, ids in bench.server.albums().items()}


async def test_each_folder_is_an_album(each_bench):
    bench = each_bench
    bench.put("Ostsee/a.jpg", "a")
    bench.put("Ostsee/b.jpg", "b")
    bench.put("2024/Köln 🌻/c.jpg", "c")
    await bench.backup(**FOLDER)
    assert by_name(bench) == {"Ostsee": {"a.jpg", "b.jpg"}, "Köln 🌻": {"c.jpg"}}


async def test_one_album_for_all(each_bench):
    bench = each_bench
    bench.put("x/a.jpg", "a")
    bench.put("y/b.jpg", "b")
    await bench.backup(**SINGLE)
    bench.put("y/c.jpg", "c")
    await bench.backup(**SINGLE)
    assert by_name(bench) == {"Laptop": {"a.jpg", "b.jpg", "c.jpg"}}
    assert len(bench.server.own_albums()) == 1


async def test_a_photo_in_two_folders_is_in_both_albums(each_bench):
    bench = each_bench
    bench.put("one/a.jpg", "a")
    bench.put("two/a.jpg", "a")
    await bench.backup(**FOLDER)
    bench.put("three/a.jpg", "a")
    await bench.backup(**FOLDER)
    assert by_name(bench) == {"one": {"a.jpg"}, "two": {"a.jpg"}, "three": {"a.jpg"}}
    assert bench.uploads() == 1


async def test_an_album_that_is_there_is_used(each_bench):
    bench = each_bench
    bench.put("trip/a.jpg", "a")
    await bench.backup(**FOLDER)
    bench.rows("DELETE FROM album")  # another computer knows nothing of it
    bench.put("trip/b.jpg", "b")
    await bench.backup(**FOLDER)
    assert by_name(bench) == {"trip": {"a.jpg", "b.jpg"}}
    assert len(bench.server.own_albums()) == 1


async def test_an_album_deleted_on_the_server_is_made_again(each_bench):
    bench = each_bench
    bench.put("trip/a.jpg", "a")
    await bench.backup(**FOLDER)
    (album,) = bench.server.own_albums()
    bench.call("DELETE", f"/api/albums/{album.id}")
    bench.put("trip/b.jpg", "b")
    result = await bench.backup(**FOLDER)
    assert by_name(bench) == {"trip": {"b.jpg"}}
    assert result.notes == ()


async def test_an_asset_deleted_before_its_album_is_let_go(each_bench):
    bench = each_bench
    bench.put("trip/a.jpg", "a")
    bench.server.faults.add(ServerError(path="/api/albums"))
    result = await bench.backup(**FOLDER, patience=0.5)
    assert result.outcome == "trouble"
    assert counts(result) == (1, 1, 0, 0)
    bench.delete_elsewhere(bench.asset("a.jpg").id, force=True)
    bench.server.faults.clear()
    assert (await bench.backup(**FOLDER)).outcome == "done"
    assert bench.rows("SELECT count(*) FROM album_pending") == [(0,)]


async def test_what_waits_for_an_album_survives_a_run_that_broke(each_bench):
    bench = each_bench
    bench.put("trip/a.jpg", "a")
    bench.server.faults.add(TooManyRequests(path="/api/albums", retry_after="100"))
    await bench.backup(**FOLDER, patience=0.5)
    assert by_name(bench) == {}
    assert bench.rows("SELECT album_name FROM album_pending") == [("trip",)]
    bench.server.faults.clear()
    await bench.backup(**FOLDER)
    assert by_name(bench) == {"trip": {"a.jpg"}}


async def test_an_album_the_server_refuses_does_not_end_the_run(bench, monkeypatch):
    """An honest server has no such answer for us, so the wire is bent: an empty name."""
    bench.put("trip/a.jpg", "a")

    async def refused(_self, _name):
        raise AssetRejected("The server answered 400.", status=400)

    monkeypatch.setattr(ImmichServer, "create_album", refused)
    result = await bench.backup(**FOLDER)
    assert result.outcome == "done"
    assert result.notes == ("Album trip: The server answered 400.",)
    assert counts(result) == (1, 1, 0, 0)


async def test_albums_are_filled_in_batches(bench, monkeypatch):
    monkeypatch.setattr(albums, "_BATCH", 3)
    for number in range(7):
        bench.put(f"trip/{number}.jpg", f"{number}")
    await bench.backup(**FOLDER)
    assert len(by_name(bench)["trip"]) == 7
    puts = [entry for entry in bench.server.log.entries("PUT") if "albums" in entry.path]
    assert len(puts) == 3


async def test_no_album_unless_asked(bench):
    bench.put("trip/a.jpg", "a")
    await bench.backup()
    assert bench.server.own_albums() == []
