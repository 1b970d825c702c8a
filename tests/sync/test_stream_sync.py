"""What the change stream does to the library (issue 4, parts 1 and 3)."""

import asyncio
import uuid

import pytest

from tests.fakes.changes import (
    COMPLETE,
    RESET,
    Stream,
    album,
    asset,
    exif,
    ident,
    key,
    line,
    link,
    partner,
    sha1,
    user,
    written,
)
from tests.sync.rig import bench
from tray_app.adapters.immich.blocks import Limits
from tray_app.core.errors import NeedsUser, StreamCut, StreamSilent, TryLater
from tray_app.core.sync.standing import Applied, Owner


def gone(name: str, kind: str = "AssetDeleteV1") -> dict:
    return line(kind, {"assetId": ident(name)})


async def test_a_first_sync_fills_the_tables_and_acknowledges_each_type(tmp_path, both_loops):
    async with bench(tmp_path) as b:
        b.server.streams(
            user("me"), user("ann"), asset("a"), asset("b"), album("x"), link("x", "a"), exif("a")
        )
        result = await b.sync()
        assert b.names() == ["a", "b"]
        assert result.counts == (2, 1, 2, 0)
        assert b.rows("SELECT checksum, local_date_time FROM asset WHERE id = ?", key("a")) == [
            (sha1("a"), 1714979289123)
        ]
        assert b.rows("SELECT album_id, user_id, role FROM album_user") == [
            (key("x"), key("me"), "owner")
        ]
        assert b.server.acks == [
            "UserV1|ann",
            "AssetV1|b",
            "AlbumV1|x",
            "AlbumToAssetV1|a",
            "AssetExifV1|a",
            "SyncCompleteV1|end",
        ]
        assert b.server.asked[0]["reset"] is True  # the library is new, the session may not be


async def test_a_second_sync_counts_only_what_changed(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"))
        await b.sync()
        b.server.streams(asset("a"), asset("b", isFavorite=True), gone("z"))
        result = await b.sync()
        assert result.applied == Applied(upserted=1, deleted=0)
        assert "reset" not in b.server.asked[1]
        b.server.streams(gone("a"))
        assert (await b.sync()).applied == Applied(upserted=0, deleted=1)


@pytest.mark.parametrize(
    ("version", "types"),
    [
        ((2, 7, 5), {"AssetsV1", "AlbumsV1", "AuthUsersV1"}),
        ((3, 0, 3), {"AssetsV2", "AlbumsV2", "AuthUsersV1"}),
        ((3, 3, 0), {"AssetsV2", "AlbumsV2", "AuthUsersV2"}),
        ((4, 0, 0), {"AssetsV2", "AlbumsV2", "AuthUsersV2"}),
    ],
)
async def test_types_follow_the_version_asked_before_each_sync(tmp_path, version, types):
    async with bench(tmp_path) as b:
        b.server.streams()
        await b.sync()
        b.server.version = version
        b.server.streams()
        await b.sync()
        asked = set(b.server.asked[1]["types"])
        assert types <= asked
        assert len({name[:-2] for name in asked}) == len(asked)  # one version of each


async def test_the_upgrade_of_the_server_keeps_the_library(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a", duration="0:00:01.500000"), album("x"))
        await b.sync()
        b.server.version = (3, 0, 3)
        owner = line("AlbumUserV1", {"albumId": ident("x"), "userId": ident("me"), "role": "owner"})
        b.server.streams(asset("a", kind="AssetV2", duration=1500), album("x", None), owner)
        result = await b.sync()
        assert result.applied == Applied()
        assert b.rows("SELECT duration_ms FROM asset") == [(1500,)]


async def test_a_reset_keeps_what_comes_again_and_sweeps_the_rest(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"), album("x"), link("x", "a"))
        await b.sync()
        b.server.streams(RESET, whole=False)
        b.server.streams(asset("b"), asset("c"), album("x"))
        result = await b.sync()
        assert b.names() == ["b", "c"]
        assert b.rows("SELECT * FROM album_asset") == []
        assert result.applied.upserted == 1
        assert "SyncResetV1|reset" in b.server.acks
        assert b.rows("SELECT checksum, told FROM removal") == [(sha1("a"), 0)]


async def test_a_reset_that_is_cut_in_the_middle_takes_nothing_away(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"))
        await b.sync()
        b.server.streams(RESET, whole=False)
        b.server.streams(whole=False)
        with pytest.raises(StreamCut):
            await b.sync()
        assert b.names() == ["a", "b"]
        b.server.streams(asset("b"))
        await b.sync()
        assert b.names() == ["b"]


async def test_a_cut_stream_is_taken_up_where_it_was(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), b'{"type":"Ass', whole=False)

        async def broken(stream: Stream) -> None:
            await stream.begin()
            await stream.send(written(asset("b")) + b'{"type":"AssetV1","da')
            raise ConnectionResetError

        b.server.scripts[0] = broken
        b.server.streams(asset("c"))
        await b.sync()
        assert b.names() == ["b", "c"]
        assert b.server.acks == ["AssetV1|b", "AssetV1|c", "SyncCompleteV1|end"]
        assert [asked.get("reset") for asked in b.server.asked] == [True, None]


async def test_without_the_last_line_a_stream_is_not_complete(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(whole=False)
        with pytest.raises(StreamCut):
            await b.sync()


async def test_nothing_is_acknowledged_that_was_not_stored(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"))
        b.server.ack_status = 500
        with pytest.raises(TryLater):
            await b.sync()
        assert b.names() == ["a"]  # stored, and sent again next time
        b.server.ack_status = 204
        b.server.streams(asset("a"))
        assert (await b.sync()).applied == Applied()


async def test_a_silent_stream_is_asked_for_everything_once(tmp_path):
    async def silent(stream: Stream) -> None:
        await stream.begin()
        await stream.silence()

    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"))
        await b.sync()
        b.limits = Limits(silence=2)
        b.server.scripts.append(silent)
        b.server.streams(asset("b"))
        await b.sync()
        assert [asked.get("reset") for asked in b.server.asked] == [True, None, True]
        assert b.names() == ["b"]
        b.server.scripts += [silent, silent]
        with pytest.raises(StreamSilent):
            await b.sync()
        assert b.names() == ["b"]


async def test_unknown_types_are_counted_and_never_acknowledged(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(line("HologramV1", {"a": [1]}), asset("a"), line("HologramV1", {"a": [2]}))
        result = await b.sync()
        assert result.unknown == 2
        assert b.names() == ["a"]
        assert not [ack for ack in b.server.acks if "Hologram" in ack]


async def test_control_acks_keep_the_type_inside_them(tmp_path):
    async with bench(tmp_path) as b:
        backfill = asset("p", "ann", "PartnerAssetBackfillV1")
        done = {"type": "SyncAckV1", "data": {}, "ack": "PartnerAssetBackfillV1|7|complete"}
        b.server.streams(partner("ann"), backfill, done)
        await b.sync()
        assert b.server.acks[1] == "PartnerAssetBackfillV1|7|complete"


async def test_another_account_starts_with_an_empty_library(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"))
        await b.sync()
        b.owner = Owner(ident("ann"), "session-2")
        b.server.streams(asset("b", "ann"))
        await b.sync()
        assert b.names() == ["b"]
        assert b.server.asked[1]["reset"] is True
        assert b.rows("SELECT * FROM removal") == []


async def test_a_new_session_of_the_same_account_keeps_the_library(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"))
        await b.sync()
        b.owner = Owner(ident("me"), "session-2")
        b.server.streams(asset("a"))
        result = await b.sync()
        assert b.names() == ["a"]
        assert result.applied == Applied(upserted=0, deleted=1)


async def test_full_asks_for_everything_and_changes_what_differs(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), asset("b"))
        await b.sync()
        b.server.streams(asset("a"), asset("b", isFavorite=True))
        assert (await b.sync(full=True)).applied == Applied(upserted=1, deleted=0)
        assert b.server.asked[1]["reset"] is True


async def test_a_partners_assets_go_with_the_partner_unless_an_album_has_them(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(
            partner("ann"),
            asset("mine"),
            asset("p", "ann", "PartnerAssetV1"),
            asset("q", "ann", "PartnerAssetV1"),
            asset("r", "bob", "AlbumAssetCreateV1"),
            album("x", "bob"),
            link("x", "q"),
            link("x", "r"),
            exif("p", "PartnerAssetExifV1"),
        )
        await b.sync()
        assert b.names() == ["mine", "p", "q", "r"]
        away = {"sharedById": ident("ann"), "sharedWithId": ident("me")}
        b.server.streams(line("PartnerDeleteV1", away))
        await b.sync()
        assert b.names() == ["mine", "q", "r"]
        assert b.rows("SELECT * FROM exif") == []
        b.server.streams(link("x", "r", "AlbumToAssetDeleteV1"))
        await b.sync()
        assert b.names() == ["mine", "q"]
        b.server.streams(line("AlbumDeleteV1", {"albumId": ident("x")}))
        await b.sync()
        assert b.names() == ["mine"]
        assert b.rows("SELECT * FROM album_asset") == []
        assert b.rows("SELECT * FROM removal") == []  # none of them was mine


async def test_album_assets_may_come_before_their_album_and_survive_a_cut(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("r", "bob", "AlbumAssetCreateV1"), whole=False)
        b.server.streams(line("AlbumDeleteV1", {"albumId": ident("old")}), album("x", "bob"))
        b.server.scripts[1:] = []
        b.server.streams(
            line("AlbumDeleteV1", {"albumId": ident("old")}), album("x", "bob"), link("x", "r")
        )
        await b.sync()
        assert b.names() == ["r"]


async def test_own_assets_that_are_deleted_are_noted_with_their_checksum(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(asset("a"), exif("a"))
        await b.sync()
        b.server.streams(gone("a"))
        await b.sync()
        assert b.names() == []
        assert b.rows("SELECT * FROM exif") == []
        assert b.rows("SELECT asset_id, checksum, told FROM removal") == [(key("a"), sha1("a"), 1)]


async def test_batches_are_stored_while_the_next_is_read(tmp_path):
    async with bench(tmp_path) as b:
        b.batch_lines = 10
        b.limits = Limits(block=1000)
        names = [f"a{n:03}" for n in range(200)]
        b.server.streams(*(asset(name) for name in names))
        await b.sync()
        assert b.names() == names
        assert b.server.acks[-1] == "SyncCompleteV1|end"
        assert [ack for ack in b.server.acks if ack.startswith("AssetV1")] == sorted(
            ack for ack in b.server.acks if ack.startswith("AssetV1")
        )


async def test_indexes_are_built_once_everything_is_there(tmp_path):
    async with bench(tmp_path) as b:
        indexes = "SELECT name FROM sqlite_schema WHERE name GLOB 'asset_*'"
        assert b.rows(indexes) == []
        b.server.streams(asset("a"))
        await b.sync()
        assert len(b.rows(indexes)) == 3
        plan = b.rows(
            "EXPLAIN QUERY PLAN SELECT id FROM asset WHERE owner_id = ? AND checksum = ?",
            key("me"),
            sha1("a"),
        )
        assert "asset_checksum" in plan[0][3]
        plan = b.rows(
            "EXPLAIN QUERY PLAN SELECT id FROM asset WHERE owner_id = ? AND visibility ="
            " 'timeline' AND deleted_at IS NULL ORDER BY local_date_time DESC, id DESC LIMIT 50",
            key("me"),
        )
        assert [row[3] for row in plan] == ["SEARCH asset USING INDEX asset_timeline (owner_id=?)"]


async def test_cancelling_leaves_a_library_that_goes_on(tmp_path, both_loops):
    begun = asyncio.Event()

    async def half(stream: Stream) -> None:
        await stream.begin()
        await stream.send(written(asset("a")))
        begun.set()
        await stream.silence()

    async with bench(tmp_path) as b:
        b.server.scripts.append(half)
        task = asyncio.create_task(b.sync())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        b.server.streams(asset("a"))
        await b.sync()
        assert b.names() == ["a"]


async def test_a_stream_that_is_refused_needs_another_program(tmp_path):
    async def refused(stream: Stream) -> None:
        stream._writer.write(
            b"HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n"
            b'{"message":"old types"}'
        )
        await stream._writer.drain()

    async with bench(tmp_path) as b:
        b.server.scripts.append(refused)
        with pytest.raises(NeedsUser, match="refuses the library's change stream"):
            await b.sync()


NOW = 1_780_000_000_000


def number(moment_ms):
    return str(uuid.UUID(int=(moment_ms << 80) | (7 << 76) | (2 << 62) | 1))


async def test_a_row_that_appears_after_a_newer_one_is_not_lost(tmp_path):
    """A server numbers a row before it commits it: seen on 2.7.5 and 3.0.3."""
    visible: dict[str, int] = {}

    def checkpoint(b):
        acked = [ack.partition("|")[2] for ack in b.server.acks if ack.startswith("AssetV1|")]
        return acked[-1] if acked else ""

    def script(b, now):
        async def answer(stream):
            await stream.begin()
            rows = sorted((number(at), name) for name, at in visible.items())
            for given, name in rows:
                if given > checkpoint(b):
                    await stream.send(written({**asset(name), "ack": f"AssetV1|{given}"}))
            await stream.send(written({**COMPLETE, "ack": f"SyncCompleteV1|{number(now)}"}))
            await stream.end()

        return answer

    async with bench(tmp_path) as b:
        visible.update(old=NOW - 60_000, newer=NOW - 100)
        b.server.scripts.append(script(b, NOW))
        await b.sync()
        visible["late"] = NOW - 1500  # its transaction ends only now
        b.server.scripts.append(script(b, NOW + 5000))
        result = await b.sync()
        assert b.names() == ["late", "newer", "old"]
        assert result.applied.upserted == 1
        b.server.scripts.append(script(b, NOW + 9000))
        before = len(b.server.acks)
        await b.sync()
        assert [ack.partition("|")[0] for ack in b.server.acks[before:]] == ["SyncCompleteV1"]
        assert checkpoint(b) == number(NOW - 100)


async def test_a_server_that_fails_on_a_bad_checkpoint_is_asked_for_everything(tmp_path):
    async def fails(stream):
        body = b'{"message":"Internal server error"}'
        stream._writer.write(
            b"HTTP/1.1 500 X\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        await stream._writer.drain()

    async with bench(tmp_path) as b:
        b.server.streams(asset("a"))
        await b.sync()
        b.server.scripts += [fails, fails]
        b.server.streams(asset("b"))
        await b.sync()
        assert [asked.get("reset") for asked in b.server.asked] == [True, None, None, True]
        assert b.names() == ["b"]
        b.server.scripts += [fails] * 3
        with pytest.raises(TryLater, match="500"):
            await b.sync()
        assert b.names() == ["b"]
