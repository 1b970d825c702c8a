BEGIN TRANSACTION;
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    email TEXT NOT NULL
);
INSERT INTO "account" VALUES(1,'user_id 1','address 1','email 1');
INSERT INTO "account" VALUES(2,'user_id 2','address 2','email 2');
CREATE TABLE album (
    account_id INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
) WITHOUT ROWID;
INSERT INTO "album" VALUES(1,'name 1','remote_id 1');
INSERT INTO "album" VALUES(2,'name 2','remote_id 2');
CREATE TABLE album_pending (
    account_id INTEGER NOT NULL REFERENCES account (id),
    album_name TEXT NOT NULL,
    asset_id TEXT NOT NULL,
    PRIMARY KEY (account_id, album_name, asset_id)
) WITHOUT ROWID;
INSERT INTO "album_pending" VALUES(1,'album_name 1','asset_id 1');
INSERT INTO "album_pending" VALUES(2,'album_name 2','asset_id 2');
CREATE TABLE confirmation (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    remote_id TEXT NOT NULL,
    state TEXT NOT NULL,           -- uploaded, duplicate, trashed, missing
    confirmed_at TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    sidecar_mtime_ns INTEGER,      -- of the sidecar that was sent along
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
INSERT INTO "confirmation" VALUES(1,X'1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C1C','remote_id 1','state 1','2026-01-01T08:00:00+00:00','2026-01-01T08:00:00+00:00',1);
INSERT INTO "confirmation" VALUES(2,X'2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C2C','remote_id 2','state 2','2026-01-02T08:00:00+00:00','2026-01-02T08:00:00+00:00',NULL);
CREATE TABLE fact (
    account_id INTEGER NOT NULL REFERENCES account (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, key)
) WITHOUT ROWID;
INSERT INTO "fact" VALUES(1,'key 1','value 1');
INSERT INTO "fact" VALUES(2,'key 2','value 2');
CREATE TABLE failure (
    account_id INTEGER NOT NULL REFERENCES account (id),
    file_id INTEGER NOT NULL REFERENCES file (id),
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    status INTEGER,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT,          -- NULL: only when a person asks
    since TEXT NOT NULL, ignored_at TEXT,
    PRIMARY KEY (account_id, file_id)
) WITHOUT ROWID;
INSERT INTO "failure" VALUES(1,1,'reason 1','remedy 1',1,1,'2026-01-01T08:00:00+00:00','since 1','2026-01-01T08:00:00+00:00');
INSERT INTO "failure" VALUES(2,2,'reason 2','remedy 2',NULL,2,'2026-01-02T08:00:00+00:00','since 2','2026-01-02T08:00:00+00:00');
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folder (id),
    name BLOB NOT NULL,
    stem BLOB NOT NULL,            -- name without extension, lower case: finds Live Photo pairs
    kind TEXT NOT NULL,            -- image, video
    pair_role INTEGER NOT NULL,    -- core.pairing.PairRole; 0: never half of a Live Photo
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    inode BLOB NOT NULL,           -- as text: 64 unsigned bits do not fit an INTEGER
    sidecar BLOB,                  -- name of the XMP file beside it
    sidecar_mtime_ns INTEGER,
    sha1 BLOB,                     -- NULL: not hashed since it last changed
    duration_ms INTEGER,
    content_id TEXT,
    present INTEGER NOT NULL DEFAULT 1,
    UNIQUE (folder_id, name)
);
INSERT INTO "file" VALUES(1,1,X'14141414141414141414141414141414',X'14141414141414141414141414141414','kind 1',1,1,1,1,X'14141414141414141414141414141414',X'14141414141414141414141414141414',1,X'1414141414141414141414141414141414141414',1,'content_id 1',1);
INSERT INTO "file" VALUES(2,2,X'24242424242424242424242424242424',X'24242424242424242424242424242424','kind 2',2,2,2,2,X'24242424242424242424242424242424',X'24242424242424242424242424242424',NULL,X'2424242424242424242424242424242424242424',NULL,'content_id 2',2);
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
, seen BLOB);
INSERT INTO "folder" VALUES(1,X'16161616161616161616161616161616',NULL);
INSERT INTO "folder" VALUES(2,X'26262626262626262626262626262626',NULL);
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    summary TEXT NOT NULL          -- JSON of the counts
);
INSERT INTO "run" VALUES(1,1,'2026-01-01T08:00:00+00:00','2026-01-01T08:00:00+00:00','outcome 1','summary 1');
INSERT INTO "run" VALUES(2,2,'2026-01-02T08:00:00+00:00','2026-01-02T08:00:00+00:00','outcome 2','summary 2');
CREATE TABLE sent (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    sidecar_mtime_ns INTEGER,      -- of the sidecar that was sent along
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
INSERT INTO "sent" VALUES(1,X'1414141414141414141414141414141414141414',1);
INSERT INTO "sent" VALUES(2,X'2424242424242424242424242424242424242424',NULL);
CREATE TABLE size_limit (
    address TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,        -- the smallest upload that was refused for its size
    learned_at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "size_limit" VALUES('address 1',1,'2026-01-01T08:00:00+00:00');
INSERT INTO "size_limit" VALUES('address 2',2,'2026-01-02T08:00:00+00:00');
CREATE TABLE tombstone (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    remote_id TEXT NOT NULL,
    deleted_at TEXT NOT NULL,
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
INSERT INTO "tombstone" VALUES(1,X'1919191919191919191919191919191919191919','remote_id 1','2026-01-01T08:00:00+00:00');
INSERT INTO "tombstone" VALUES(2,X'2929292929292929292929292929292929292929','remote_id 2','2026-01-02T08:00:00+00:00');
CREATE TABLE unreadable (
    path BLOB PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "unreadable" VALUES(X'1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A1A','reason 1','since 1');
INSERT INTO "unreadable" VALUES(X'2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A2A','reason 2','since 2');
CREATE TABLE wanted (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
INSERT INTO "wanted" VALUES(1,X'1616161616161616161616161616161616161616','since 1');
INSERT INTO "wanted" VALUES(2,X'2626262626262626262626262626262626262626','since 2');
CREATE INDEX file_sha1 ON file (sha1) WHERE sha1 IS NOT NULL;
CREATE INDEX file_pair ON file (folder_id, stem);
CREATE INDEX file_content_id ON file (content_id) WHERE content_id IS NOT NULL;
CREATE INDEX confirmation_checked ON confirmation (account_id, checked_at);
CREATE INDEX file_taken ON file (mtime_ns, sha1) WHERE present;
CREATE INDEX confirmation_confirmed ON confirmation (account_id, confirmed_at, sha1);
CREATE TRIGGER file_seen_insert AFTER INSERT ON file BEGIN
    UPDATE folder SET seen = NULL WHERE id = new.folder_id AND seen IS NOT NULL;
END;
CREATE TRIGGER file_seen_delete AFTER DELETE ON file BEGIN
    UPDATE folder SET seen = NULL WHERE id = old.folder_id AND seen IS NOT NULL;
END;
CREATE TRIGGER file_seen_update
AFTER UPDATE OF folder_id, name, size, mtime_ns, ctime_ns, inode, sidecar, sidecar_mtime_ns, present
ON file
WHEN (old.folder_id, old.name, old.size, old.mtime_ns, old.ctime_ns, old.inode, old.sidecar,
      old.sidecar_mtime_ns, old.present)
  IS NOT (new.folder_id, new.name, new.size, new.mtime_ns, new.ctime_ns, new.inode, new.sidecar,
          new.sidecar_mtime_ns, new.present)
BEGIN
    UPDATE folder SET seen = NULL WHERE id IN (old.folder_id, new.folder_id) AND seen IS NOT NULL;
END;
COMMIT;
PRAGMA user_version = 6;
