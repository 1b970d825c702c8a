"""Responses: JSON with ETag, error bodies, and answers that do not wait for the request's body."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from tray_app.demo.etag import etag, not_modified

LINGER = 30.0


def json_answer(
    data: Any, *, status: int = 200, method: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """Return JSON with its ETag, or 304 when the client's headers allow it."""
    body = msgspec.json.encode(data)
    tag = etag(body)
    if status < 300 and not_modified(method, headers or {}, tag):  # noqa: PLR2004 - success only
        return Response(status_code=304, headers={"ETag": tag})
    return Response(
        body,
        status_code=status,
        headers={"ETag": tag},
        media_type="application/json; charset=utf-8",
    )


def page(status: int, title: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an HTML page as a reverse proxy or a portal shows it."""
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\r\n"
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


class AnswerNow(Exception):  # noqa: N818 - an answer, not an error of ours
    """Raised while a body is read: this is the answer, whatever else was to come."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class ClientGone(Exception):  # noqa: N818 - nobody is left to tell
    """The client closed the connection before its request was complete."""


async def answer_then_drain(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the whole answer at once, then read the rest of the body so that the client hears it.

    A Node server and a lingering proxy behave so. The answer counts as sent with its last byte; the
    connection is free again when the body ends.
    """
    del scope
    headers = response.raw_headers
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": bytes(response.body), "more_body": True})
    try:
        async with asyncio.timeout(LINGER):
            while (message := await receive())["type"] == "http.request":
                if not message.get("more_body", False):
                    break
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b"", "more_body": False})
