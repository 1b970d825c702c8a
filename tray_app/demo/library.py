"""Assets in the database, one owner's library at a time."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import msgspec

from tray_app.demo import clock
from tray_app.demo.database import Database
from tray_app.demo.records import StoredAsset

INSERT = f"INSERT INTO asset VALUES ({', '.join('?' * 24)})"  # noqa: S608 - only question marks

METADATA = """
    INSERT OR REPLACE INTO asset_metadata (asset_id, key, value)
    SELECT ?, value ->> 'key', value -> 'value' FROM json_each(?)
    WHERE json_type(value, '$.key') = 'text' AND json_type(value, '$.value') = 'object'
"""
# Keys in rising order make this ten times as fast as random ones.
FILL = """
    WITH RECURSIVE photo (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM photo WHERE n < :number),
    made AS (
        SELECT n, printf('%08x', n) AS first, 946684800 + n * 1597 AS taken FROM photo
        WHERE :number > 0
    )
    INSERT INTO asset SELECT
        printf('%s-%s-4000-8000-%s', first, lower(hex(randomblob(2))), lower(hex(randomblob(6)))),
        :owner, CAST(first || hex(randomblob(6)) AS BLOB), 1000000 + n,
        printf('IMG_%06d.jpg', n), 'IMAGE', 'timeline', n % 10 = 0, NULL, NULL,
        strftime('%Y-%m-%dT%H:%M:%S.000Z', taken, 'unixepoch'),
        strftime('%Y-%m-%dT%H:%M:%S.000Z', taken, 'unixepoch'),
        :now, :now, NULL, 'filled-' || n, 'fill', '[]', NULL, NULL, new_update_id(), NULL,
        4000, 3000
    FROM made
"""


@dataclass(frozen=True, slots=True)
class Known:
    """An asset that already has a checksum."""

    id: str
    trashed: bool


def marks(values: Sequence[object]) -> str:
    """Return one question mark for each value, for an IN (...) clause."""
    return ", ".join("?" * len(values))


class Library:
    """What the server stores; every method is about one owner."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, asset: StoredAsset) -> str | None:
        """Store an asset and count its bytes; None, or the id that has this checksum already."""
        try:
            with self._db.transaction():
                self._db.run(INSERT, astuple(asset))
                self._db.run(
                    "UPDATE user SET usage_bytes = usage_bytes + ?, updated_at = ? WHERE id = ?",
                    (asset.size, asset.created_at, asset.owner_id),
                )
                self._db.run(METADATA, (asset.id, asset.metadata))
                if asset.live_photo_video_id:
                    self._db.run(
                        "UPDATE asset SET visibility = 'hidden', updated_at = ? WHERE id = ?",
                        (asset.created_at, asset.live_photo_video_id),
                    )
        except sqlite3.IntegrityError:
            known = self.known(asset.owner_id, [asset.checksum]).get(asset.checksum)
            if known is None:
                raise
            return known.id
        return None

    def fill(self, owner_id: str, number: int) -> None:
        """Invent that many photos at once, without files; 500,000 take seconds."""
        self._db.run(FILL, {"owner": owner_id, "number": number, "now": clock.now()})

    def known(self, owner_id: str, checksums: Sequence[bytes]) -> dict[bytes, Known]:
        """Return which checksums this owner has, trashed ones included."""
        found: dict[bytes, Known] = {}
        for start in range(0, len(checksums), 10_000):
            part = checksums[start : start + 10_000]
            sql = (
                "SELECT checksum, id, deleted_at FROM asset"  # noqa: S608 - only question marks
                f" WHERE owner_id = ? AND checksum IN ({marks(part)})"
            )
            for checksum, asset_id, deleted_at in self._db.rows(sql, (owner_id, *part)):
                found[checksum] = Known(asset_id, deleted_at is not None)
        return found

    def asset(self, asset_id: str) -> StoredAsset | None:
        """Return one asset of any owner."""
        row = self._db.row("SELECT * FROM asset WHERE id = ?", (asset_id,))
        return StoredAsset(*row) if row else None

    def assets(self, owner_id: str) -> list[StoredAsset]:
        """Return all assets of an owner in order of arrival, trashed and hidden included."""
        sql = "SELECT * FROM asset WHERE owner_id = ? ORDER BY rowid"
        return [StoredAsset(*row) for row in self._db.rows(sql, (owner_id,))]

    def owned(self, owner_id: str, ids: Iterable[str]) -> set[str]:
        """Return which of these assets belong to the owner and are not locked (by a PIN)."""
        wanted = list(ids)
        sql = (
            "SELECT id FROM asset WHERE owner_id = ? AND visibility <> 'locked'"  # noqa: S608
            f" AND id IN ({marks(wanted)})"
        )
        return {row[0] for row in self._db.rows(sql, (owner_id, *wanted))}

    def change(self, ids: Sequence[str], columns: Mapping[str, object]) -> None:
        """Set columns of assets; their names must be the caller's constants."""
        assignments = "".join(f"{name} = ?, " for name in columns)
        sql = f"UPDATE asset SET {assignments}updated_at = ? WHERE id IN ({marks(ids)})"  # noqa: S608
        self._db.run(sql, (*columns.values(), clock.now(), *ids))

    def describe(self, ids: Sequence[str], told: Mapping[str, object]) -> None:
        """Set what was told about files, under the names of the sync stream."""
        patch = msgspec.json.encode(told).decode()
        chosen = f"WHERE asset_id IN ({marks(ids)})"
        sql = f"UPDATE asset_exif SET told = json_patch(told, ?) {chosen}"  # noqa: S608
        self._db.run(sql, (patch, *ids))
        # The real server reads the sidecar anew after that, and so touches the asset.
        self.change(ids, {})

    def told(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return what was told about files, under the names of the sync stream."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(ids), 10_000):
            part = ids[start : start + 10_000]
            sql = (
                f"SELECT asset_id, told FROM asset_exif WHERE asset_id IN ({marks(part)})"  # noqa: S608 - only question marks
                " AND told <> '{}'"
            )
            found |= {one: msgspec.json.decode(told) for one, told in self._db.rows(sql, part)}
        return found

    def visible(self, user_id: str, asset_id: str) -> bool:
        """Tell whether a user may see an asset: the own, a partner's, or one in an album.

        Locked ones are shown to nobody without a PIN, and of others neither the trash nor, of
        partners, the archive.
        """
        sql = (
            "SELECT 1 FROM asset WHERE id = :asset AND ((owner_id = :user"
            " AND visibility <> 'locked') OR deleted_at IS NULL AND (owner_id IN"
            " (SELECT shared_by_id FROM partner WHERE shared_with_id = :user)"
            " AND visibility IN ('timeline', 'hidden') OR id IN"
            " (SELECT asset_id FROM album_asset JOIN album ON album.id = album_id WHERE"
            " owner_id = :user OR :user IN (SELECT user_id FROM album_user"
            " WHERE album_user.album_id = album.id))))"
        )
        return bool(self._db.named(sql, {"asset": asset_id, "user": user_id}))

    def trash(self, ids: Sequence[str]) -> int:
        """Move assets to the trash; return how many."""
        sql = f"UPDATE asset SET deleted_at = ?, updated_at = ? WHERE id IN ({marks(ids)})"  # noqa: S608
        return self._db.run(sql, (moment := clock.now(), moment, *ids))

    def restore(self, owner_id: str, ids: Sequence[str] | None = None) -> int:
        """Take assets (None: all) out of the trash; return how many were in it."""
        sql = "UPDATE asset SET deleted_at = NULL, updated_at = ? WHERE owner_id = ?"
        sql += " AND deleted_at IS NOT NULL"
        params: list[str] = [clock.now(), owner_id]
        if ids is not None:
            sql += f" AND id IN ({marks(ids)})"
            params += ids
        return self._db.run(sql, params)

    def delete(self, ids: Sequence[str]) -> list[StoredAsset]:
        """Remove assets for good, give their bytes back to the quota; return what was removed."""
        with self._db.transaction():
            chosen = f"id IN ({marks(ids)})"
            rows = self._db.rows(f"SELECT * FROM asset WHERE {chosen}", ids)  # noqa: S608
            gone = [StoredAsset(*row) for row in rows]
            self._db.run(f"DELETE FROM asset WHERE {chosen}", ids)  # noqa: S608
            for asset in gone:
                self._db.run(
                    "UPDATE user SET usage_bytes = max(0, usage_bytes - ?) WHERE id = ?",
                    (asset.size, asset.owner_id),
                )
        return gone

    def select(
        self, where: str, params: Sequence[object], *, limit: int, offset: int
    ) -> list[StoredAsset]:
        """Return assets for a condition written by the caller, newest capture date first."""
        sql = (
            f"SELECT * FROM asset WHERE {where}"  # noqa: S608 - conditions are our own constants
            " ORDER BY file_created_at DESC, id LIMIT ? OFFSET ?"
        )
        return [StoredAsset(*row) for row in self._db.rows(sql, (*params, limit, offset))]

    def count(self, where: str, params: Sequence[object]) -> dict[str, int]:
        """Return the number of assets per type for a condition written by the caller."""
        sql = f"SELECT type, count(*) FROM asset WHERE {where} GROUP BY type"  # noqa: S608
        return dict(self._db.rows(sql, params))
