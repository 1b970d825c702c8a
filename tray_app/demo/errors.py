"""Errors as the server answers them: a full body on 2.x, little more than `message` on 3.x."""

from http import HTTPStatus
from typing import Any

from tray_app.demo.options import Version

CORRELATION_HEADERS = {False: "x-immich-cid", True: "x-correlation-id"}


def correlation_header(version: Version) -> str:
    """Return the name of the header that carries the correlation id."""
    return CORRELATION_HEADERS[version.is_v3]


class ApiError(Exception):
    """A refusal with an HTTP status; a list of messages means failed validation."""

    def __init__(self, status: int, message: str | list[str]) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def no_access(permission: str) -> ApiError:
    """Return the answer for objects that are missing or not the caller's: 400, never 404."""
    return ApiError(400, f"Not found or no {permission} access")


def error_body(error: ApiError, version: Version, correlation_id: str) -> dict[str, Any]:
    """Return the JSON of an error in the style of this version."""
    if version.is_v3:
        body: dict[str, Any] = {"message": error.message}
        if isinstance(error.message, list):
            body["errors"] = [_issue(phrase) for phrase in error.message]
        return body
    body = {"message": error.message, "statusCode": error.status, "correlationId": correlation_id}
    if error.status != HTTPStatus.INTERNAL_SERVER_ERROR:
        body["error"] = HTTPStatus(error.status).phrase
    return body


def _issue(phrase: str) -> dict[str, Any]:
    """Split "[path] text" into the path and text that 3.x lists beside the message."""
    path, _, text = phrase.removeprefix("[").partition("] ")
    return {"path": path.split("."), "message": text}
