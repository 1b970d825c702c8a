"""Responses: JSON with ETag, error bodies, and answers that do not wait for the request's body."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Send

from tray_app.demo.etag import etag, not_modified

LINGER = 30.0


def json_answer(
    data: Any,
    *,
    status: int = 200,
    method: str = "",
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """Return JSON with its ETag, or 304 when the client's headers allow it."""
    body = msgspec.json.encode(data)
    tag = etag(body)
    if status < 300 and not_modified(method, headers or {}, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(
        body,
        status_code=status,
        headers={"ETag": tag},
        media_type=f"{media_type}; charset=utf-8",
    )


def page(status: int, title: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an HTML page as a reverse proxy or a portal shows it."""
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\r\n"
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


class AnswerNow(Exception):
    """Raised while a body is read: this is the answer, whatever else was to come."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


async def answer_then_drain(response: Response, receive: Receive | None, send: Send) -> None:
    """Send the whole answer at once, then read the rest of the body so that the client hears it.

    A Node server and a lingering proxy behave so. `receive` is None when the body is over already.
    """
    headers = response.raw_headers
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": bytes(response.body), "more_body": True})
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            more = receive is not None
            while more and receive is not None:
                more = (await receive()).get("more_body", False)
    await send({"type": "http.response.body", "body": b"", "more_body": False})
