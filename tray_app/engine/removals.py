"""After a sync: what the server no longer has is kept from being uploaded again."""

import logging

from tray_app.core.sync.removals import decide
from tray_app.ports import Clock, Removals, Tombstones

log = logging.getLogger(__name__)


async def keep_deleted(removals: Removals, tombstones: Tombstones, clock: Clock) -> None:
    """Carry deletions, losses and restores of own assets from the library to the backup.

    Done again after a crash in the middle it changes nothing more.
    """
    gone = await removals.gone()
    unknown = [it.remote_id for it in gone.deleted if it.sha1 is None]
    memory = await tombstones.memory(unknown)
    told = {it.sha1 for group in gone for it in group if it.sha1}
    live = await removals.live(
        told.union(memory.by_id.values(), memory.buried, memory.wanted, memory.lost)
    )
    burial = decide(gone, memory, live)
    await tombstones.change(burial, clock.now())
    if burial.miss:
        log.warning(
            "%d assets are gone from the server without having been deleted.", len(burial.miss)
        )
    await removals.forget([it.remote_id for it in (*gone.deleted, *gone.vanished)])
