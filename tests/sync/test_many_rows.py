"""Rows that go into SQLite many at once, without columns that are NULL in all of them."""

import pytest

from tests.fakes.changes import asset, exif, key, user
from tests.sync.rig import bench
from tray_app.core.sync.standing import Applied

COUNTS = (1, 39, 40, 41, 80, 95)


@pytest.mark.parametrize("count", COUNTS)
async def test_each_row_is_there_once_and_counted_once(tmp_path, count):
    async with bench(tmp_path) as b:
        lines = [asset(f"a{n}", width=n) for n in range(count)]
        b.server.streams(user("me"), *lines)
        b.server.streams(*lines)
        assert (await b.sync()).applied == Applied(count + 1, 0)
        assert (await b.sync()).applied == Applied(0, 0)
        widths = b.rows("SELECT width FROM asset ORDER BY width")
        assert widths == [(n,) for n in range(count)]


@pytest.mark.parametrize("count", COUNTS)
async def test_what_all_rows_lose_is_lost(tmp_path, count):
    """A column that is NULL in the whole batch is not bound, and must not keep what it held."""
    async with bench(tmp_path) as b:
        stacked = [asset(f"a{n}", stackId=asset("s")["data"]["id"]) for n in range(count)]
        placed = [exif(f"a{n}", city="Munich", latitude=48.1) for n in range(count)]
        b.server.streams(user("me"), *stacked, *placed)
        b.server.streams(
            *(asset(f"a{n}") for n in range(count)), *(exif(f"a{n}") for n in range(count))
        )
        await b.sync()
        assert b.rows("SELECT DISTINCT stack_id FROM asset") == [(key("s"),)]
        assert (await b.sync()).applied == Applied(2 * count, 0)
        assert b.rows("SELECT DISTINCT stack_id FROM asset") == [(None,)]
        assert b.rows("SELECT DISTINCT city, latitude FROM exif") == [(None, None)]


async def test_of_one_id_sent_again_in_the_same_statement_the_last_counts(tmp_path):
    async with bench(tmp_path) as b:
        lines = [asset(f"a{n % 10}", width=n) for n in range(100)]
        b.server.streams(user("me"), *lines)
        await b.sync()
        assert b.rows("SELECT width FROM asset ORDER BY 1") == [(90 + n,) for n in range(10)]
