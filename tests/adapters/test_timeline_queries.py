"""The timeline's queries against a plain model of them, over real SQLite; and what they cost."""

import asyncio
import os
import sqlite3
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.timeline_bench import (
    ME,
    OWNERS,
    SHOWN,
    Asset,
    Bench,
    File,
    Rows,
    asset_id,
    model,
    timeline_bench,
    user_id,
)
from tray_app.adapters.sqlite import timeline_sql
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.errors import NeedsUser
from tray_app.core.sync.batch import Batch
from tray_app.core.timeline import NO_DATE, Query, Show, State, month_of, month_range_ms

DAY = 86400
YEAR = 365 * DAY
# Around the turns of months and of summer time, so that the clock on the wall matters.
MOMENTS = st.integers(0, 40 * YEAR) | st.builds(
    lambda month, rest: month_range_ms(month)[0] // 1000 + rest,
    st.integers(1990 * 12, 2030 * 12),
    st.integers(-50_000, 50_000),
)
CONTENTS = st.integers(0, 4)
NAMES = st.sampled_from(["a.jpg", "50%.jpg", "Straße_1.HEIC", "back\\slash.mov"])
ASSETS = st.builds(
    Asset,
    CONTENTS,
    st.sampled_from(OWNERS),
    MOMENTS | st.none(),
    st.sampled_from(["timeline", "timeline", "archive", "hidden", "locked"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2) | st.none(),
    NAMES,
)
FILES = st.builds(
    File, CONTENTS | st.none(), MOMENTS, st.booleans(), st.booleans(), st.booleans(), NAMES
)
ROWS = st.builds(
    Rows,
    st.lists(ASSETS, max_size=12).map(tuple),
    st.lists(FILES, max_size=12).map(tuple),
    st.dictionaries(st.integers(0, 2), st.integers(0, 11)),
    st.lists(CONTENTS, max_size=2, unique=True).map(tuple),
    st.dictionaries(CONTENTS, st.sampled_from(["uploaded", "duplicate", "trashed", "missing"])),
)


@pytest.fixture(scope="module", params=["UTC", "Europe/Berlin", "America/New_York"])
def bench(request, tmp_path_factory):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    with timeline_bench(tmp_path_factory.mktemp("timeline")) as it:
        yield it
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


async def everything(bench: Bench, query: Query):
    """Walk the timeline as the window does: months, their keys, their cells."""
    months = await bench.timeline.months(query)
    found = []
    for month in months:
        keys = await bench.timeline.keys(query, month.month)
        cells = await bench.timeline.cells(keys)
        assert list(await bench.timeline.months(query, {month.month})) == [month]
        assert len(keys) == month.items == len(set(keys))
        found += [(month.month, cells[key]) for key in keys]
    assert list(months) == sorted(months, reverse=True)
    return found


def who(cell):
    if cell.key < 0:
        return ("file", -cell.key - 1)
    return int(cell.asset_id.replace("-", ""), 16) - 1000


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS, st.sampled_from(Show), st.sampled_from(["", "a", "%", "_", "\\", "STRA"]), st.booleans()
)
def test_it_shows_what_a_plain_reading_of_the_rows_says(bench, rows, show, text, indexed):
    rows = rows._replace(stacks={n: p for n, p in rows.stacks.items() if p < len(rows.assets)})
    bench.fill(rows, indexed=indexed)
    wanted = [
        item for item in model(rows) if SHOWN[show](item) and text.lower() in item.name.lower()
    ]
    found = asyncio.run(everything(bench, Query(show, text)))
    cells = {who(cell): cell for _, cell in found}
    assert len(cells) == len(found)
    assert set(cells) == {item.who for item in wanted}
    for item in wanted:
        cell = cells[item.who]
        assert cell.state == item.state.removeprefix("only ")
        assert (cell.taken_ms, cell.favourite) == (item.taken, item.favourite)
        assert (cell.is_video, cell.name) == (item.video, item.name)
    for month, cell in found:
        assert month_of(cell.taken_ms) == month
    dates = [cell.taken_ms for _, cell in found if cell.taken_ms is not None]
    assert dates == sorted(dates, reverse=True)


@pytest.fixture
def plain(tmp_path):
    with timeline_bench(tmp_path / "db") as it:
        yield it


async def test_one_timeline_has_here_there_and_both(plain):
    day = 1_700_000_000
    plain.fill(
        Rows(
            assets=(
                Asset(1, taken=day + 5),
                Asset(2, taken=day + 4),
                Asset(3, "partner", day + 3),
                Asset(4, taken=day + 2, visibility="hidden"),
            ),
            files=(
                File(1, day),
                File(3, day),
                File(4, day),
                File(None, day - DAY),
                File(9, day - 2 * DAY, failed=True),
            ),
        )
    )
    (month,) = await plain.timeline.months(Query())
    keys = await plain.timeline.keys(Query(), month.month)
    cells = await plain.timeline.cells(keys)
    assert [cells[key].state for key in keys] == [
        State.BOTH,
        State.SERVER,
        State.SERVER,  # a partner's copy of a file that I have is no backup of it
        State.LOCAL,
        State.LOCAL,
        State.FAILED,
    ]
    both, _, partners, *_ = (cells[key] for key in keys)
    assert both.path == "/photos/0-f.jpg"
    assert partners.path is None
    assert not partners.mine
    assert [one.items for one in await plain.timeline.months(Query(Show.SERVER))] == [2]


async def test_what_was_just_sent_is_not_called_local_only(plain):
    plain.fill(Rows(files=(File(1),), confirmations={1: "uploaded"}))
    (month,) = await plain.timeline.months(Query())
    (key,) = await plain.timeline.keys(Query(), month.month)
    cell = (await plain.timeline.cells([key]))[key]
    assert (cell.state, cell.asset_id) == (State.BOTH, ME)
    assert await plain.timeline.months(Query(Show.LOCAL)) == []


async def test_nobody_signed_in_sees_the_files_of_this_computer(plain):
    plain.fill(Rows(assets=(Asset(1),), files=(File(1), File(2))))
    plain.user = None
    assert [month.items for month in await plain.timeline.months(Query())] == [2]


async def test_details_of_both_kinds(plain):
    plain.fill(Rows(assets=(Asset(1), Asset(2, "partner")), files=(File(3, DAY, failed=True),)))

    def describe(conn):
        conn.execute(
            "INSERT INTO user VALUES (?, 'Ann', 'a@x', NULL, NULL, 0, NULL)", (user_id("partner"),)
        )
        conn.execute(
            "INSERT INTO exif (asset_id, file_size, image_width, image_height, make, model, city,"
            " country) VALUES (?, 7, 4, 3, 'Nikon', 'NIKON D5', 'Bonn', 'Germany')",
            (asset_id(0),),
        )

    plain.library.run_now(describe)
    (month,) = await plain.timeline.months(Query())
    keys = await plain.timeline.keys(Query(), month.month)
    mine, anns, here = [
        await plain.timeline.details(key) for key in sorted(keys, key=lambda k: (k < 0, k))
    ]
    assert (mine.size, mine.width, mine.height) == (7, 4, 3)
    assert (mine.camera, mine.place, mine.owner) == ("NIKON D5", "Bonn, Germany", "")
    assert anns.owner == "Ann"
    assert (here.size, here.reason, here.remedy) == (5, "The disk is tired.", "Let it rest.")
    assert await plain.timeline.details(-99) is None


async def test_a_writer_is_not_waited_for(plain):
    plain.fill(Rows(assets=(Asset(1),)))
    writer = sqlite3.connect(plain.library.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM asset")
    try:
        # Had it to wait, it would give up after a while: the writer goes on only afterwards.
        assert [month.items for month in await plain.timeline.months(Query())] == [1]
    finally:
        writer.execute("COMMIT")
        writer.close()
    assert await plain.timeline.months(Query()) == []


async def test_nothing_can_be_written_through_it(plain):
    with pytest.raises(NeedsUser, match="readonly"):
        await plain.reader.run(lambda conn: conn.execute("DELETE FROM asset"))
    with pytest.raises(NeedsUser, match="readonly"):
        await plain.reader.run(lambda conn: conn.execute("DELETE FROM backup.file"))


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


async def test_a_cancelled_query_stops(plain):
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(conn):
        loop.call_soon_threadsafe(started.set)
        conn.execute(ENDLESS).fetchone()

    task = asyncio.create_task(plain.reader.run(work))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await plain.timeline.months(Query()) == []


class TestPlans:
    """With the indexes in place nothing is scanned that grows with the library."""

    MONTH = 2024 * 12

    @pytest.fixture
    def plans(self, plain):
        plain.fill(Rows(assets=(Asset(1),), files=(File(1),)))

        def plans(statement, values):
            def work(conn):
                return [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {statement}", values)]

            return asyncio.run(plain.reader.run(work))

        return plans

    @pytest.mark.parametrize("show", Show)
    @pytest.mark.parametrize("text", ["", "x"])
    def test_a_month_is_a_range_of_an_index(self, plans, show, text):
        for source in timeline_sql.sources(Query(show, text), b"me", 1, ()):
            index = "file_taken" if source.sign < 0 else "asset_t"
            for statement, values in (source.count(self.MONTH), source.keys(self.MONTH)):
                first, *rest = plans(statement, values)
                assert f"INDEX {index}" in first
                assert "AND" in first or "mtime_ns>? AND mtime_ns<?" in first
                assert not [line for line in rest if line.startswith("SCAN")]

    @pytest.mark.parametrize("show", Show)
    def test_a_pass_over_everything_reads_indexes_in_their_order(self, plans, show):
        for source in timeline_sql.sources(Query(show), b"me", 1, ()):
            lines = plans(source.grouped, source.values)
            scans = [line for line in lines if line.startswith("SCAN")]
            assert set(scans) <= {"SCAN o", "SCAN f USING INDEX file_taken", "SCAN f"}
            assert "SCAN f" not in scans or show is Show.SERVER  # for files that have gone
            if source.sign > 0 and not source.candidates:
                assert "INDEX asset_t" in lines[0]
                assert "local_date_time>?" in lines[0]

    def test_files_that_the_server_has_are_found_within_two_indexes(self, plans):
        (local,) = timeline_sql.sources(Query(Show.LOCAL), b"me", 1, ())
        lines = plans(local.grouped, local.values)
        assert any("COVERING INDEX file_sha1 (sha1>?)" in line for line in lines)
        assert any("COVERING INDEX asset_checksum" in line for line in lines)

    def test_cells_are_found_one_by_one(self, plans):
        values = {"me": b"me", "account": 1, "keys": "[1]"}
        for statement in (timeline_sql.SERVER_CELLS, timeline_sql.LOCAL_CELLS):
            lines = plans(statement, values)
            assert "USING INTEGER PRIMARY KEY" in lines[0]
            assert [line for line in lines if line.startswith("SCAN")] == [
                "SCAN json_each VIRTUAL TABLE INDEX 1:"
            ]


def test_months_begin_and_end_where_calendars_say():
    begin, end = month_range_ms(2024 * 12 + 1)
    assert datetime.fromtimestamp(begin / 1000, UTC) == datetime(2024, 2, 1, tzinfo=UTC)
    assert datetime.fromtimestamp(end / 1000, UTC) == datetime(2024, 3, 1, tzinfo=UTC)
    assert month_of(begin) == month_of(end - 1) == 2024 * 12 + 1
    assert month_of(None) == NO_DATE
    assert month_of(1 << 60) == 9999 * 12 + 11
    assert month_of(-(1 << 60)) == 12
    begin, _ = month_range_ms(12)
    assert begin <= -(1 << 60)
    assert month_range_ms(9999 * 12 + 11)[1] >= 1 << 60


async def test_an_older_library_gets_the_new_indexes_with_its_next_sync(tmp_path):
    path = tmp_path / "library.db"
    Database(path, "library").close()
    old = sqlite3.connect(path)
    old.execute("CREATE INDEX asset_timeline ON asset (owner_id, local_date_time DESC, id DESC)")
    old.execute("PRAGMA user_version = 3")
    old.commit()
    old.close()
    database = Database(path, "library")
    try:
        await Library(database).apply(Batch(complete=True), datetime.now(UTC))
        columns = database.run_now(
            lambda conn: conn.execute("PRAGMA index_info(asset_timeline)").fetchall()
        )
    finally:
        database.close()
    assert [column[2] for column in columns][-1] == "stack_id"
