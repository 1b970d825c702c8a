"""What a server and the way to it can answer, by next action; real sockets."""

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from tests.fakes.site import Answer, serving
from tray_app.adapters.immich import http as http_module
from tray_app.adapters.immich import wire
from tray_app.adapters.immich.dates import http_date
from tray_app.adapters.immich.errors import decoded, raise_for_answer, retry_after
from tray_app.adapters.immich.http import connected
from tray_app.core.errors import AssetRejected, CaptivePortal, Need, NeedsUser, TooLarge, TryLater
from tray_app.core.server import SignIn

SECRET = "the-secret-key"


async def ask(url: str):
    async with connected(SignIn.with_key(f"{url}/api", SECRET)) as http:
        return await http.get("/server/ping", wire.Ping)


async def error_of(url: str):
    with pytest.raises((TryLater, NeedsUser, AssetRejected)) as caught:
        await ask(url)
    assert SECRET not in caught.value.words()
    return caught.value


def site(answer: Answer):
    return serving({"/api/server/ping": answer})


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (Answer("<html>sign in</html>"), CaptivePortal, "login page"),
        (Answer("<html>sign in</html>", 511), CaptivePortal, "login page"),
        (Answer({"other": 1}), TryLater, "does not give"),
        (Answer(["pong"]), TryLater, "does not give"),
        (Answer({"message": "Invalid API key"}, 401), NeedsUser, "Invalid API key"),
        (Answer("<html>", 403), NeedsUser, "refuses"),
        (
            Answer({"message": "Missing required permission: asset.upload"}, 403),
            NeedsUser,
            "asset.upload",
        ),
        (Answer({"message": "Not Found"}, 404), TryLater, "404"),
        (Answer("<html>", 413), TooLarge, "413"),
        (Answer({"message": "Quota has been exceeded!"}, 400), NeedsUser, "quota"),
        (Answer({"message": ["a", "b"]}, 400), AssetRejected, "a; b"),
        (Answer("<html>", 429), TryLater, "429"),
        (Answer({"message": "Internal server error"}, 500), TryLater, "500"),
        (Answer("<html>", 502), TryLater, "502"),
        (Answer("<html>", 503), TryLater, "503"),
        (Answer("<html>", 504), TryLater, "504"),
        (Answer(None, 302, {"Location": "http://login.cafe/x"}), CaptivePortal, "login.cafe"),
        (Answer(None, 303, {"Location": "//login.cafe/x"}), CaptivePortal, "(captive portal)"),
        (Answer(None, 307, {"Location": "https://login.cafe/x"}), CaptivePortal, "login.cafe"),
        (Answer(None, 308, {"Location": "https://elsewhere.example/x"}), NeedsUser, "elsewhere"),
        (Answer(None, 301, {"Location": "https://elsewhere.example/x"}), NeedsUser, "elsewhere"),
        (Answer(None, 302, {"Location": "/photos"}), NeedsUser, "another page"),
    ],
)
async def test_each_answer_has_its_next_action(answer, kind, words):
    with site(answer) as running:
        error = await error_of(running.url)
    assert type(error) is kind
    assert words in error.words()


def test_a_network_cannot_answer_for_https():
    """A redirect over a proven connection is the server's own or its proxy's: no login page."""
    response = httpx.Response(302, headers={"location": "http://x.y/"})
    with pytest.raises(NeedsUser, match=r"redirects to http://x\.y"):
        raise_for_answer(response, "https://photos.example/api")
    page = httpx.Response(200, headers={"content-type": "text/html"}, text="<html>")
    with pytest.raises(TryLater) as caught:
        decoded(page, wire.Ping, "https://photos.example/api")
    assert type(caught.value) is TryLater


async def test_what_proves_that_all_requests_are_hit():
    wide = {}
    for status in (429, 500, 502, 503, 504):
        with site(Answer("<html>", status)) as running:
            wide[status] = (await error_of(running.url)).server_wide
    assert wide == {429: True, 500: False, 502: False, 503: True, 504: False}


async def test_a_redirect_is_not_followed():
    with serving() as other:
        with site(Answer(None, 302, {"Location": f"{other.url}/api/server/ping"})) as running:
            assert (await error_of(running.url)).need is Need.ADDRESS
        assert other.asked == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("99999", 3600),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
    ],
)
def test_retry_after_in_seconds(value, seconds):
    assert retry_after(httpx.Response(429, headers={"retry-after": value})) == seconds


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 01 Jan 2024 00:00:00 +99999999999999",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Mon, 01 Jan 2024 00:00:00 +9999",
        "never",
    ],
)
def test_a_date_that_there_is_not_is_none(value):
    assert http_date(value) is None
    assert retry_after(httpx.Response(429, headers={"retry-after": value})) is None


def test_a_date_without_a_zone_is_utc():
    assert http_date("Mon, 01 Jan 2024 00:00:00 -0000") == datetime(2024, 1, 1, tzinfo=UTC)


def test_retry_after_as_a_date():
    due = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    found = retry_after(httpx.Response(429, headers={"retry-after": due}))
    assert found == pytest.approx(30, abs=2)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    assert retry_after(httpx.Response(429, headers={"retry-after": past})) == 0


async def test_nobody_listens():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        error = await error_of(f"http://127.0.0.1:{port}")
    assert f"127.0.0.1 refused the connection on port {port}" in error.reason
    assert error.server_wide


async def test_a_name_that_does_not_exist():
    error = await error_of("http://no-such-host.invalid")
    assert "could not be found" in error.reason
    assert error.server_wide


@asynccontextmanager
async def speaking(answer: bytes | None):
    """Serve raw bytes and close; None: say nothing at all."""

    calls = []

    async def serve(reader, writer):
        calls.append(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*calls)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        HEAD + b"Content-Length: 100\r\n\r\n{",
        b"SSH-2.0-OpenSSH\r\n",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
    ids=["nothing", "half", "not http", "not gzip"],
)
async def test_an_answer_that_breaks_off_or_is_none(answer):
    async with speaking(answer) as url:
        error = await error_of(url)
    assert type(error) is TryLater
    assert not error.server_wide


async def test_silence(monkeypatch):
    monkeypatch.setattr(http_module, "_timeout", lambda _seconds: httpx.Timeout(0.2))
    async with speaking(None) as url:
        assert "in time" in (await error_of(url)).reason
