"""Counts what a backup of a folder would take, before anything is hashed or sent."""

import threading
from collections.abc import Callable, Iterator, Sequence

from tray_app.adapters.files.availability import why_unavailable
from tray_app.adapters.files.walk import walk
from tray_app.core.asset import Kind, shown
from tray_app.core.exclusion import ExclusionRules
from tray_app.core.inspection import MOST_NAMED, By, Inspection, LeftOut
from tray_app.core.listing import WalkRules
from tray_app.core.phrase import phrase

EVERY = 64
"""Folders between two accounts of what was found."""


class _Rules:
    """Excludes as a backup does, and remembers whose rule it was."""

    def __init__(self, everywhere: Sequence[str], own: Sequence[str]) -> None:
        self._all = ExclusionRules([*everywhere, *own])
        self._some = ((By.SHIPPED, ExclusionRules()), (By.EVERYWHERE, ExclusionRules(everywhere)))
        self.counts = dict.fromkeys(By, 0)
        self.named: list[LeftOut] = []

    def excludes(self, relative: str, is_dir: bool) -> bool:  # noqa: FBT001  WalkRules' shape
        if not self._all.excludes(relative, is_dir):
            return False
        by = next((by for by, rules in self._some if rules.excludes(relative, is_dir)), By.FOLDER)
        self.counts[by] += 1
        if by is not By.SHIPPED and len(self.named) < MOST_NAMED:
            self.named.append(LeftOut(shown(relative) + ("/" if is_dir else ""), by))
        return True


def inspect(
    path: str, everywhere: Sequence[str], own: Sequence[str], kinds: dict[str, Kind]
) -> Iterator[Inspection]:
    """Yield what was found so far, every now and then; the last one is `done`.

    A folder that cannot be read at all is an `error`; one inside it is passed over.
    """
    rules = _Rules(everywhere, own)
    photos = size = 0
    error = ""
    for number, listing in enumerate(walk(path, WalkRules(kinds, rules.excludes)), 1):
        if listing.error and listing.path == path:
            gone = why_unavailable(path)
            error = gone or phrase("It cannot be looked into now ({error}).", error=listing.error)
        photos += len(listing.entries)
        size += sum(entry.stamp.size for entry in listing.entries)
        if number % EVERY == 0:
            yield _so_far(rules, photos, size)
    yield _so_far(rules, photos, size, done=True, error=error)


def _so_far(
    rules: _Rules, photos: int, size: int, *, done: bool = False, error: str = ""
) -> Inspection:
    return Inspection(
        photos=photos,
        size=size,
        left_out=tuple(rules.named),
        counts=tuple(rules.counts.items()),
        done=done,
        error=error,
    )


class FolderInspector:
    """Port `Inspector`; each look has a thread of its own, which ends when it is told to."""

    def __init__(self, kinds: Callable[[], dict[str, Kind]]) -> None:
        self._kinds = kinds

    def inspect(
        self,
        path: str,
        everywhere: Sequence[str],
        own: Sequence[str],
        told: Callable[[Inspection], None],
    ) -> Callable[[], None]:
        """Begin; see the port."""
        stop = threading.Event()

        def work() -> None:
            for found in inspect(path, everywhere, own, self._kinds()):
                if stop.is_set():
                    return
                told(found)

        threading.Thread(target=work, name="inspect", daemon=True).start()
        return stop.set
