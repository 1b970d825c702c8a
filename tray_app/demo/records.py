"""The demo server's rows as frozen values; field order is the column order of schema.sql.

The fields with defaults are those of tracking.py: triggers give them their values.
"""

from dataclasses import dataclass
from pathlib import Path

from tray_app.demo import pictures


@dataclass(frozen=True, slots=True)
class User:
    """An account; `quota_bytes` None means unlimited."""

    id: str
    email: str
    name: str
    password_hash: str
    is_admin: int
    quota_bytes: int | None
    usage_bytes: int
    created_at: str
    updated_at: str
    update_id: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in device; only the SHA-256 of its token is kept."""

    id: str
    user_id: str
    token_hash: bytes
    device_type: str
    device_os: str
    app_version: str | None
    created_at: str
    updated_at: str
    expires_at: str | None
    pending_reset: int


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key; `permissions` is space separated, `all` grants everything."""

    id: str
    user_id: str
    secret_hash: bytes
    name: str
    permissions: str
    created_at: str
    updated_at: str

    def grants(self, permission: str) -> bool:
        """Tell whether this key may do what needs `permission`."""
        granted = self.permissions.split()
        return "all" in granted or permission in granted


@dataclass(frozen=True, slots=True)
class StoredAsset:
    """A photo or video as stored; `stored_path` None when the bytes were discarded."""

    id: str
    owner_id: str
    checksum: bytes
    size: int
    file_name: str
    type: str
    visibility: str
    is_favorite: int
    duration: str | None
    live_photo_video_id: str | None
    file_created_at: str
    file_modified_at: str
    created_at: str
    updated_at: str
    deleted_at: str | None
    device_asset_id: str
    device_id: str
    metadata: str
    stored_path: str | None
    sidecar_path: str | None
    update_id: str = ""
    stack_id: str | None = None
    width: int | None = None
    height: int | None = None

    @property
    def thumbhash(self) -> str | None:
        """What a client shows until the thumbnail is there."""
        return pictures.thumbhash(self.checksum) if self.type in ("IMAGE", "VIDEO") else None

    @property
    def sha1(self) -> str:
        """The stored SHA-1 as 40 hex digits."""
        return self.checksum.hex()

    @property
    def path(self) -> Path | None:
        """Where the bytes are, if they were kept."""
        return Path(self.stored_path) if self.stored_path else None


@dataclass(frozen=True, slots=True)
class Album:
    """An album without its members and assets."""

    id: str
    owner_id: str
    name: str
    description: str
    thumbnail_asset_id: str | None
    is_activity_enabled: int
    sort_order: str
    created_at: str
    updated_at: str
    update_id: str = ""
    create_id: str = ""
