"""A hostile or broken server answers an API key: a clear error, the old data intact (issue 4)."""

import gzip
import json
from collections.abc import Callable
from contextlib import asynccontextmanager

import pytest

from tests.fakes.changes import ident, key
from tests.fakes.resources import MONTH, Site, resource_site
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.resources import ImmichResources
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.adapters.sqlite.mirror import Mirror
from tray_app.core.errors import NeedsUser, TryLater
from tray_app.core.server import SignIn
from tray_app.core.sync.standing import Owner
from tray_app.engine.etag.run import EtagRun

BUCKETS = f"/timeline/buckets?userId={ident('me')}&visibility=timeline"
MONTH_PATH = f"/timeline/bucket?userId={ident('me')}&visibility=timeline&timeBucket={MONTH}"
DEEP = b"[" * 200_000 + b"]" * 200_000


class Bench:
    def __init__(self, site: Site, database: Database) -> None:
        self.site, self.database = site, database
        self.largest = 1 << 20

    async def sync(self):
        owner = Owner(ident("me"), "key-1")
        async with connected(SignIn.with_key(self.site.url, "k")) as http:
            resources = ImmichResources(http, self.largest)
            mirror, library = Mirror(self.database), Library(self.database)
            return await EtagRun(resources, mirror, library, SystemClock(), owner).run()

    def everything(self) -> list[tuple]:
        def work(conn):
            tables = ("user", "asset", "exif", "album", "album_user", "album_asset", "listed")
            return [row for name in tables for row in conn.execute(f"SELECT * FROM {name}")]  # noqa: S608  names above

        return self.database.run_now(work)


@asynccontextmanager
async def bench(folder):
    database = Database(folder / "library.db", "library")
    try:
        async with resource_site() as site:
            site.add("a")
            site.add("b")
            b = Bench(site, database)
            result = await b.sync()
            assert result.counts.assets == 2
            yield b
    finally:
        database.close()


def month(**columns) -> bytes:
    site = Site()
    site.add("a")
    return json.dumps(site.month() | columns).encode()


def asset(**fields) -> Callable[[Site], None]:
    return lambda site: site.assets["a"].update(fields)


BAD = {
    "no json": (MONTH_PATH, b"<html>hello</html>"),
    "half an answer": (MONTH_PATH, b'{"id":['),
    "another kind": (MONTH_PATH, b"[1,2]"),
    "deep": (MONTH_PATH, b'{"x":' + DEEP + b"}"),
    "deep list of albums": ("/albums", DEEP),
    "columns of unlike length": (MONTH_PATH, month(visibility=[])),
    "id is a path": (MONTH_PATH, month(id=["../../etc/passwd"])),
    "a text for a truth": (MONTH_PATH, month(isFavorite=["yes"])),
    "a date that is none": (MONTH_PATH, month(fileCreatedAt=["yesterday"])),
    "a month that is none": (BUCKETS, b'[{"timeBucket":"../x","count":1}]'),
    "a month with a query": (BUCKETS, b'[{"timeBucket":"2024-05-01&userId=x","count":1}]'),
    "more months than there are": (
        BUCKETS,
        json.dumps([{"timeBucket": f"{n:04}-05-01"} for n in range(20_001)]).encode(),
    ),
    "larger than any answer": (MONTH_PATH, b" " * (2 << 20)),
    "a user without a name": ("/users", b'[{"id":"%s"}]' % ident("me").encode()),
    "an album without dates": ("/albums", b'[{"id":"%s"}]' % ident("me").encode()),
    "stacks that are none": ("/stacks", b'{"a":1}'),
}


@pytest.mark.parametrize(("path", "body"), BAD.values(), ids=BAD)
async def test_an_answer_that_no_immich_gives_changes_nothing(tmp_path, both_loops, path, body):
    async with bench(tmp_path) as b:
        before = b.everything()
        b.site.answers[path] = body
        with pytest.raises(TryLater) as caught:
            await b.sync()
        assert "etc/passwd" not in caught.value.words()
        assert b.everything() == before
        del b.site.answers[path]
        await b.sync()
        assert b.everything() == before


BAD_ASSETS = {
    "checksum is no checksum": asset(checksum="aGVsbG8="),
    "a number beyond 64 bits": asset(width=10**30),
    "year 10000": asset(localDateTime="10000-01-01T00:00:00.000Z"),
    "no owner": asset(ownerId=None),
}


@pytest.mark.parametrize("spoil", BAD_ASSETS.values(), ids=BAD_ASSETS)
async def test_an_asset_that_no_immich_has_changes_nothing(tmp_path, spoil):
    async with bench(tmp_path) as b:
        before = b.everything()
        b.site.assets["a"]["isFavorite"] = True
        spoil(b.site)
        with pytest.raises(TryLater, match="an answer that Immich does not give"):
            await b.sync()
        assert b.everything() == before


async def test_another_asset_than_was_asked_for_is_not_taken(tmp_path):
    async with bench(tmp_path) as b:
        b.site.assets["a"]["isFavorite"] = True
        b.site.answers[f"/assets/{ident('a')}"] = json.dumps(b.site.assets["b"]).encode()
        await b.sync()
        names = b.database.run_now(
            lambda conn: conn.execute("SELECT id, file_name FROM asset ORDER BY 2").fetchall()
        )
        assert names == [(key("a"), "a.jpg"), (key("b"), "b.jpg")]


async def test_a_gzip_bomb_is_unpacked_in_steps(tmp_path):
    async with bench(tmp_path) as b:
        before = b.everything()
        b.site.answers[MONTH_PATH] = gzip.compress(b" " * (200 << 20))
        b.site.encoding = "gzip"
        with pytest.raises(TryLater, match="more than 1 MiB"):
            await b.sync()
        assert b.everything() == before


async def test_a_search_without_an_end_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("tray_app.engine.etag.details.MOST_PAGES", 5)
    async with bench(tmp_path) as b:
        b.site.endless = True
        b.site.assets["a"]["isFavorite"] = True
        with pytest.raises(TryLater, match="does not come to an end of a search"):
            await b.sync()


async def test_without_tags_everything_works_and_costs_more(tmp_path):
    async with bench(tmp_path) as b:
        b.site.tags = False
        await b.sync()
        before = b.everything()
        result = await b.sync()
        assert result.not_modified == 0
        assert b.everything() == before


async def test_304_that_nobody_asked_for_is_no_answer(tmp_path):
    async with bench(tmp_path) as b:
        b.site.statuses["/server/version"] = 304
        await b.sync()  # it was asked
        b.database.run_now(lambda conn: conn.execute("DELETE FROM resource"))
        with pytest.raises(TryLater, match="was not asked that"):
            await b.sync()


async def test_a_server_that_refuses_our_own_list_needs_the_person(tmp_path):
    async with bench(tmp_path) as b:
        before = b.everything()
        b.site.statuses[BUCKETS] = 400
        with pytest.raises(NeedsUser, match="refuses to list our own photos"):
            await b.sync()
        assert b.everything() == before
