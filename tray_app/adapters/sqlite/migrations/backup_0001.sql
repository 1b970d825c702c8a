-- What this computer knows of its own files. Global: survives another account and a sign-out.
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
);

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
CREATE INDEX file_sha1 ON file (sha1) WHERE sha1 IS NOT NULL;
CREATE INDEX file_pair ON file (folder_id, stem);
CREATE INDEX file_content_id ON file (content_id) WHERE content_id IS NOT NULL;

-- Everything below belongs to one user of one server.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    email TEXT NOT NULL
);

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
CREATE INDEX confirmation_checked ON confirmation (account_id, checked_at);

CREATE TABLE tombstone (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    remote_id TEXT NOT NULL,
    deleted_at TEXT NOT NULL,
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;

CREATE TABLE failure (
    account_id INTEGER NOT NULL REFERENCES account (id),
    file_id INTEGER NOT NULL REFERENCES file (id),
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    status INTEGER,
    attempts INTEGER NOT NULL,
    next_attempt_at TEXT,          -- NULL: only when a person asks
    since TEXT NOT NULL,
    PRIMARY KEY (account_id, file_id)
) WITHOUT ROWID;

CREATE TABLE album (
    account_id INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
) WITHOUT ROWID;

CREATE TABLE album_pending (
    account_id INTEGER NOT NULL REFERENCES account (id),
    album_name TEXT NOT NULL,
    asset_id TEXT NOT NULL,
    PRIMARY KEY (account_id, album_name, asset_id)
) WITHOUT ROWID;

CREATE TABLE size_limit (
    address TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,        -- the smallest upload that was refused for its size
    learned_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    summary TEXT NOT NULL          -- JSON of the counts
);

CREATE TABLE fact (
    account_id INTEGER NOT NULL REFERENCES account (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, key)
) WITHOUT ROWID;
