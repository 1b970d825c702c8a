"""First stage: look at the folders and make the index equal to them."""

import asyncio
import os
from collections.abc import Sequence

from tray_app.core.asset import shown, unreadable_folder
from tray_app.core.listing import FolderListing, WalkRules
from tray_app.core.phrase import phrase
from tray_app.core.snapshot import Phase
from tray_app.engine.run.item import UNAVAILABLE, RunContext


class Scan:
    """Walks roots one after the other; what it cannot see changes nothing in the index."""

    def __init__(self, context: RunContext, stop: asyncio.Event) -> None:
        self._run = context
        self._stop = stop

    async def roots(self, roots: Sequence[tuple[str, WalkRules]]) -> None:
        """Look at every root; an unavailable one is noted and left alone.

        `stop` ends the look early: what was not seen then counts neither as gone nor as there.
        """
        self._run.tally.enter(Phase.SCANNING)
        await self._run.index.begin_scope()
        for root, rules in roots:
            await self._root(root, rules)

    async def _root(self, root: str, rules: WalkRules) -> None:
        unread: list[FolderListing] = []
        first = True
        is_folder = os.path.isdir(root)  # noqa: PTH112, ASYNC240  one look, bytes-safe
        async for batch in self._run.source.walk(root, rules):
            if self._stop.is_set():
                return
            if self._unavailable(batch[0], root):
                self._run.tally.out_of_reach(
                    phrase("{path}: {words}", path=shown(root), words=UNAVAILABLE)
                )
                return
            if first and await self._emptied(root, batch):
                self._run.tally.out_of_reach(
                    phrase("{path} is empty: {words}", path=shown(root), words=UNAVAILABLE)
                )
                return
            first = False
            self._run.tally.enter(Phase.SCANNING)  # a sign of life for the watchdog
            await self._run.index.reconcile(batch, whole=is_folder)
            for listing in batch:
                self._take(listing, unread)
        if unread and not await self._run.source.occupied(root):  # gone while we looked
            self._run.tally.out_of_reach(
                phrase("{path}: {words}", path=shown(root), words=UNAVAILABLE)
            )
            return
        for listing in unread:
            self._run.tally.change(total_count=1)
            self._run.tally.fail(unreadable_folder(listing.path, listing.error or ""))
        if is_folder:
            await self._run.index.forget_unseen(root, [listing.path for listing in unread])

    def _unavailable(self, first: FolderListing, root: str) -> bool:
        return first.error is not None and first.path == root

    async def _emptied(self, root: str, batch: Sequence[FolderListing]) -> bool:
        """Recognise a mount point without its drive: empty, but it had files before."""
        top = batch[0]
        found = top.entries or top.skipped or top.unsupported or top.excluded
        return len(batch) == 1 and not found and await self._run.index.known_below(root) > 0

    def _take(self, listing: FolderListing, unread: list[FolderListing]) -> None:
        tally = self._run.tally
        if listing.error:
            unread.append(listing)
        tally.found += len(listing.entries)
        tally.skip(listing)
