"""Errors as the server answers them: a full body on 2.x, little more than `message` on 3.x."""

from http import HTTPStatus
from typing import Any

from tray_app.demo.options import Version

ELEVATED = "Elevated permission is required"  # the PIN code, which the demo does not have
INVALID = "Validation failed"
UNFORESEEN = "Internal server error"
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
        self.media_type = "application/json"

    @property
    def is_invalid(self) -> bool:
        """True when validation failed."""
        return isinstance(self.message, list)


def no_access(permission: str) -> ApiError:
    """Return the answer for objects that are missing or not the caller's: 400, never 404."""
    return ApiError(400, f"Not found or no {permission} access")


def error_body(error: ApiError, version: Version, correlation_id: str) -> dict[str, Any]:
    """Return the JSON of an error in the style of this version."""
    if version.is_v3:
        if isinstance(error.message, str):
            return {"message": error.message}
        return {"message": INVALID, "errors": [_issue(phrase) for phrase in error.message]}
    body: dict[str, Any] = {
        "message": error.message,
        "statusCode": error.status,
        "correlationId": correlation_id,
    }
    if error.message != UNFORESEEN:
        body["error"] = HTTPStatus(error.status).phrase
    return body


def _issue(phrase: str) -> dict[str, Any]:
    """Split "[path] text" into the path and text that 3.x lists beside the message."""
    path, _, text = phrase.removeprefix("[").partition("] ")
    steps = [int(step) if step.isdigit() else step for step in path.split(".")]
    return {"code": "custom", "path": steps, "message": text}
