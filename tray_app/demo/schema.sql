-- The demo server's whole state. Column order is the field order of the frozen values in records.py.
CREATE TABLE IF NOT EXISTS user (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    is_admin INTEGER NOT NULL,
    quota_bytes INTEGER,
    usage_bytes INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS session (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    device_type TEXT NOT NULL,
    device_os TEXT NOT NULL,
    app_version TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    expires_at TEXT,
    pending_reset INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS api_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    secret_hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS asset (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    checksum BLOB NOT NULL,
    size INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    type TEXT NOT NULL,
    visibility TEXT NOT NULL,
    is_favorite INTEGER NOT NULL,
    duration TEXT,
    live_photo_video_id TEXT,
    file_created_at TEXT NOT NULL,
    file_modified_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    device_asset_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    metadata TEXT NOT NULL,
    stored_path TEXT,
    sidecar_path TEXT,
    UNIQUE (owner_id, checksum)
) STRICT;

CREATE TABLE IF NOT EXISTS album (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    thumbnail_asset_id TEXT,
    is_activity_enabled INTEGER NOT NULL,
    sort_order TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS album_asset (
    album_id TEXT NOT NULL REFERENCES album (id) ON DELETE CASCADE,
    asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
    PRIMARY KEY (album_id, asset_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS album_asset_by_asset ON album_asset (asset_id);

CREATE TABLE IF NOT EXISTS album_user (
    album_id TEXT NOT NULL REFERENCES album (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (album_id, user_id)
) STRICT, WITHOUT ROWID;

-- Somebody shows a whole library to somebody else.
CREATE TABLE IF NOT EXISTS partner (
    shared_by_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    shared_with_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    in_timeline INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (shared_by_id, shared_with_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS stack (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    primary_asset_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- `told` is a JSON object with what a user or a test said; the rest is null or comes from `asset`.
CREATE TABLE IF NOT EXISTS asset_exif (
    asset_id TEXT PRIMARY KEY REFERENCES asset (id) ON DELETE CASCADE,
    told TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS asset_metadata (
    asset_id TEXT NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (asset_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS user_metadata (
    user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS checkpoint (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    ack TEXT NOT NULL,
    PRIMARY KEY (session_id, type)
) STRICT, WITHOUT ROWID;

-- What is gone for good. `audience` is the user who is told; '' where others decide by `first`.
CREATE TABLE IF NOT EXISTS deletion (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT NOT NULL
) STRICT, WITHOUT ROWID;
