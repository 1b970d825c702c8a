"""The statements of the timeline: which rows are items, of which month, in which state.

`:me` is the signed-in user's id in 16 bytes, `:account` the same one's row in `backup.db`. An own
asset and a file of this computer are one item where the checksums are equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tray_app.adapters.sqlite.local_time import month_range_ns
from tray_app.core.timeline import NO_DATE, Month, Query, Show, month_range_ms

Values = Mapping[str, object]

# Partners who show me everything and whom I have put into my timeline.
PARTNERS = "SELECT shared_by_id FROM partner WHERE shared_with_id = :me AND in_timeline"
ACCOUNT = "SELECT id FROM backup.account WHERE user_id = ?"
TAKEN = "SELECT local_date_time FROM asset WHERE owner_id = ? AND checksum = ?"
CHANGED = "SELECT mtime_ns FROM file WHERE sha1 = ?"
# As for every timeline of Immich: of a stack only the primary asset.
_VISIBLE = """a.owner_id = :owner AND a.visibility = 'timeline' AND a.deleted_at IS NULL
  AND (a.stack_id IS NULL OR NOT EXISTS
    (SELECT 1 FROM stack s WHERE s.id = a.stack_id AND s.primary_asset_id <> a.id))"""
_HAS_FILE = """(a.owner_id = :me AND EXISTS
    (SELECT 1 FROM file f WHERE f.sha1 = a.checksum AND f.present))"""
# A hidden asset is the moving half of a Live Photo, whose still is shown.
_TRASH = "a.owner_id = :owner AND a.deleted_at IS NOT NULL AND a.visibility <> 'hidden'"

# A live asset of ours stands for the file, wherever it is shown; of equal files one is shown.
_NOT_THERE = """NOT EXISTS (SELECT 1 FROM asset a
    WHERE a.owner_id = :me AND a.checksum = f.sha1 AND a.deleted_at IS NULL)"""
_LOCAL = f"""f.present AND {_NOT_THERE}
  AND (f.sha1 IS NULL OR NOT EXISTS
    (SELECT 1 FROM file g WHERE g.sha1 = f.sha1 AND g.present AND g.id < f.id))"""
IN_TRASH = """(EXISTS (SELECT 1 FROM asset a WHERE a.owner_id = :me AND a.checksum = f.sha1)
  OR EXISTS (SELECT 1 FROM tombstone t WHERE t.account_id = :account AND t.sha1 = f.sha1)
  OR EXISTS (SELECT 1 FROM confirmation c
    WHERE c.account_id = :account AND c.sha1 = f.sha1 AND c.state = 'trashed'))"""
# The server has confirmed our bytes, and the next sync will bring the asset.
HELD = """EXISTS (SELECT 1 FROM confirmation c WHERE c.account_id = :account
    AND c.sha1 = f.sha1 AND c.state IN ('uploaded', 'duplicate'))"""
FAILED = """EXISTS (SELECT 1 FROM failure x WHERE x.account_id = :account AND x.file_id = f.id
  AND x.ignored_at IS NULL)"""

# A pass over everything takes checksums in their order, which is four times as fast as by date.
_CANDIDATES = f"""SELECT f.rowid AS row FROM file f INDEXED BY file_sha1
    WHERE f.sha1 IS NOT NULL AND {_NOT_THERE}
  UNION ALL SELECT f.rowid FROM file f WHERE f.present AND f.sha1 IS NULL"""
_SERVER_ONLY = """SELECT a.rowid AS row FROM asset a
    WHERE a.owner_id = :owner AND NOT EXISTS (SELECT 1 FROM file f WHERE f.sha1 = a.checksum)
  UNION SELECT a.rowid FROM file f NOT INDEXED CROSS JOIN asset a
    WHERE NOT f.present AND a.owner_id = :owner AND a.checksum = f.sha1"""
_FAILING = (
    "SELECT x.file_id AS row FROM failure x WHERE x.account_id = :account AND x.ignored_at IS NULL"
)

_SERVER_SHOWS = {
    Show.ALL: "",
    Show.SERVER: f" AND NOT {_HAS_FILE}",
    Show.FAVOURITES: " AND a.is_favorite",
    Show.VIDEOS: " AND a.kind = 'VIDEO'",
}
_LOCAL_SHOWS = {
    Show.ALL: "",
    Show.LOCAL: f" AND NOT {IN_TRASH} AND NOT {HELD}",
    Show.FAILED: f" AND {FAILED} AND NOT {IN_TRASH} AND NOT {HELD}",
    Show.TRASHED: f" AND {IN_TRASH}",
    Show.VIDEOS: " AND f.kind = 'video'",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that are items: of the server's for one owner, or of this computer.

    `date` is a column; `bounds` gives the range of it that is a month. `sign` makes keys.
    `candidates`: where a pass over everything had better begin.
    """

    table: str
    where: str
    date: str
    order: str
    as_month: str
    sign: int
    bounds: Callable[[Month], tuple[int, int]]
    values: Values
    candidates: str = ""

    @property
    def grouped(self) -> str:
        """Count by month, each as text like 202405; what has no date is not among them."""
        counted = f"SELECT strftime('%Y%m', {self.as_month}), count(*) FROM"
        # The range says only that there is a date, and has the planner take the index by date.
        dated = f"{self.where} AND {self.date} > -1 << 62 GROUP BY 1"
        if not self.candidates:
            return f"{counted} {self.table} WHERE {dated}"
        return (
            f"WITH candidate AS MATERIALIZED ({self.candidates})"
            f" {counted} candidate o CROSS JOIN {self.table} ON {self.table[-1]}.rowid = o.row"
            f" WHERE {dated}"
        )

    def count(self, month: Month) -> tuple[str, Values]:
        """Count the items of one month."""
        within, values = self._within(month)
        return f"SELECT count(*) FROM {self.table} WHERE {self.where} AND {within}", values

    def keys(self, month: Month) -> tuple[str, Values]:
        """List key and date of the items of one month, newest first."""
        within, values = self._within(month)
        chosen = f"SELECT {self.sign} * {self.table[-1]}.rowid, {self.date} FROM {self.table}"
        return f"{chosen} WHERE {self.where} AND {within} ORDER BY {self.order}", values

    def _within(self, month: Month) -> tuple[str, Values]:
        if month == NO_DATE:
            return f"{self.date} IS NULL", self.values
        begin, end = self.bounds(month)
        within = f"{self.date} >= :begin AND {self.date} < :end"
        return within, {**self.values, "begin": begin, "end": end}


def sources(
    query: Query, me: bytes, account: int, partners: tuple[bytes, ...]
) -> tuple[Source, ...]:
    """Choose where the items of a query are."""
    found = []
    text = {"me": me, "account": account, "text": _pattern(query.text)}
    if query.show in _SERVER_SHOWS:
        where = _VISIBLE + _SERVER_SHOWS[query.show]
        found += [_server(where, query, {**text, "owner": owner}) for owner in (me, *partners)]
    if query.show is Show.TRASHED:
        found.append(_server(f"{_TRASH} AND NOT {_HAS_FILE}", query, {**text, "owner": me}))
    if query.show in _LOCAL_SHOWS:
        found.append(_local(_LOCAL + _LOCAL_SHOWS[query.show], query, text))
    return tuple(found)


def _server(where: str, query: Query, values: Values) -> Source:
    named = " AND a.file_name LIKE :text ESCAPE '\\'" if query.text else ""
    return Source(
        table="asset a",
        where=where + named,
        date="a.local_date_time",
        order="a.local_date_time DESC, a.id DESC",
        as_month="a.local_date_time / 1000, 'unixepoch'",
        sign=1,
        bounds=month_range_ms,
        values=values,
        # Of others' assets none is here, so that nothing is gained.
        candidates=_SERVER_ONLY
        if query.show is Show.SERVER and values["owner"] == values["me"]
        else "",
    )


def _local(where: str, query: Query, values: Values) -> Source:
    named = " AND CAST(f.name AS TEXT) LIKE :text ESCAPE '\\'" if query.text else ""
    return Source(
        table="file f",
        where=where + named,
        date="f.mtime_ns",
        order="f.mtime_ns DESC",
        as_month="f.mtime_ns / 1000000000, 'unixepoch', 'localtime'",
        sign=-1,
        bounds=month_range_ns,
        values=values,
        candidates=_FAILING if query.show is Show.FAILED else _CANDIDATES,
    )


def _pattern(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


# In the order `timeline.server_cell` reads them. Somebody else's copy is never a file of mine.
SERVER_CELLS = """
SELECT a.rowid, a.id, a.file_name, a.kind, a.local_date_time, a.duration_ms, a.is_favorite,
       a.thumbhash, a.width, a.height, a.deleted_at IS NOT NULL, a.owner_id = :me, a.checksum,
       d.path, f.name
FROM asset a
LEFT JOIN file f ON f.id = (SELECT g.id FROM file g WHERE g.sha1 = a.checksum AND g.present
                            AND a.owner_id = :me ORDER BY g.id LIMIT 1)
LEFT JOIN folder d ON d.id = f.folder_id
WHERE a.rowid IN (SELECT value FROM json_each(:keys))
"""
# In the order `timeline.local_cell` reads them.
LOCAL_CELLS = f"""
SELECT f.id, d.path, f.name, f.kind, f.mtime_ns, f.duration_ms, f.sha1,
       {IN_TRASH}, {HELD}, {FAILED},
       coalesce(
         (SELECT hex(a.id) FROM asset a WHERE a.owner_id = :me AND a.checksum = f.sha1),
         (SELECT c.remote_id FROM confirmation c WHERE c.account_id = :account
          AND c.sha1 = f.sha1 AND c.state <> 'missing'))
FROM file f JOIN folder d ON d.id = f.folder_id
WHERE f.id IN (SELECT value FROM json_each(:keys)) AND f.present
"""
SERVER_DETAILS = """
SELECT e.file_size, coalesce(a.width, e.image_width), coalesce(a.height, e.image_height),
       e.make, e.model, e.city, e.country, u.name
FROM asset a LEFT JOIN exif e ON e.asset_id = a.id LEFT JOIN user u ON u.id = a.owner_id
WHERE a.rowid = ?
"""
LOCAL_DETAILS = """
SELECT f.size, x.reason, x.remedy FROM file f
LEFT JOIN failure x ON x.file_id = f.id AND x.account_id = :account AND x.ignored_at IS NULL
WHERE f.id = :file
"""
