"""What the timeline asks of the databases, and how it hears that they changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from tray_app.core.timeline import Cell, Details, Key, Month, MonthCount, Query
from tray_app.core.timeline_changes import Touched


class Timeline(Protocol):
    """One timeline over the mirror of the server and the files of this computer.

    Looks only: it never waits for what writes, nor lets it wait. Raises NeedsUser when a file
    cannot be read. A query that is cancelled stops.
    """

    async def months(
        self, query: Query, only: Collection[Month] | None = None
    ) -> Sequence[MonthCount]:
        """Count the items of each month, newest month first; no empty months.

        `only`: look just at these.
        """
        ...

    async def keys(self, query: Query, month: Month) -> Sequence[Key]:
        """List the items of a month, newest first."""
        ...

    async def months_of(self, contents: Collection[bytes]) -> Collection[Month]:
        """Tell in which months items with these checksums are or would be."""
        ...

    async def cells(self, keys: Sequence[Key]) -> Mapping[Key, Cell]:
        """Read items; what is gone meanwhile is left out."""
        ...

    async def details(self, key: Key) -> Details | None:
        """Read all about one item; None: it is gone."""
        ...


class TimelineChanges(Protocol):
    """The change feed, as windows see it."""

    def subscribe(self, listener: Callable[[Touched], None]) -> Callable[[], None]:
        """Call `listener` with what changed, a few times a second at most; returns the end."""
        ...
