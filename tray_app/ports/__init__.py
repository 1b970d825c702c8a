"""The doors to everything outside the decisions: the world, and what is remembered."""

from tray_app.ports.library import Changes, Library, Removals, Tombstones
from tray_app.ports.mirror import Cache, Fetched, Mirror, Resources
from tray_app.ports.sign_in import Door, Identities
from tray_app.ports.storage import AlbumQueue, Index, Ledger, Plan, Records, SizeLimits, Voucher
from tray_app.ports.system_job import SystemJob
from tray_app.ports.world import Clock, Content, Hashed, Machine, PhotoSource, Secrets, Server

__all__ = [
    "AlbumQueue",
    "Cache",
    "Changes",
    "Clock",
    "Content",
    "Door",
    "Fetched",
    "Hashed",
    "Identities",
    "Index",
    "Ledger",
    "Library",
    "Machine",
    "Mirror",
    "PhotoSource",
    "Plan",
    "Records",
    "Removals",
    "Resources",
    "Secrets",
    "Server",
    "SizeLimits",
    "SystemJob",
    "Tombstones",
    "Voucher",
]
