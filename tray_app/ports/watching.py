"""The door to what the system says of changed files."""

from collections.abc import Callable, Sequence
from typing import Protocol

from tray_app.core.changes import Seen
from tray_app.core.listing import WalkRules


class Watcher(Protocol):
    """Notices changes below folders; what it may have missed it reports as everywhere."""

    async def watch(
        self, roots: Sequence[tuple[str, WalkRules]], tell: Callable[[Seen], None]
    ) -> None:
        """Call `tell` on the loop's thread until cancelled; raises only bugs.

        Everywhere is told once a root is watched (again), so that nothing of before is missed.
        """
        ...
