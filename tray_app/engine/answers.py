"""What came of each thing that a person asked for, for those who wait for it."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from tray_app.core.service.orders import Ticket

MOST_KEPT = 64  # answers that nobody fetched make room for newer ones
Answer = TypeVar("Answer")


class Answers(Generic[Answer]):
    """Hands out tickets and keeps the newest answers; everything runs in the loop's thread."""

    def __init__(self) -> None:
        self._last: Ticket = 0
        self._known: dict[Ticket, Answer | None] = {}

    def expect(self) -> Ticket:
        """Begin a request."""
        self._last += 1
        self._known[self._last] = None
        while len(self._known) > MOST_KEPT:
            self._known.pop(next(iter(self._known)))
        return self._last

    def give(self, tickets: Iterable[Ticket], result: Answer) -> None:
        """Answer requests; the first answer counts."""
        for ticket in tickets:
            if ticket in self._known and self._known[ticket] is None:
                self._known[ticket] = result

    def of(self, ticket: Ticket) -> Answer | None:
        """Return the answer, None while there is none; KeyError: no such request is known."""
        return self._known[ticket]
