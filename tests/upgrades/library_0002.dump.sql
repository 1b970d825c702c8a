BEGIN TRANSACTION;
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
INSERT INTO "album" VALUES(X'15151515151515151515151515151515','name 1','description 1',1,1,X'15151515151515151515151515151515',1,'sort_order 1');
INSERT INTO "album" VALUES(X'25252525252525252525252525252525','name 2','description 2',2,2,X'25252525252525252525252525252525',2,'sort_order 2');
CREATE TABLE album_asset (
    album_id BLOB NOT NULL,
    asset_id BLOB NOT NULL,
    PRIMARY KEY (album_id, asset_id)
);
INSERT INTO "album_asset" VALUES(X'1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B',X'1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B1B');
INSERT INTO "album_asset" VALUES(X'2B2B2B2B2B2B2B2B2B2B2B2B2B2B2B2B',X'2B2B2B2B2B2B2B2B2B2B2B2B2B2B2B2B');
CREATE TABLE album_user (
    album_id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    role TEXT NOT NULL,            -- owner, editor, viewer
    PRIMARY KEY (album_id, user_id)
);
INSERT INTO "album_user" VALUES(X'1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A',X'1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A','role 1');
INSERT INTO "album_user" VALUES(X'2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A',X'2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A','role 2');
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
INSERT INTO "asset" VALUES(X'15151515151515151515151515151515',X'15151515151515151515151515151515',X'1515151515151515151515151515151515151515','file_name 1','kind 1','visibility 1',1,1,1,1,1,1,X'15151515151515151515151515151515',X'15151515151515151515151515151515',X'15151515151515151515151515151515',1,1,1,'thumbhash 1');
INSERT INTO "asset" VALUES(X'25252525252525252525252525252525',X'25252525252525252525252525252525',X'2525252525252525252525252525252525252525','file_name 2','kind 2','visibility 2',2,NULL,NULL,NULL,NULL,NULL,X'25252525252525252525252525252525',X'25252525252525252525252525252525',X'25252525252525252525252525252525',NULL,NULL,2,'thumbhash 2');
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
INSERT INTO "exif" VALUES(X'14141414141414141414141414141414','description 1',1,1,1,'orientation 1',1,1,'time_zone 1',1.5,1.5,'projection_type 1','city 1','state 1','country 1','make 1','model 1','lens_model 1',1.5,1.5,1,'exposure_time 1','profile_description 1',1,1.5);
INSERT INTO "exif" VALUES(X'24242424242424242424242424242424','description 2',NULL,NULL,NULL,'orientation 2',NULL,NULL,'time_zone 2',2.5,2.5,'projection_type 2','city 2','state 2','country 2','make 2','model 2','lens_model 2',2.5,2.5,NULL,'exposure_time 2','profile_description 2',NULL,2.5);
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('key 1','value 1');
INSERT INTO "meta" VALUES('key 2','value 2');
CREATE TABLE partner (
    shared_by_id BLOB NOT NULL,
    shared_with_id BLOB NOT NULL,
    in_timeline INTEGER NOT NULL,
    PRIMARY KEY (shared_by_id, shared_with_id)
);
INSERT INTO "partner" VALUES(X'17171717171717171717171717171717',X'17171717171717171717171717171717',1);
INSERT INTO "partner" VALUES(X'27272727272727272727272727272727',X'27272727272727272727272727272727',2);
CREATE TABLE removal (
    asset_id BLOB NOT NULL PRIMARY KEY,
    checksum BLOB,                 -- NULL: never seen here
    told INTEGER NOT NULL          -- 1: by a delete event; 0: simply not there any more
);
INSERT INTO "removal" VALUES(X'17171717171717171717171717171717',X'1717171717171717171717171717171717171717',1);
INSERT INTO "removal" VALUES(X'27272727272727272727272727272727',X'2727272727272727272727272727272727272727',2);
CREATE TABLE stack (
    id BLOB NOT NULL PRIMARY KEY,
    owner_id BLOB NOT NULL,
    primary_asset_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
INSERT INTO "stack" VALUES(X'15151515151515151515151515151515',X'15151515151515151515151515151515',X'15151515151515151515151515151515',1,1);
INSERT INTO "stack" VALUES(X'25252525252525252525252525252525',X'25252525252525252525252525252525',X'25252525252525252525252525252525',2,2);
CREATE TABLE stale (
    of TEXT NOT NULL,              -- the table
    row INTEGER NOT NULL,          -- its rowid
    PRIMARY KEY (of, row)
) WITHOUT ROWID;
INSERT INTO "stale" VALUES('of 1',1);
INSERT INTO "stale" VALUES('of 2',2);
CREATE TABLE user (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    avatar_color TEXT,
    deleted_at INTEGER,
    has_profile_image INTEGER NOT NULL,
    profile_changed_at INTEGER
);
INSERT INTO "user" VALUES(X'14141414141414141414141414141414','name 1','email 1','avatar_color 1',1,1,1);
INSERT INTO "user" VALUES(X'24242424242424242424242424242424','name 2','email 2','avatar_color 2',NULL,2,NULL);
CREATE INDEX album_asset_asset ON album_asset (asset_id);
COMMIT;
PRAGMA user_version = 2;
