"""After a sync: what the server no longer has is kept from being uploaded again."""

from tray_app.core.sync.removals import decide
from tray_app.ports import Clock, Removals, Tombstones


async def keep_deleted(removals: Removals, tombstones: Tombstones, clock: Clock) -> None:
    """Carry deletions and restores of own assets from the library to the backup.

    Done again after a crash in the middle it changes nothing more.
    """
    deleted = await removals.deleted()
    trashed = await removals.trashed()
    unknown = [gone.remote_id for gone in deleted if gone.sha1 is None]
    remembered = await tombstones.checksums_of(unknown)
    buried = await tombstones.all()
    candidates = {gone.sha1 for gone in (*deleted, *trashed) if gone.sha1}
    live = await removals.live(candidates | set(remembered.values()) | buried)
    decision = decide([*deleted, *trashed], remembered, buried, live)
    await tombstones.change(decision, clock.now())
    await removals.forget([gone.remote_id for gone in deleted])
