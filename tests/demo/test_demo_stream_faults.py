"""Streams that go wrong, each in its way."""

import itertools
import json
import zlib

import httpx
import pytest

from tray_app.demo.stream_faults import (
    CutStream,
    EndlessStream,
    GarbageLine,
    GzipBomb,
    HangingStream,
    HugeLine,
    SplitStream,
    StaleStream,
)

BODY = {"types": ["UsersV1"]}


@pytest.fixture
def opened(signed_in):
    """Open a stream of two users, as bytes."""

    def opened(**options):
        plain = {"accept-encoding": "identity"}
        return signed_in.stream("POST", "/api/sync/stream", json=BODY, headers=plain, **options)

    return opened


def whole(opened):
    with opened() as answer:
        return answer.read()


def broken(opened, error=httpx.TransportError, **options):
    """Return what arrived before the connection broke."""
    received = bytearray()

    def read(answer):
        for part in answer.iter_raw():
            received.extend(part)

    with opened(**options) as answer, pytest.raises(error):
        read(answer)
    return bytes(received)


def without_end(data):
    return data.splitlines(keepends=True)[:-1]


def test_cut_after_lines_and_bytes(opened, server):
    lines = without_end(whole(opened))
    server.faults.add(CutStream(after_lines=1, after_bytes=9, times=1))
    assert broken(opened) == lines[0] + lines[1][:9]
    assert without_end(whole(opened)) == lines


def test_cut_before_anything(opened, server):
    server.faults.add(CutStream(times=1))
    assert broken(opened) == b""


def test_lines_split_anywhere(opened, server):
    lines = without_end(whole(opened))
    server.faults.add(SplitStream(size=5))
    with opened() as answer:
        parts = list(answer.iter_raw())
    assert max(map(len, parts)) < 200
    assert without_end(b"".join(parts)) == lines


def test_endless(opened, server):
    first = whole(opened).splitlines()[0]
    server.faults.add(EndlessStream())
    with opened() as answer:
        lines = list(itertools.islice(answer.iter_lines(), 20_000))
    assert set(lines) == {first.decode()}


def test_a_line_of_garbage(opened, server):
    server.faults.add(GarbageLine(after_lines=1, text="{oops"))
    assert whole(opened).splitlines()[1] == b"{oops"


def test_a_huge_line(opened, server):
    server.faults.add(HugeLine(size=3_000_000))
    line = whole(opened).splitlines()[0]
    assert len(json.loads(line)["type"]) == 3_000_000


def test_a_gzip_bomb(opened, server):
    server.faults.add(GzipBomb(size=200_000_000))
    with opened() as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(packed) < 400_000
    assert len(zlib.decompressobj(wbits=31).decompress(packed, 50_000_000)) == 50_000_000


def test_nothing_after_some_lines(opened, server):
    lines = without_end(whole(opened))
    server.faults.add(HangingStream(after_lines=1))
    timeout = httpx.Timeout(10, read=0.5)
    assert broken(opened, httpx.ReadTimeout, timeout=timeout) == lines[0]


def test_the_newest_changes_are_missing(signed_in, server):
    signed_in.synced("UsersV1")
    server.add_user("new@example.org")
    server.faults.add(StaleStream(times=1))
    assert signed_in.synced("UsersV1") == []
    assert len(signed_in.synced("UsersV1")) == 1


def test_other_requests_pass(signed_in, server):
    server.faults.add(CutStream())
    assert signed_in.get("/api/users/me").status_code == 200


def test_faults_of_the_stream_come_from_outside_too(opened, server):
    answer = httpx.post(f"{server.url}/demo/faults", json={"kind": "cut-stream", "times": 1})
    assert answer.status_code == 201
    assert broken(opened) == b""
