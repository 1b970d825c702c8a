"""Whether an automatic backup has to wait for the sync (issue 4, part 6).

A sync that failed may hide what was deleted on the server, or what it holds already. What is
asked for by a person goes all the same; the check before sending guards against duplicates.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from tray_app.core.conditions import Blocker, Reason
from tray_app.core.errors import Need
from tray_app.core.phrase import phrase
from tray_app.core.sync_schedule import SyncState, Trouble

LONGEST = timedelta(hours=24)  # then backups go on: the trouble is ours, not theirs


class Hold(NamedTuple):
    """Why uploads wait, and for how long at most; None: until a person has acted."""

    reason: Reason
    longest: timedelta | None = LONGEST

    def stands(self, since: datetime, now: datetime) -> bool:
        """Tell whether it still holds; `since`: when it began."""
        return self.longest is None or now - since < self.longest


def upload_hold(state: SyncState | None, *, complete: bool) -> Hold | None:
    """Choose from the state of the sync; None: upload.

    `state` None: this account cannot sync at all. `complete`: the library was read to its end and
    is not being read anew.
    """
    if state is None:
        return None
    if state.trouble and state.trouble.need is Need.IDENTITY:
        return Hold(_reason(state.trouble), longest=None)
    if state.trouble and state.trouble.need not in (None, Need.DISK):
        return None  # the backup meets the same and says so, or a key may do only that
    if state.trouble and (state.trouble.hides or not complete):
        return Hold(_reason(state.trouble))
    if state.running and not complete:
        return Hold(_READING)
    return None


_READING = Reason(
    Blocker.LIBRARY,
    phrase("The server's library is being read for the first time, or anew."),
    phrase("Choose “Back up now” to begin at once."),
)


def _reason(trouble: Trouble) -> Reason:
    words = phrase("What changed on the server is not known. {reason}", reason=trouble.reason)
    return Reason(Blocker.LIBRARY, words, trouble.remedy or _READING.remedy)
