"""Answers that no Immich gives: a clear error, bounded memory, whatever is asked (issue 4)."""

import asyncio
import tracemalloc
import zlib
from contextlib import asynccontextmanager, suppress

import pytest

from tray_app.adapters.immich import discovery, whole
from tray_app.adapters.immich.client import ImmichServer
from tray_app.adapters.immich.http import connected
from tray_app.core.errors import AssetRejected, NeedsUser, TryLater
from tray_app.core.server import SignIn

pytestmark = pytest.mark.timeout(240)  # 64 MiB a test, on a machine that may be busy

DEEP = b'{"x":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
MIB = 1 << 20

RESOURCES = {
    "version": ImmichServer.version,
    "config": ImmichServer.health,
    "media types": ImmichServer.media_types,
    "users/me": ImmichServer.me,
    "permissions": ImmichServer.permissions,
    "bulk check": lambda server: server.check([b"\0" * 20]),
    "albums": ImmichServer.albums,
}
WRONG = {
    "null": b"null",
    "a number": b"7",
    "a list": b"[1,2]",
    "other types": b'{"major":"three","id":7,"image":5,"results":{},"permissions":1,"res":[]}',
    "deep": DEEP,
    "half": b'{"major":3,',
    "binary": b"\xff\xfe\x00",
    "nothing": b"",
    "numbers beyond all": b'{"major":%s,"minor":0,"patch":0}' % (b"9" * 400),
}


def head(length=None, status=b"200 OK", **headers):
    """The beginning of an answer; without a length it is chunked."""
    named = {"Content-Type": "application/json", **headers}
    named |= {"Transfer-Encoding": "chunked"} if length is None else {"Content-Length": length}
    lines = [f"{name.replace('_', '-')}: {value}".encode() for name, value in named.items()]
    return b"\r\n".join([b"HTTP/1.1 " + status, *lines, b"", b""])


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


@asynccontextmanager
async def answering(script):
    """Serve one script of bytes for every request; `script` gets the writer."""

    async def serve(reader, writer):
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                asked = await reader.readuntil(b"\r\n\r\n")
                length = asked.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                await reader.readexactly(int(length or 0))
                await script(writer)
        writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def always(data):
    async def script(writer):
        writer.write(data)
        await writer.drain()

    return script


def endlessly(piece, **headers):
    """Send a piece again and again; count how often in `sent`."""

    async def script(writer):
        writer.write(head(**headers))
        while True:
            writer.write(chunk(piece))
            script.sent += len(piece)
            await writer.drain()

    script.sent = 0
    return script


async def asked(script, resource=ImmichServer.me):
    async with answering(script) as url, connected(SignIn.with_key(f"{url}/api", "key")) as http:
        return await resource(ImmichServer(http, uses_key=True))


async def peak_of(script, words, resource=ImmichServer.me):
    """Return the most bytes that Python held while an answer was refused with these words."""
    tracemalloc.start()
    try:
        with pytest.raises(TryLater, match=words):
            await asked(script, resource)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
async def test_another_json_than_immichs_is_an_error_that_says_so(resource, body):
    if body == b"[1,2]" and resource is ImmichServer.media_types:
        body = b"[[]]"
    with pytest.raises(TryLater, match=r"does not give|Something other|left out"):
        await asked(always(head(len(body)) + body), resource)


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
async def test_no_answer_may_be_larger_than_the_limit(resource, monkeypatch):
    monkeypatch.setattr(whole, "LARGEST", 2 * MIB)
    monkeypatch.setattr(whole.whole, "__defaults__", (2 * MIB,))
    script = endlessly(b" " * 65_536)
    assert await peak_of(script, "more than 2 MiB", resource) < 8 * MIB
    assert script.sent < 32 * MIB


async def test_an_endless_answer_ends_at_the_usual_limit(both_loops):
    script = endlessly(b" " * 65_536)
    assert await peak_of(script, "more than 64 MiB") < 200 * MIB
    assert script.sent < 128 * MIB


async def test_a_gzip_bomb_is_not_unpacked(both_loops):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * MIB) for _ in range(2000)) + packer.flush()
    script = always(head(len(bomb), Content_Encoding="gzip") + bomb)
    assert await peak_of(script, "more than 64 MiB") < 200 * MIB


@pytest.mark.parametrize(
    ("coding", "words"),
    [
        ("deflate", "nobody asked for"),
        ("br", "nobody asked for"),
        ("gzip, gzip", "nobody asked for"),
        ("gzip", "compression is damaged"),
    ],
)
async def test_only_gzip_is_unpacked(coding, words):
    with pytest.raises(TryLater, match=words):
        await asked(always(head(2, Content_Encoding=coding) + b"{}"))


async def test_gzip_is_understood_and_the_connection_kept(both_loops):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(b'{"id":"i","email":"e"}') + packer.flush()
    writers = set()

    async def packed_answer(writer):
        writers.add(writer)
        writer.write(head(Content_Encoding="gzip") + chunk(packed) + chunk(b""))

    async def both(server):
        return [(await server.me()).email for _ in range(2)]

    assert await asked(packed_answer, both) == ["e", "e"]
    assert len(writers) == 1


async def test_an_answer_that_trickles_is_not_waited_for(monkeypatch, both_loops):
    monkeypatch.setattr(whole, "SECONDS", 0.3)

    async def script(writer):
        writer.write(head())
        while True:
            writer.write(chunk(b" "))
            await writer.drain()
            await asyncio.sleep(0.05)  # the server's pace

    with pytest.raises(TryLater, match="takes too long"):
        await asked(script)


async def test_of_an_endless_refusal_the_beginning_is_read(both_loops):
    script = endlessly(b'{"message":"no","x":"' + b"y" * 65_536, status=b"500 No")
    with pytest.raises(TryLater, match="answered 500"):
        await asked(script)
    assert script.sent < 32 * MIB


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (DEEP, "answered 400"),
        (b'{"message":"Validation failed","errors":' + DEEP + b"}", "answered 400"),
        (
            b'{"message":"Validation failed","errors":[{"path":["a",0],"message":"is bad"}]}',
            r"Validation failed; a\.0: is bad",
        ),
        (b'{"message":"Validation failed","errors":[7]}', "Validation failed"),
        (b'{"message":["a","b"],"errors":"x"}', "a; b"),
    ],
)
async def test_a_refusal_is_told_in_the_servers_words_where_it_has_some(body, words):
    with pytest.raises(AssetRejected, match=words):
        await asked(always(head(len(body), status=b"400 No") + body))


@pytest.mark.parametrize("path", ["/.well-known/immich", "/api/server/ping"])
async def test_what_answers_where_a_server_may_be_is_bounded(path, both_loops):
    script = endlessly(b"[" * 65_536)
    async with answering(script) as url:
        with pytest.raises(TryLater, match="more than 1 MiB"):
            await discovery.find_server(url)
    assert script.sent < 32 * MIB


async def test_deep_json_where_a_server_may_be_is_not_immich():
    async with answering(always(head(len(DEEP)) + DEEP)) as url:
        with pytest.raises(NeedsUser, match="not an Immich server"):
            await discovery.find_server(url)


HELD = b'{"id":"0","action":"reject","reason":"duplicate","assetId":"a","isTrashed":false}'
HALF = {
    "another action": HELD.replace(b'"reject"', b'""'),
    "no action": HELD.replace(b'"action":"reject",', b""),
    "no asset": HELD.replace(b'"assetId":"a",', b""),
    "null for an asset": HELD.replace(b'"a"', b"null"),
    "empty asset": HELD.replace(b'"a"', b'""'),
    "accepted and held": HELD.replace(b'"reject"', b'"accept"'),
    "twice": HELD + b"," + HELD.replace(b'"reject"', b'"accept"').replace(b'"assetId":"a",', b""),
    "another one more": HELD + b',{"id":"1","action":"accept"}',
}


@pytest.mark.parametrize("results", HALF.values(), ids=HALF)
async def test_half_an_answer_to_the_duplicate_check_is_none(results):
    """It would read as: the server does not have it, and a backed-up file would count as gone."""
    body = b'{"results":[' + results + b"]}"
    with pytest.raises(TryLater, match=r"does not give|left out"):
        await asked(always(head(len(body)) + body), RESOURCES["bulk check"])


async def test_a_refused_format_is_not_held():
    body = b'{"results":[{"id":"0","action":"reject","reason":"unsupported-format"}]}'
    (answer,) = await asked(always(head(len(body)) + body), RESOURCES["bulk check"])
    assert answer.remote_id is None
