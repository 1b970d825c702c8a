"""What one run of the service is to do, and who waits for it."""

from dataclasses import dataclass, replace

Ticket = int  # the number of a person's request, under which its answer is found


@dataclass(frozen=True, slots=True)
class Order:
    """What one run is to do. `folders`: only these have changed; None: look at everything.

    `asked`: by a person, so that neither the delay nor a pause nor quiet hours hold it.
    `paths`: just these files and folders, inside of the chosen folders or not; then `folders`
    means nothing. `anyway`: no condition holds it. `tickets`: the requests that it answers.
    """

    asked: bool = False
    folders: frozenset[str] | None = None
    paths: frozenset[str] = frozenset()
    anyway: bool = False
    tickets: frozenset[Ticket] = frozenset()

    def with_(self, other: "Order") -> "Order":
        """Return one order that does both; conditions hold it if they hold either."""
        both = None
        if self.folders is not None and other.folders is not None:
            both = self.folders | other.folders
        return Order(
            asked=self.asked or other.asked,
            folders=both,
            paths=self.paths | other.paths,
            anyway=self.anyway and other.anyway,
            tickets=self.tickets | other.tickets,
        )

    @property
    def is_persons(self) -> bool:
        """Tell whether a person wanted just this; automatic backup going off does not end it."""
        return self.asked or bool(self.paths)

    def left_alone(self) -> "Order":
        """Return what is left of a wish after a pause or trouble: it waits like any other."""
        return replace(self, asked=False, anyway=False)

    def answered(self) -> "Order":
        """Return the order without those who wait for an answer."""
        return replace(self, tickets=frozenset())
