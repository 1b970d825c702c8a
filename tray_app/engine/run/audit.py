"""A rolling look at what was backed up before, to learn whether it is still there.

One call at most, for those files that the library lacks and those that were longest not asked
about (promise 1).
"""

from itertools import islice

from tray_app.core.ledger import Audit, Held, audit_is_due
from tray_app.core.server import CheckAnswer
from tray_app.engine.run.checking import LARGEST_CHECK
from tray_app.engine.run.item import RunContext

_LAST = "lastAudit"


async def audit(run: RunContext) -> int:
    """Ask about at most 5,000 confirmations; returns how many.

    What is gone is neither uploaded again nor forgotten: only a person can tell a deletion
    from a loss (design section 3, "Tombstone").
    """
    due = await _due(run)
    sums = [entry.sha1 for entry in due]
    answers = await run.check(sums) if due else []
    rows = [
        (entry.sha1, answer.remote_id or entry.remote_id, _state(entry.state, answer))
        for entry, answer in zip(due, answers, strict=True)
    ]
    now = run.clock.now()
    await run.ledger.audited(rows, now)
    await run.ledger.remember(_LAST, now.isoformat())
    return len(rows)


async def _due(run: RunContext) -> list[Audit]:
    now = run.clock.now()
    suspects = await run.voucher.lacking(now, LARGEST_CHECK)
    oldest = await run.ledger.oldest_checked(LARGEST_CHECK, now)
    found = {entry.sha1: entry for entry in (*suspects, *oldest)}
    return list(islice(found.values(), LARGEST_CHECK))


async def audit_daily(run: RunContext) -> int | None:
    """Do the same unless it was done within a day: then None."""
    if audit_is_due(await run.ledger.fact(_LAST), run.clock.now()):
        return await audit(run)
    return None


def _state(before: str, answer: CheckAnswer) -> Held:
    if answer.remote_id is None:
        return Held.MISSING
    if answer.trashed:
        return Held.TRASHED
    return Held.UPLOADED if before == Held.UPLOADED else Held.DUPLICATE
