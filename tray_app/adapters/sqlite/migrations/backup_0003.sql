-- What a person wants on the server again although it was deleted there or is in its trash:
-- until the server holds it, no sync makes a tombstone of it.
CREATE TABLE wanted (
    account_id INTEGER NOT NULL REFERENCES account (id),
    sha1 BLOB NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (account_id, sha1)
) WITHOUT ROWID;
