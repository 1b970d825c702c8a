-- The server's library as the signed-in account sees it. Ids are 16 bytes, times are milliseconds
-- since 1970 UTC, `local_date_time` is the wall clock where the photo was taken.
-- Parents may come after their children, so there are no foreign keys (protocol 4.2).
CREATE TABLE user (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    avatar_color TEXT,
    deleted_at INTEGER,
    has_profile_image INTEGER NOT NULL,
    profile_changed_at INTEGER
);

CREATE TABLE partner (
    shared_by_id BLOB NOT NULL,
    shared_with_id BLOB NOT NULL,
    in_timeline INTEGER NOT NULL,
    PRIMARY KEY (shared_by_id, shared_with_id)
);

CREATE TABLE asset (
    id BLOB NOT NULL PRIMARY KEY,
    owner_id BLOB NOT NULL,
    checksum BLOB NOT NULL,        -- SHA-1 of the file
    file_name TEXT NOT NULL,
    kind TEXT NOT NULL,            -- IMAGE, VIDEO, AUDIO, OTHER
    visibility TEXT NOT NULL,      -- timeline, archive, hidden, locked
    is_favorite INTEGER NOT NULL,
    deleted_at INTEGER,            -- not NULL: in the server's trash
    local_date_time INTEGER,
    file_created_at INTEGER,
    file_modified_at INTEGER,
    duration_ms INTEGER,
    live_video_id BLOB,
    stack_id BLOB,
    library_id BLOB,               -- not NULL: of an external library
    width INTEGER,
    height INTEGER,
    is_edited INTEGER NOT NULL,
    thumbhash TEXT
);

CREATE TABLE exif (
    asset_id BLOB NOT NULL PRIMARY KEY,
    description TEXT,
    image_width INTEGER,
    image_height INTEGER,
    file_size INTEGER,
    orientation TEXT,
    date_time_original INTEGER,
    modify_date INTEGER,
    time_zone TEXT,
    latitude REAL,
    longitude REAL,
    projection_type TEXT,
    city TEXT,
    state TEXT,
    country TEXT,
    make TEXT,
    model TEXT,
    lens_model TEXT,
    f_number REAL,
    focal_length REAL,
    iso INTEGER,
    exposure_time TEXT,
    profile_description TEXT,
    rating INTEGER,
    fps REAL
);

CREATE TABLE album (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    thumbnail_asset_id BLOB,
    is_activity_enabled INTEGER NOT NULL,
    sort_order TEXT NOT NULL       -- asc, desc
);

CREATE TABLE album_user (
    album_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    role TEXT NOT NULL,            -- owner, editor, viewer
    PRIMARY KEY (album_id, user_id)
);

CREATE TABLE album_asset (
    album_id BLOB NOT NULL,
    asset_id BLOB NOT NULL,
    PRIMARY KEY (album_id, asset_id)
);
CREATE INDEX album_asset_asset ON album_asset (asset_id);

CREATE TABLE stack (
    id BLOB NOT NULL PRIMARY KEY,
    owner_id BLOB NOT NULL,
    primary_asset_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

-- Rows that the server has not sent again since everything is being sent anew; what is still here
-- when the stream is complete is gone (docs/decisions/0006).
CREATE TABLE stale (
    of TEXT NOT NULL,              -- the table
    row INTEGER NOT NULL,          -- its rowid
    PRIMARY KEY (of, row)
) WITHOUT ROWID;

-- Own assets that left the server, until backup.db has been told.
CREATE TABLE removal (
    asset_id BLOB NOT NULL PRIMARY KEY,
    checksum BLOB,                 -- NULL: never seen here
    told INTEGER NOT NULL          -- 1: by a delete event; 0: simply not there any more
);
