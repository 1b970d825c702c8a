-- The mirror of the server; its tables come with the sync service. Can be rebuilt at any time.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
