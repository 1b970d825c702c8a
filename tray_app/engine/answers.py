"""What came of each thing that a person asked for, for those who wait for it."""

from collections.abc import Iterable

from tray_app.core.run import RunResult
from tray_app.core.service.orders import Ticket

MOST_KEPT = 64  # answers that nobody fetched make room for newer ones


class Answers:
    """Hands out tickets and keeps the newest answers; everything runs in the loop's thread."""

    def __init__(self) -> None:
        self._last: Ticket = 0
        self._known: dict[Ticket, RunResult | None] = {}

    def expect(self) -> Ticket:
        """Begin a request."""
        self._last += 1
        self._known[self._last] = None
        while len(self._known) > MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        return self._last

    def give(self, tickets: Iterable[Ticket], result: RunResult) -> None:
        """Answer requests; the first answer counts."""
        for ticket in tickets:
            if self._known.get(ticket, result) is None:
                self._known[ticket] = result

    def of(self, ticket: Ticket) -> RunResult | None:
        """Return the answer, None while there is none; KeyError: no such request is known."""
        return self._known[ticket]
