"""Whether an API key may do what a backup does (protocol 1.5)."""

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase, plural
from tray_app.core.server import ALBUM_PERMISSIONS, BACKUP_PERMISSIONS, LIBRARY_PERMISSIONS


def missing_permissions(granted: frozenset[str], *, albums: bool) -> tuple[str, ...]:
    """Name, sorted, what a key lacks; `all` grants everything."""
    if "all" in granted:
        return ()
    needed = BACKUP_PERMISSIONS | (ALBUM_PERMISSIONS if albums else frozenset())
    return tuple(sorted(needed - granted))


def missing_for_sync(granted: frozenset[str]) -> tuple[str, ...]:
    """Name, sorted, what a key lacks to show the whole library."""
    return () if "all" in granted else tuple(sorted(LIBRARY_PERMISSIONS - granted))


def require_permissions(granted: frozenset[str] | None, *, albums: bool) -> None:
    """Raise NeedsUser(PERMISSION) naming all that is missing; None (a session) may do all."""
    missing = missing_permissions(granted, albums=albums) if granted is not None else ()
    if not missing:
        return
    raise NeedsUser(
        plural(
            "The API key lacks the permission {names}.",
            "The API key lacks the permissions {names}.",
            n=len(missing),
            names=", ".join(missing),
        ),
        need=Need.PERMISSION,
        remedy=phrase(
            "Add to the key in Immich under Account Settings, API Keys, or sign in with your"
            " password."
        ),
    )
