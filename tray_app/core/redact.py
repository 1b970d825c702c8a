"""Taking secrets out of text before anyone may read it: logs, errors, support bundles."""

import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
_SHORTEST = 6  # shorter values would also hide harmless text

_NAME = r"(?:access_?token|api_?key|password|passwd|secret|token|session_?key|code_?verifier)"
_VALUE = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^\s,;&}\])]+)"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)(['\"]?(?:set-cookie|cookie|authorization|x-api-key|x-immich-[\w-]*(?:token|key))"
            r"['\"]?\s*[:=,]\s*)(b?'[^'\n]*'|b?\"[^\"\n]*\"|[^\n'\"]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(rf"(?i)(['\"]?\b[\w-]*{_NAME}\b['\"]?\s*[:=]\s*){_VALUE}"), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@]+@"), rf"\1{HIDDEN}@"),
    (
        re.compile(r"(?i)\b((?:https?|wss?|app\.immich):/[^\s?'\"<>]*)\?[^\s'\"<>]+"),
        rf"\1?{HIDDEN}",
    ),
)


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text without known secrets, credentials, cookies and query strings of URLs."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, HIDDEN)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
