"""What came of a sync goes to another process and back."""

import json

import msgspec
import pytest

from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.sync.standing import Applied, LibraryCounts, SyncMode, SyncResult
from tray_app.core.sync.wire import from_wire, to_wire

DONE = SyncResult(SyncMode.STREAM, Applied(7, 2), LibraryCounts(40, 1, 2, 0), 0.25, 3, 1)


def sent(outcome):
    return json.loads(json.dumps(to_wire(outcome)))


def test_a_result_stays_what_it_is():
    assert from_wire(sent(DONE)) == DONE


def test_what_needs_a_person_is_raised_there_too():
    with pytest.raises(NeedsUser) as met:
        from_wire(sent(NeedsUser("Refused.", need=Need.SIGN_IN, remedy="Sign in.")))
    assert (met.value.need, met.value.words()) == (Need.SIGN_IN, "Refused. Sign in.")


def test_any_other_error_keeps_its_words():
    with pytest.raises(TrayError, match="Busy") as met:
        from_wire(sent(TryLater("Busy.", remedy="Wait.", after=3)))
    assert (met.value.remedy, isinstance(met.value, NeedsUser)) == ("Wait.", False)


def test_what_is_neither_is_refused():
    with pytest.raises(msgspec.ValidationError):
        from_wire({"done": 1})
    with pytest.raises(TrayError, match="no result"):
        from_wire({})
