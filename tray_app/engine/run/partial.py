"""First stage of a run that knows what has changed: only those folders are looked at.

Everything else is taken as it was last seen, so that the plan, the parked files and the counts
are those of a whole look that found nothing else new.
"""

import asyncio
from collections.abc import Sequence

from tray_app.core.asset import shown, unreadable_folder
from tray_app.core.changes import below
from tray_app.core.listing import FolderListing, WalkRules
from tray_app.core.phrase import phrase
from tray_app.core.snapshot import Phase
from tray_app.engine.run.item import UNAVAILABLE, RunContext

_AT_A_TIME = 200  # folders between two looks at `stop`


class PartialScan:
    """Brings the index up to date in some folders of the roots."""

    def __init__(self, context: RunContext, stop: asyncio.Event) -> None:
        self._run = context
        self._stop = stop
        self._unread: dict[str, str] = {}

    async def roots(self, roots: Sequence[tuple[str, WalkRules]], folders: frozenset[str]) -> None:
        """Look at `folders` as far as they are in a root; nothing else counts as gone or away.

        A folder that the index does not know yet is looked at with all below it.
        """
        self._run.tally.enter(Phase.SCANNING)
        await self._run.index.begin_scope()
        reached = []
        for root, rules in roots:
            inner = [other for other, _ in roots if other != root and below(other, root)]
            changed = sorted(folder for folder in folders if below(folder, root))
            if await self._root(root, rules, changed, inner):
                reached.append(root)
        for root in reached:
            if not self._stop.is_set():
                await self._run.index.widen_scope(root)
                self._run.tally.found += await self._run.index.known_below(root)
                self._unread |= dict(await self._run.index.unreadable_below(root))
        for folder, reason in self._unread.items():
            self._run.tally.change(total_count=1)
            self._run.tally.fail(unreadable_folder(folder, reason))

    async def _root(
        self, root: str, rules: WalkRules, changed: Sequence[str], inner: Sequence[str]
    ) -> bool:
        """Look at what changed in one root; tells whether the root is there at all."""
        if not await self._there(root):
            if changed:
                self._run.tally.out_of_reach(
                    phrase("{path}: {words}", path=shown(root), words=UNAVAILABLE)
                )
            else:
                self._run.tally.away += 1
            return False
        for first in range(0, len(changed), _AT_A_TIME):
            await self._look(root, rules, changed[first : first + _AT_A_TIME], inner)
        return True

    async def _there(self, root: str) -> bool:
        """Tell a folder from a mount point without its drive: empty, but it had files before."""
        occupied = await self._run.source.occupied(root)
        return bool(occupied) or (
            occupied is False and await self._run.index.known_below(root) == 0
        )

    async def _look(
        self, root: str, rules: WalkRules, folders: Sequence[str], inner: Sequence[str]
    ) -> None:
        missing, fresh = set(folders), set[str]()
        async for batch in self._run.source.look(root, folders, rules):
            if self._stop.is_set():
                return
            await self._take(batch)
            missing -= {listing.path for listing in batch}
            for listing in batch:
                if listing.error is None:
                    known = await self._run.index.subfolders(listing.path)
                    missing |= known - set(listing.below)
                    fresh |= set(listing.below) - known
        for folder in sorted(fresh):
            await self._deep(root, rules, folder)
        if await self._there(root):  # still: a drive that went in between deletes nothing
            for folder in sorted(missing - fresh):
                await self._run.index.forget_unseen(folder, inner)

    async def _deep(self, root: str, rules: WalkRules, folder: str) -> None:
        async for batch in self._run.source.walk(root, rules, folder):
            if self._stop.is_set():
                return
            await self._take(batch)

    async def _take(self, batch: Sequence[FolderListing]) -> None:
        self._run.tally.enter(Phase.SCANNING)  # a sign of life for the watchdog
        await self._run.index.reconcile(batch)
        for listing in batch:
            self._run.tally.skip(listing)
