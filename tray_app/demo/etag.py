"""Strong ETags as Express makes them, and the decision for 304."""

import base64
import hashlib
from collections.abc import Mapping


def etag(body: bytes) -> str:
    """Return the tag of a body: hex length, then 27 characters of its base64 SHA-1."""
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    return f'"{len(body):x}-{digest[:27]}"'


def not_modified(method: str, headers: Mapping[str, str], tag: str) -> bool:
    """Tell whether 304 is the answer: only reads, compared weakly, and not with no-cache."""
    sent = headers.get("if-none-match")
    if method not in ("GET", "HEAD") or not sent:
        return False
    if "no-cache" in headers.get("cache-control", "").lower():
        return False
    return sent.strip() == "*" or any(
        candidate.strip().removeprefix("W/") == tag for candidate in sent.split(",")
    )
