BEGIN TRANSACTION;
CREATE TABLE picture (
    name TEXT PRIMARY KEY,
    used_at INTEGER NOT NULL,      -- seconds since 1970, brought up to date once a day
    bytes INTEGER NOT NULL,
    data BLOB NOT NULL
);
INSERT INTO "picture" VALUES('name 1',1,1,X'17171717171717171717171717171717');
INSERT INTO "picture" VALUES('name 2',2,2,X'27272727272727272727272727272727');
CREATE INDEX picture_used ON picture (used_at, bytes);
COMMIT;
PRAGMA user_version = 1;
