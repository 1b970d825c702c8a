-- Small pictures of the timeline; may be deleted at any time.
CREATE TABLE picture (
    name TEXT PRIMARY KEY,
    used_at INTEGER NOT NULL,      -- seconds since 1970, brought up to date once a day
    bytes INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX picture_used ON picture (used_at, bytes);
