"""Assets that the server tells of are put into the library only where they belong."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes.changes import asset, exif, ident, key
from tests.sync.rig import ME, bench
from tray_app.core.realtime import Ready
from tray_app.core.sync.ready import rows_of

NOW = datetime.now(UTC)


def ready(name, *, generation=2, owner="me", of=None, **fields):
    shape = asset(name, owner, **fields)["data"]
    details = exif(of or name)["data"]
    return Ready(generation, ident(name), json.dumps(shape).encode(), json.dumps(details).encode())


def new(*told):
    return [rows_of(each) for each in told]


async def test_a_new_asset_is_in_the_library_as_the_stream_would_put_it(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), exif("a"))
        await b.sync()
        added = new(ready("b"), ready("c", generation=1))
        assert await b.library.add(added, ME.user_id, NOW)
        assert b.names() == ["a", "b", "c"]
        before = b.rows("SELECT * FROM asset ORDER BY id"), b.rows("SELECT * FROM exif ORDER BY 1")
        b.server.streams(asset("b"), asset("c"), exif("b"), exif("c"))
        assert (await b.sync()).applied == (0, 0)
        assert before == (
            b.rows("SELECT * FROM asset ORDER BY id"),
            b.rows("SELECT * FROM exif ORDER BY 1"),
        )


async def test_what_the_stream_brought_meanwhile_stays(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a", isFavorite=True), exif("a"))
        await b.sync()
        assert await b.library.add(new(ready("a")), ME.user_id, NOW)
        assert b.rows("SELECT is_favorite FROM asset") == [(1,)]


async def test_nothing_is_put_into_an_empty_foreign_or_old_library(tmp_path):
    async with bench(tmp_path) as b:
        added = new(ready("b"))
        assert not await b.library.add(added, ME.user_id, NOW)
        b.server.streams(asset("a"))
        await b.sync()
        assert not await b.library.add(added, ident("ann"), NOW)
        assert not await b.library.add(new(ready("b", owner="ann")), ident("ann"), NOW)
        mixed = new(ready("b"), ready("c", owner="ann"))
        assert not await b.library.add(mixed, ME.user_id, NOW)
        assert not await b.library.add(added, ME.user_id, NOW + timedelta(days=26))
        assert b.names() == ["a"]
        assert b.rows("SELECT count(*) FROM exif WHERE asset_id = ?", key("b")) == [(0,)]


@pytest.mark.parametrize(
    "told",
    [
        ready("b", checksum="short"),
        ready("b", id=7),
        ready("b", of="c"),
        Ready(2, ident("b"), b"{", b"{}"),
        Ready(2, ident("b"), b"[" * 5000, b"{}"),
    ],
    ids=["checksum", "id", "other exif", "cut", "deep"],
)
def test_what_the_stream_would_not_send_is_left_to_a_sync(told):
    assert rows_of(told) is None
