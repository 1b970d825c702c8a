"""A hostile or broken server: a clear error, bounded memory, the old data intact (issue 4)."""

import asyncio
import gzip
import tracemalloc
import zlib
from contextlib import suppress

import pytest

from tests.fakes.changes import COMPLETE, Stream, album, asset, exif, ident, line, user, written
from tests.sync.rig import Bench, bench
from tray_app.adapters.immich.blocks import Limits
from tray_app.core.errors import StreamCut, StreamSilent, TryLater

DEEP = b"[" * 200_000 + b"]" * 200_000
AWAY = {"assetId": ident("a")}

BAD_LINES = {
    "no json": b"<html>hello</html>\n",
    "half a line": b'{"type":"AssetV1"}\n',
    "not an object": b"[1,2]\n",
    "binary": b"\xff\xfe\x00\n",
    "deep in an unknown field": b'{"type":"AssetDeleteV1","x":' + DEEP + b',"ack":"a"}\n',
    "deep in an unknown type": b'{"type":"New","data":' + DEEP + b',"ack":"a"}\n',
    "id is a path": written(line("AssetDeleteV1", {"assetId": "../../../etc/passwd"})),
    "id is a number": written(line("AssetDeleteV1", {"assetId": 7})),
    "id is SQL": written(asset("b") | {"data": asset("b")["data"] | {"id": "' OR 1=1 --"}}),
    "checksum is no checksum": written(asset("b", checksum="aGVsbG8=")),
    "checksum is no base64": written(asset("b", checksum="?" * 28)),
    "a text for a number": written(asset("b", width="4")),
    "a number beyond 64 bits": written(asset("b", width=10**30)),
    "a date that is none": written(asset("b", localDateTime="yesterday")),
    "year 10000": written(asset("b", localDateTime="10000-01-01T00:00:00.000Z")),
    "year 275760": written(asset("b", localDateTime="+275760-09-13T00:00:00.000Z")),
    "year 0": written(asset("b", fileCreatedAt="0000-12-31T23:59:59.999Z")),
    "before Christ": written(asset("b", fileCreatedAt="-000044-03-15T12:00:00.000Z")),
    "a date that is a number": written(asset("b", fileCreatedAt=-62135596800000)),
    "an album's name that is a list": written(
        album("b") | {"data": {"id": ident("b"), "name": []}}
    ),
    "an owner that is a path": written(
        asset("b") | {"data": asset("b")["data"] | {"ownerId": "/"}}
    ),
    "half a surrogate": b'{"type":"UserDeleteV1","data":{"userId":"\\ud800"},"ack":"a"}\n',
    "null for an object": written({"type": "AssetV1", "data": None, "ack": "a"}),
    "an ack that is no text": written({"type": "AssetDeleteV1", "data": AWAY, "ack": ["a"]}),
    "an ack without end": written({"type": "AssetDeleteV1", "data": AWAY, "ack": "a" * 5000}),
    "an endless coordinate": b'{"type":"AssetExifV1","data":{"assetId":"%s","latitude":1e999},'
    b'"ack":"a"}\n' % ident("a").encode(),
}


async def filled(b: Bench) -> list[tuple]:
    b.server.streams(user("me"), asset("a"), exif("a"))
    await b.sync()
    return everything(b)


def everything(b: Bench) -> list[tuple]:
    return [
        *b.rows("SELECT * FROM user"),
        *b.rows("SELECT * FROM asset"),
        *b.rows("SELECT * FROM exif"),
        *b.rows("SELECT * FROM meta"),
    ]


@pytest.mark.parametrize("bad", BAD_LINES.values(), ids=BAD_LINES)
async def test_a_line_that_no_immich_sends_changes_nothing(tmp_path, both_loops, bad):
    async with bench(tmp_path) as b:
        before = await filled(b)
        acks = list(b.server.acks)
        b.server.streams(asset("a", isFavorite=True), bad, line("AssetDeleteV1", AWAY))
        with pytest.raises(TryLater, match="sent a change that Immich does not send") as caught:
            await b.sync()
        assert "etc/passwd" not in caught.value.words()
        assert everything(b) == before
        assert b.server.acks == acks


async def test_year_9999_and_year_1_are_dates(tmp_path):
    async with bench(tmp_path) as b:
        b.server.streams(
            asset("a", localDateTime="9999-12-31T23:59:59.999Z"),
            asset("b", localDateTime="0001-01-01T00:00:00Z"),
            asset("c", localDateTime=None, fileCreatedAt="9999-12-31T23:59:59-14:00"),
            asset("d", localDateTime="2024-05-06T07:08:09"),
        )
        await b.sync()
        assert b.rows("SELECT local_date_time FROM asset ORDER BY file_name") == [
            (253402300799999,),
            (-62135596800000,),
            (None,),
            (1714979289000,),
        ]


async def test_of_one_id_sent_twice_the_last_counts(tmp_path):
    async with bench(tmp_path) as b:
        twice = [asset("a", width=width) for width in (1, 2, 3)]
        b.server.streams(*twice, asset("b"), *twice[:2])
        await b.sync()
        assert b.rows("SELECT width FROM asset ORDER BY file_name") == [(2,), (4,)]


async def test_names_are_data(tmp_path):
    name = "../../x'); DROP TABLE asset;--\x00\n\u202e.jpg"
    async with bench(tmp_path) as b:
        b.server.streams(asset("a", originalFileName=name))
        await b.sync()
        assert b.rows("SELECT file_name FROM asset") == [(name,)]


async def test_a_line_of_100_mb_is_refused_early(tmp_path, both_loops):
    sent = 0

    async def script(stream: Stream) -> None:
        nonlocal sent
        await stream.begin()
        await stream.send(b'{"type":"AssetV1","data":{"id":"')
        for _ in range(100):
            await stream.send(b"a" * 1_000_000)
            sent += 1
        await stream.end()

    async with bench(tmp_path) as b:
        before = await filled(b)
        b.server.scripts.append(script)
        tracemalloc.start()
        try:
            with pytest.raises(TryLater, match="more than 4,194,304 bytes"):
                await b.sync()
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 24 << 20
        assert sent < 50
        assert everything(b) == before


@pytest.mark.parametrize("repeated", [b"\n", written(line("AssetDeleteV1", AWAY))])
async def test_an_endless_stream_meets_its_limit(tmp_path, both_loops, repeated):
    async def script(stream: Stream) -> None:
        await stream.begin()
        while True:
            await stream.send(repeated * 1000)

    async with bench(tmp_path) as b:
        b.limits = Limits(lines=50_000)
        b.server.scripts.append(script)
        with pytest.raises(TryLater, match="without an end"):
            await b.sync()


async def test_what_follows_the_end_is_not_read(tmp_path, both_loops):
    async def script(stream: Stream) -> None:
        await stream.begin()
        await stream.send(written(asset("a"), COMPLETE, asset("b"), COMPLETE))
        await stream.silence()

    async with bench(tmp_path) as b:
        b.limits = Limits(block=100)
        b.server.scripts.append(script)
        await b.sync()
        assert b.names() == ["a"]


async def test_an_answer_that_trickles_is_not_waited_for(tmp_path, both_loops):
    async def script(stream: Stream) -> None:
        await stream.begin()
        while True:
            await stream.send(b" ")
            await asyncio.sleep(0.05)  # the server's pace

    async with bench(tmp_path) as b:
        b.limits = Limits(silence=2)
        b.server.scripts += [script, script]
        with pytest.raises(StreamSilent):
            await b.sync()


async def test_a_gzip_bomb_is_unpacked_in_steps(tmp_path, both_loops):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(2000)) + packer.flush()

    async def script(stream: Stream) -> None:
        await stream.begin(Content_Encoding="gzip")
        await stream.send(bomb)
        await stream.end()

    async with bench(tmp_path) as b:
        before = await filled(b)
        b.server.scripts.append(script)
        tracemalloc.start()
        try:
            with pytest.raises(TryLater, match="more than 4,194,304 bytes"):
                await b.sync()
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 24 << 20
        assert everything(b) == before


async def test_compressed_changes_are_read(tmp_path, both_loops):
    async def script(stream: Stream) -> None:
        packed = gzip.compress(written(*(asset(f"a{n}") for n in range(3000)), COMPLETE))
        await stream.begin(Content_Encoding="gzip")
        for start in range(0, len(packed), 1000):
            await stream.send(packed[start : start + 1000])
        await stream.send(b"what follows the end of the packed bytes")
        await stream.end()

    async with bench(tmp_path) as b:
        b.server.scripts.append(script)
        assert (await b.sync()).applied.upserted == 3000


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"Content_Encoding": "br"}, "nobody asked for"),
        ({"Content_Encoding": "gzip"}, "compression is damaged"),
    ],
)
async def test_other_compressions_are_refused(tmp_path, headers, words):
    async def script(stream: Stream) -> None:
        await stream.begin(**headers)
        await stream.send(written(asset("a"), COMPLETE))
        await stream.end()

    async with bench(tmp_path) as b:
        b.server.scripts.append(script)
        with pytest.raises(TryLater, match=words):
            await b.sync()


async def test_a_login_page_is_not_a_stream(tmp_path):
    async def script(stream: Stream) -> None:
        await stream.begin("text/html")
        await stream.send(b"<html>sign in to the network</html>\n")
        await stream.end()

    async with bench(tmp_path) as b:
        b.server.scripts.append(script)
        with pytest.raises(TryLater, match="other than Immich"):
            await b.sync()


async def test_a_refusal_with_an_endless_body_is_cut(tmp_path, both_loops):
    async def script(stream: Stream) -> None:
        stream._writer.write(b"HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await stream.send(b"x" * 10_000)

    async with bench(tmp_path) as b:
        b.server.scripts += [script] * 3
        with pytest.raises(TryLater, match="answered 500"):
            await b.sync()


async def test_a_server_that_always_breaks_off_is_given_up(tmp_path):
    async with bench(tmp_path) as b:
        for _ in range(40):
            b.server.streams(asset("a"), whole=False)
        with pytest.raises(TryLater, match="broke off the changes"):
            await b.sync()
        assert len(b.server.asked) == 2  # the second time it came no further


async def test_a_server_that_always_resets_is_given_up(tmp_path):
    async with bench(tmp_path) as b:
        before = await filled(b)
        for _ in range(40):
            b.server.streams(
                {"type": "SyncResetV1", "data": {}, "ack": "SyncResetV1|reset"}, whole=False
            )
        with pytest.raises(TryLater, match="does not come to an end"):
            await b.sync()
        assert everything(b)[:3] == before[:3]


@pytest.mark.parametrize("at", range(1, 900, 61))
async def test_cut_at_any_byte_the_next_sync_mends_it(tmp_path, at):
    whole = written(user("me"), asset("a"), exif("a"), COMPLETE)

    async def script(stream: Stream) -> None:
        await stream.begin()
        await stream.send(whole[:at])
        raise ConnectionResetError

    async with bench(tmp_path) as b:
        b.server.scripts.append(script)
        b.server.streams(user("me"), asset("a"), exif("a"))
        with suppress(StreamCut):  # where not one line was whole
            await b.sync()
        if b.server.scripts:
            await b.sync()
        assert b.names() == ["a"]
