BEGIN TRANSACTION;
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('key 1','value 1');
INSERT INTO "meta" VALUES('key 2','value 2');
COMMIT;
PRAGMA user_version = 1;
