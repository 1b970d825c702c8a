-- What an API key reads instead of the change stream, each answer with its ETag
-- (docs/decisions/0011).
CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,     -- as it is asked for, with its query
    etag TEXT,                     -- NULL: has to be read
    body BLOB,                     -- the few answers that are kept as they came
    pass TEXT,                     -- of a month: the query of its list
    month TEXT,
    whose BLOB,                    -- of a list, a month, an album: the user's or album's id
    of_album INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX resource_pass ON resource (pass) WHERE pass IS NOT NULL;
CREATE INDEX resource_whose ON resource (whose) WHERE whose IS NOT NULL;

-- Which assets each month showed; an asset may be in several lists, and need not be known.
CREATE TABLE listed (
    place INTEGER NOT NULL,        -- resource.id of the month
    asset_id BLOB NOT NULL,
    PRIMARY KEY (place, asset_id)
) WITHOUT ROWID;
CREATE INDEX listed_asset ON listed (asset_id);

-- Assets that fell out of a list; at the end of the sync those in no other are gone.
CREATE TABLE adrift (asset_id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
