"""What came of a sync as plain values and back, for a process that asked the running program."""

from typing import Any

import msgspec

from tray_app.core.errors import Need, NeedsUser, TrayError
from tray_app.core.phrase import phrase, plain_text
from tray_app.core.sync.standing import SyncResult


class _Fault(msgspec.Struct, frozen=True):
    reason: str
    remedy: str = ""
    need: Need | None = None


class _Outcome(msgspec.Struct, frozen=True):
    done: SyncResult | None = None
    fault: _Fault | None = None


def to_wire(outcome: SyncResult | TrayError) -> Any:
    """Return what JSON can hold."""
    if isinstance(outcome, SyncResult):
        return msgspec.to_builtins(_Outcome(done=outcome), enc_hook=plain_text)
    need = outcome.need if isinstance(outcome, NeedsUser) else None
    return msgspec.to_builtins(
        _Outcome(fault=_Fault(outcome.reason, outcome.remedy, need)), enc_hook=plain_text
    )


def from_wire(said: Any) -> SyncResult:
    """Read it back, or raise the TrayError that the sync met; else msgspec.ValidationError."""
    outcome = msgspec.convert(said, _Outcome)
    if outcome.done:
        return outcome.done
    fault = outcome.fault or _Fault(phrase("The sync has no result."))
    if fault.need:
        raise NeedsUser(fault.reason, need=fault.need, remedy=fault.remedy)
    raise TrayError(fault.reason, remedy=fault.remedy)
