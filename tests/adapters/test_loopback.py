"""The receiver on 127.0.0.1: what any program and any page of this computer may send to it."""

import asyncio
import logging
from urllib.parse import urlsplit

import httpx
import pytest

from tray_app.adapters import loopback
from tray_app.adapters.loopback import Loopback

SECRET = "c0de-that-nobody-sees"
QUERY = f"code={SECRET}&state=S"


class Sign:
    """Takes the first address with the right state, as the engine does."""

    def __init__(self):
        self.offered, self.taken = [], []

    def offer(self, text):
        self.offered.append(text)
        if "state=S" not in text or self.taken:
            return False
        self.taken.append(text)
        return True


async def raw(redirect, data, *, end=False):
    """Send bytes; returns all that comes back until the connection is closed."""
    parts = urlsplit(redirect)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write(data)
        if end:
            writer.write_eof()
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


def head(redirect, first="GET {path}?{query} HTTP/1.1", host=None, *more):
    parts = urlsplit(redirect)
    line = first.format(path=parts.path, query=QUERY)
    return "\r\n".join([line, f"Host: {host or parts.netloc}", *more, "", ""]).encode()


async def test_the_browser_comes_back(both_loops):
    sign = Sign()
    async with Loopback().open(sign.offer) as redirect, httpx.AsyncClient() as browser:
        assert urlsplit(redirect).hostname == "127.0.0.1"
        page = await browser.get(f"{redirect}?{QUERY}")
    assert sign.taken == [f"{redirect}?{QUERY}"]
    assert (page.status_code, "You can close this tab." in page.text) == (200, True)
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_nothing_of_a_request_is_repeated_or_logged(both_loops, caplog):
    caplog.set_level(logging.DEBUG)
    async with Loopback().open(Sign().offer) as redirect:
        for query in (QUERY, "state=<script>alert(1)</script>", f"{QUERY}&again"):
            said = await raw(redirect, head(redirect).replace(QUERY.encode(), query.encode()))
            assert said.startswith(b"HTTP/1.1 ")
            assert b"script" not in said
            assert SECRET.encode() not in said
        for odd in (f"{SECRET}\r\n\r\n", f"GET /{SECRET} HTTP/1.1\r\nHost: {SECRET}\r\n\r\n"):
            assert SECRET.encode() not in await raw(redirect, odd.encode())
    ours = [record for record in caplog.records if record.name.startswith("tray_app")]
    assert SECRET not in "".join(record.getMessage() for record in ours)


async def test_the_same_address_is_taken_once(both_loops):
    sign = Sign()
    async with Loopback().open(sign.offer) as redirect:
        assert (await raw(redirect, head(redirect))).startswith(b"HTTP/1.1 200")
        again = await raw(redirect, head(redirect))
    assert again.startswith(b"HTTP/1.1 400")
    assert b"does not wait for this" in again
    assert len(sign.taken) == 1


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        (lambda to: head(to, "GET /favicon.ico HTTP/1.1"), 404),
        (lambda to: head(to, "GET / HTTP/1.1"), 404),
        (lambda to: head(to, "GET /callback/../callback?{query} HTTP/1.1"), 404),
        (lambda to: head(to, f"GET {to}?{{query}} HTTP/1.1"), 404),
        (lambda to: head(to, "POST {path}?{query} HTTP/1.1"), 405),
        (lambda to: head(to, "OPTIONS {path}?{query} HTTP/1.1"), 405),
        (lambda to: head(to, host="evil.example"), 421),
        (lambda to: head(to, host=f"evil.example:{urlsplit(to).port}"), 421),
        (lambda to: head(to, host=f"localhost:{urlsplit(to).port}"), 421),
        (lambda to: head(to, host="127.0.0.1"), 421),
        (lambda to: head(to, "GET {path}?{query} HTTP/1.1", None, "Host: evil.example"), 421),
        (lambda to: head(to, "GET {path}?{query} HTTP/1.1", None, " host : evil.example"), 421),
        (lambda to: f"GET /callback?{QUERY} HTTP/1.1\r\n\r\n".encode(), 421),
        (lambda to: head(to, "GET {path}?{query}"), 400),
        (lambda to: head(to, "GET {path}?{query} SPDY/3"), 400),
        (lambda to: b"\x16\x03\x01\x02\x00\x01\xff\xfe\r\n\r\n", 400),
        (lambda to: b"GET /callback?" + b"x" * 100_000, 431),
    ],
)
async def test_strange_requests_are_refused_and_harm_nothing(request_of, status):
    sign = Sign()
    async with Loopback().open(sign.offer) as redirect:
        said = await raw(redirect, request_of(redirect))
        assert said.startswith(f"HTTP/1.1 {status} ".encode()) or (status == 431 and not said)
        assert sign.offered == []
        assert (await raw(redirect, head(redirect))).startswith(b"HTTP/1.1 200")


async def test_who_says_nothing_or_half_of_it_is_left(monkeypatch):
    monkeypatch.setattr(loopback, "_SECONDS", 0.05)
    async with Loopback().open(Sign().offer) as redirect:
        assert await raw(redirect, b"GET /callback?state=S") == b""
        assert await raw(redirect, b"GET /callback?state=S", end=True) == b""
        assert (await raw(redirect, head(redirect))).startswith(b"HTTP/1.1 200")


async def test_too_many_silent_visitors_do_not_grow():
    sign = Sign()
    async with Loopback().open(sign.offer) as redirect:
        parts = urlsplit(redirect)
        silent = [
            await asyncio.open_connection(parts.hostname, parts.port)
            for _ in range(loopback._MOST_CLIENTS)
        ]
        try:
            assert await raw(redirect, head(redirect)) == b""
        finally:
            for _, writer in silent:
                writer.close()
    assert sign.taken == []


async def test_afterwards_nobody_listens_and_nobody_is_kept(both_loops):
    async with Loopback().open(Sign().offer) as redirect:
        parts = urlsplit(redirect)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(b"GET ")
    assert await reader.read() == b""
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(parts.hostname, parts.port)


async def test_only_this_computer_reaches_it():
    async with Loopback().open(Sign().offer) as redirect:
        port = urlsplit(redirect).port
        with pytest.raises(ConnectionRefusedError):  # 127.0.0.2 is this computer, too
            await asyncio.open_connection("127.0.0.2", port)
