"""The statements for what an API key reads; see library_0003.sql for the tables."""

from tray_app.adapters.sqlite.library_sql import upsert
from tray_app.core.sync import tables

KEEP = """
INSERT INTO resource (path, etag, body) VALUES (?, ?, ?)
ON CONFLICT (path) DO UPDATE SET etag = excluded.etag, body = excluded.body
"""
FORGET_TAGS = "UPDATE resource SET etag = NULL WHERE body IS NULL OR of_album"
SET_ADRIFT = """
INSERT OR IGNORE INTO adrift
SELECT id FROM asset WHERE NOT EXISTS (SELECT 1 FROM listed WHERE asset_id = asset.id)
"""

# What API keys are not told stays as the change stream had it.
PUT_USER = upsert(tables.USER, ("deleted_at",))
PUT_ASSET = upsert(tables.ASSET, ("stack_id", "deleted_at"))
PUT_TRASHED = """
UPDATE asset SET deleted_at = ?1 WHERE id = ?2 AND (deleted_at IS NULL) <> (?1 IS NULL)
"""
PUT_EXIF = upsert(tables.EXIF, ("profile_description", "fps"))
PUT_STACK = upsert(tables.STACK, ("created_at", "updated_at"))
# A stack may have become complete by an asset that was not known.
STACKS_AGAIN = """
UPDATE resource SET etag = NULL WHERE path = '/stacks' AND etag IS NOT NULL
"""

# A month tells enough to see which assets have to be asked for.
ENTRY_TABLE = """
CREATE TEMP TABLE IF NOT EXISTS entry (
    id BLOB PRIMARY KEY, owner_id, visibility, is_favorite, trashed, file_created_at, thumbhash,
    live_video_id, city, country
)
"""
PUT_ENTRY = "INSERT OR REPLACE INTO temp.entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
DIFFERING = """
SELECT entry.id FROM temp.entry LEFT JOIN asset ON asset.id = entry.id
LEFT JOIN exif ON exif.asset_id = entry.id
WHERE asset.id IS NULL OR exif.asset_id IS NULL OR (
    asset.owner_id, asset.visibility, asset.is_favorite, asset.deleted_at IS NOT NULL,
    asset.file_created_at, asset.thumbhash, asset.live_video_id, exif.city, exif.country
) IS NOT (
    entry.owner_id, entry.visibility, entry.is_favorite, entry.trashed,
    entry.file_created_at, entry.thumbhash, entry.live_video_id, entry.city, entry.country
)
"""
# For what we may see in a list and not by itself.
AS_LISTED = """
UPDATE asset SET visibility = ?1,
  deleted_at = CASE WHEN ?2 THEN coalesce(deleted_at, ?3) ELSE NULL END
WHERE id = ?4
"""
FELL_OUT = """
INSERT OR IGNORE INTO adrift SELECT asset_id FROM listed
WHERE place = ? AND asset_id NOT IN (SELECT id FROM temp.entry)
"""
UNLIST = """
DELETE FROM listed WHERE place = ? AND asset_id NOT IN (SELECT id FROM temp.entry)
"""
LIST = "INSERT OR IGNORE INTO listed SELECT ?, id FROM temp.entry"
LINK = """
INSERT OR IGNORE INTO album_asset SELECT whose, entry.id FROM resource, temp.entry
WHERE resource.id = ?
"""

PUT_MONTH = """
INSERT INTO resource (path, pass, month, whose, of_album) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (path) DO NOTHING
"""
MONTHS = "SELECT id, month, etag FROM resource WHERE pass = ? ORDER BY month DESC"
PUT_LIST = """
INSERT INTO resource (path, etag, whose, of_album) VALUES (?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE SET etag = excluded.etag
"""
_PLACES_OF = "(SELECT id FROM resource WHERE whose = ?1 AND of_album = ?2)"
DROP_WHOSE = (
    f"INSERT OR IGNORE INTO adrift SELECT asset_id FROM listed WHERE place IN {_PLACES_OF}",
    f"DELETE FROM listed WHERE place IN {_PLACES_OF}",
    "DELETE FROM resource WHERE whose = ?1 AND of_album = ?2",
)

# `path` of an album is /albums/ID: `body` is how the list shows it now, `etag` how it looked when
# its contents were read.
PUT_ALBUM_MARK = """
INSERT INTO resource (path, body, whose, of_album) VALUES (?, ?, ?, 1)
ON CONFLICT (path) DO UPDATE SET body = excluded.body WHERE body IS NOT excluded.body
"""
ALBUM_MARKS = """
SELECT whose, body, etag IS NOT body FROM resource WHERE of_album AND path LIKE '/albums/%'
"""
HOLDS = """
SELECT EXISTS (SELECT 1 FROM resource JOIN listed ON listed.place = resource.id WHERE pass = ?)
"""
UNLINK = """
DELETE FROM album_asset WHERE album_id = ?1 AND asset_id NOT IN (
    SELECT asset_id FROM listed WHERE place IN
      (SELECT id FROM resource WHERE whose = ?1 AND of_album)
)
"""

_SHOWN = """
EXISTS (SELECT 1 FROM listed JOIN resource ON resource.id = listed.place
        WHERE listed.asset_id = asset.id AND NOT resource.of_album)
"""
MISSING = f"""
SELECT asset.id, asset.checksum FROM adrift JOIN asset ON asset.id = adrift.asset_id
WHERE asset.owner_id = ? AND NOT {_SHOWN}
"""
NOTE_GONE = """
INSERT OR REPLACE INTO removal SELECT id, checksum, ? FROM asset WHERE id = ?
"""
# Of partners; who else's assets are seen is decided by the albums alone.
PARTNERS_GONE = f"""
SELECT asset.id FROM adrift JOIN asset ON asset.id = adrift.asset_id
WHERE asset.owner_id IN (SELECT shared_by_id FROM partner WHERE shared_with_id = ?) AND NOT {_SHOWN}
  AND NOT EXISTS (SELECT 1 FROM album_asset WHERE album_asset.asset_id = asset.id)
"""
SETTLED = f"""
DELETE FROM adrift WHERE asset_id NOT IN (SELECT id FROM ({MISSING}))
"""
SETTLED_WITHOUT_PARTNERS = """
DELETE FROM adrift WHERE asset_id NOT IN (SELECT id FROM asset) AND ? IS NOT NULL
"""
LOST = f"""
SELECT EXISTS (SELECT 1 FROM ({MISSING.replace("?", "?1")}))
    OR EXISTS (SELECT 1 FROM ({PARTNERS_GONE.replace("?", "?1")}))
"""
OF_AN_ASSET = tuple(
    f"DELETE FROM {table} WHERE {column} = ?"
    for table, column in (("exif", "asset_id"), ("album_asset", "asset_id"), ("adrift", "asset_id"))
)
TRASHED_COLUMN = tables.ASSET.columns.index("deleted_at")
