-- Folders that could not be read when they were last looked at.
CREATE TABLE unreadable (
    path BLOB PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) WITHOUT ROWID;

-- What was sent when a run was ended, and not yet confirmed: ours, when the server has it.
CREATE TABLE sent (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    sidecar_mtime_ns INTEGER,      -- of the sidecar that was sent along
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
