"""The result of a run as plain values and back, for a process that only watches."""

from dataclasses import replace
from typing import Any

import msgspec

from tray_app.core.asset import shown
from tray_app.core.phrase import plain_text
from tray_app.core.run import RunResult

MOST_SKIPPED = 1000  # named, that is; all are counted


def to_wire(result: RunResult) -> Any:
    """Return what JSON can hold; paths with undecodable bytes are escaped."""
    named = tuple(skip._replace(path=shown(skip.path)) for skip in result.skipped[:MOST_SKIPPED])
    kinds = {shown(kind): count for kind, count in result.kinds.items()}
    return msgspec.to_builtins(replace(result, skipped=named, kinds=kinds), enc_hook=plain_text)


def from_wire(said: Any) -> RunResult:
    """Read it back; raises msgspec.ValidationError."""
    return msgspec.convert(said, RunResult)
