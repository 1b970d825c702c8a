"""The change feed: at once, then joined and a few times a second; precise, or everything."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.adapters.timeline_bench import Asset, File, Rows, asset_id, sha1, timeline_bench
from tests.fakes.clock import FakeClock
from tray_app.adapters.sqlite.index import Index
from tray_app.adapters.sqlite.kept_back import KeptBackFiles
from tray_app.adapters.sqlite.ledger import Ledger
from tray_app.adapters.sqlite.library import Library
from tray_app.adapters.sqlite.tombstones import Tombstones
from tray_app.core.asset import Kind, Stamp
from tray_app.core.ledger import Confirmation, FailureRecord, Held
from tray_app.core.listing import Entry, FolderListing
from tray_app.core.sync import columns, tables
from tray_app.core.sync.batch import Batch, Change
from tray_app.core.sync.ready import NewAsset
from tray_app.core.sync.removals import Burial
from tray_app.core.sync.standing import Owner
from tray_app.core.timeline import month_of
from tray_app.core.timeline_changes import EVERYTHING, MOST, NOTHING, Touched
from tray_app.engine.feed import SECONDS, Feed

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86400
MAY, JUNE = 1_715_000_000, 1_718_000_000


def months(*numbers):
    return Touched(frozenset(numbers))


class TestThrottle:
    async def test_the_first_change_is_told_at_once_and_a_stream_four_times_a_second(self):
        clock, heard = FakeClock(), []
        feed = Feed(clock)
        feed.subscribe(heard.append)
        for number in range(100):  # ten seconds of a change every tenth of one
            feed.tell(months(number))
            await asyncio.sleep(0)  # what is to rest begins to
            await clock.advance(0.1)
        await clock.advance(1)
        assert heard[0] == months(0)
        assert len(heard) <= 10 / SECONDS + 1
        assert frozenset().union(*(one.months for one in heard)) == frozenset(range(100))
        feed.close()

    async def test_a_late_change_is_not_lost_and_an_idle_feed_does_not_wake(self):
        clock, heard = FakeClock(), []
        feed = Feed(clock)
        feed.subscribe(heard.append)
        feed.tell(months(1))
        await asyncio.sleep(0)
        feed.tell(months(2))
        assert heard == [months(1)]
        await clock.advance(SECONDS)
        assert heard == [months(1), months(2)]
        await clock.advance(3600)
        assert len(clock.slept) == 2  # one rest after each, and nothing since
        feed.close()

    async def test_too_many_are_everything(self):
        clock, heard = FakeClock(), []
        feed = Feed(clock)
        feed.subscribe(heard.append)
        for number in range(MOST + 2):
            feed.tell(months(number))
        await asyncio.sleep(0)
        await clock.advance(SECONDS)
        assert heard == [months(0), EVERYTHING]
        feed.close()

    async def test_who_does_not_listen_hears_nothing_and_costs_nothing(self):
        clock, heard = FakeClock(), []
        feed = Feed(clock)
        feed.everything()
        end = feed.subscribe(heard.append)
        feed.tell(months(1))
        feed.tell(months(2))
        end()
        await asyncio.sleep(0)
        await clock.advance(5)
        feed.tell(months(3))
        feed.tell(NOTHING)
        await asyncio.sleep(0)
        await clock.advance(5)
        assert heard == [months(1)]
        feed.close()


@pytest.fixture
def bench(tmp_path):
    with timeline_bench(tmp_path / "db") as it:
        it.fill(
            Rows(
                assets=(Asset(1, taken=MAY), Asset(2, taken=JUNE)),
                files=(File(1, MAY), File(3, JUNE)),
            )
        )
        it.heard = []
        it.library.listen(it.heard.append)
        it.backup.listen(it.heard.append)
        yield it


def row(place, taken=MAY):
    values = {
        "id": asset_id(place),
        "owner_id": UUID(int=7).bytes,
        "checksum": sha1(place),
        "file_name": "a.jpg",
        "kind": "IMAGE",
        "visibility": "timeline",
        "is_favorite": 0,
        "local_date_time": None if taken is None else taken * 1000,
        "is_edited": 0,
    }
    return tuple(values.get(name) for name in tables.ASSET.columns)


def month(seconds):
    return month_of(seconds * 1000)


class TestSyncs:
    async def apply(self, bench, *changes, **kwargs):
        await Library(bench.library).apply(Batch([*changes]), NOW, **kwargs)
        return bench.heard

    async def test_a_new_asset_touches_its_month(self, bench):
        heard = await self.apply(bench, Change(tables.ASSET, False, columns.Rows.of([row(9)])))
        ids = frozenset({str(UUID(bytes=asset_id(9)))})
        assert heard == [Touched(frozenset({month(MAY)}), ids, frozenset({sha1(9)}))]

    async def test_a_file_of_the_same_bytes_leaves_its_own_month(self, bench):
        (heard,) = await self.apply(
            bench, Change(tables.ASSET, False, columns.Rows.of([row(3, MAY)]))
        )
        assert heard.contents == {sha1(3)}  # the file is of June
        assert month(JUNE) in await bench.timeline.months_of(heard.contents)

    async def test_an_asset_that_an_event_told_is_touched_as_by_a_sync(self, bench):
        library = Library(bench.library)
        await self.apply(bench, begin=Owner(str(UUID(int=7)), "session"))
        bench.heard.clear()
        exif = (asset_id(9), *[None] * (len(tables.EXIF.columns) - 1))
        new = NewAsset(UUID(int=7).bytes, row(9), exif)
        assert await library.add([new], str(UUID(int=7)), NOW)
        ids = frozenset({str(UUID(bytes=asset_id(9)))})
        assert bench.heard == [Touched(frozenset({month(MAY)}), ids, frozenset({sha1(9)}))]
        assert not await library.add([new], str(UUID(int=8)), NOW)
        assert len(bench.heard) == 1

    async def test_another_date_touches_both_months(self, bench):
        (heard,) = await self.apply(
            bench, Change(tables.ASSET, False, columns.Rows.of([row(0, JUNE)]))
        )
        assert heard.months == {month(MAY), month(JUNE)}

    async def test_a_deletion_touches_the_month_it_was_in(self, bench):
        (heard,) = await self.apply(
            bench, Change(tables.ASSET, True, columns.Rows.of([(asset_id(1),)]))
        )
        assert heard.months == {month(JUNE)}

    async def test_a_first_load_is_everything_and_is_not_looked_into(self, bench):
        rows = [row(n + 100) for n in range(MOST + 1)]
        assert await self.apply(bench, Change(tables.ASSET, False, columns.Rows.of(rows))) == [
            EVERYTHING
        ]

    async def test_a_new_start_is_everything(self, bench):
        owner = Owner(str(UUID(int=7)), "session")
        assert await self.apply(bench, begin=owner) == [EVERYTHING]

    async def test_a_partner_is_everything(self, bench):
        partner = (UUID(int=1).bytes, UUID(int=2).bytes, 1)
        assert await self.apply(
            bench, Change(tables.PARTNER, False, columns.Rows.of([partner]))
        ) == [EVERYTHING]

    async def test_albums_and_details_touch_nothing(self, bench):
        album = (asset_id(5), "name", "", 0, 0, None, 1, "asc")
        assert await self.apply(bench, Change(tables.ALBUM, False, columns.Rows.of([album]))) == []

    async def test_a_batch_that_fails_is_not_told(self, bench):
        broken = (*row(9)[:3], None, *row(9)[4:])
        with pytest.raises(Exception, match="NOT NULL"):
            await self.apply(bench, Change(tables.ASSET, False, columns.Rows.of([broken])))
        assert bench.heard == []


def listing(*entries):
    return FolderListing("/photos", entries, skipped=())


def entry(name, seconds):
    return Entry(name, Kind.IMAGE, Stamp(5, seconds * 10**9, 0, 1))


class TestThisComputer:
    async def test_a_scan_touches_what_came_changed_and_went(self, bench):
        index = Index(bench.backup)
        await index.begin_scope()
        same = entry("0-f.jpg", MAY)
        await index.reconcile([listing(same, entry("1-f.jpg", JUNE))])
        assert bench.heard == []
        await index.reconcile([listing(same, entry("1-f.jpg", JUNE), entry("new.jpg", 40 * DAY))])
        assert bench.heard.pop() == months(month(40 * DAY))
        await index.reconcile([listing(same, entry("1-f.jpg", JUNE), entry("new.jpg", 80 * DAY))])
        assert bench.heard.pop() == months(month(40 * DAY), month(80 * DAY))
        await index.reconcile([listing(same)])
        gone = bench.heard.pop()
        assert gone.months == {month(JUNE), month(80 * DAY)}
        assert gone.contents == {sha1(3)}

    async def test_a_lost_folder_and_a_lost_file(self, bench):
        index = Index(bench.backup)
        await index.mark_absent(1)
        assert bench.heard.pop() == Touched(frozenset({month(MAY)}), contents=frozenset({sha1(1)}))
        await index.begin_scope()
        await index.forget_unseen("/photos", [])
        assert bench.heard.pop() == Touched(frozenset({month(JUNE)}), contents=frozenset({sha1(3)}))

    async def test_a_confirmation_touches_the_contents_wherever_they_are_shown(self, bench):
        ledger = Ledger(bench.backup, 1)
        await ledger.confirm([Confirmation(sha1(1), "id", Held.UPLOADED)], NOW)
        told = bench.heard.pop()
        assert told == Touched(contents=frozenset({sha1(1)}))
        assert await bench.timeline.months_of(told.contents) == {month(MAY)}

    async def test_a_failure_and_a_tombstone(self, bench):
        await Ledger(bench.backup, 1).fail(FailureRecord(2, "why", "", None, 1, None), NOW)
        assert bench.heard.pop().contents == {sha1(3)}
        tombstones = Tombstones(bench.backup, 1)
        await tombstones.change(
            Burial({sha1(1): "id"}, frozenset({sha1(3)}), {}, *[frozenset()] * 3), NOW
        )
        assert bench.heard.pop().contents == {sha1(1), sha1(3)}
        await KeptBackFiles(bench.backup, 1).upload_again([sha1(1)], NOW)
        assert bench.heard.pop().contents == {sha1(1)}

    async def test_what_is_ignored_is_no_longer_shown_as_failed(self, bench):
        ledger = Ledger(bench.backup, 1)
        await ledger.fail(FailureRecord(2, "why", "", None, 1, None), NOW)
        bench.heard.clear()
        await ledger.ignore([2], NOW)
        await ledger.ignore([2], None)
        assert [told.months for told in bench.heard] == [{month(JUNE)}, {month(JUNE)}]
