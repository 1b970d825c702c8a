"""One sync at a time on one installation, whichever processes want to."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tray_app.adapters.channel.transport import Holds, claim_of
from tray_app.adapters.locations import Locations

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.5  # only while another process syncs


@asynccontextmanager
async def sync_turn(locations: Locations) -> AsyncIterator[None]:
    """Wait for a sync of another process; the system gives the turn back when its holder dies."""
    claim = claim_of(locations, work="sync")
    if not _take(claim):
        log.info("Another process syncs the library; this one waits for it.")
        while not _take(claim):  # noqa: ASYNC110  another process rings no bell
            await asyncio.sleep(LOOK_SECONDS)
    try:
        yield
    finally:
        claim.give_back()


def _take(claim: Holds) -> bool:
    """Where no claim can be made, on a full disk, nobody could make one."""
    try:
        return claim.take()
    except OSError:
        return True
