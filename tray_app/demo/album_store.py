"""Albums, their assets and their members in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from tray_app.demo import clock
from tray_app.demo.accounts import new_id
from tray_app.demo.database import Database
from tray_app.demo.library import marks
from tray_app.demo.records import Album, StoredAsset

SHOWN = "deleted_at IS NULL AND visibility IN ('timeline', 'archive')"
EDITABLE = ("name", "description", "thumbnail_asset_id", "is_activity_enabled", "sort_order")


@dataclass(frozen=True, slots=True)
class Contents:
    """Numbers about what is shown of an album: neither trashed, hidden nor locked."""

    count: int
    start: str | None
    end: str | None
    changed: str | None
    thumbnail: str | None


class Albums:
    """All albums of all users."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, owner_id: str, name: str, description: str = "") -> Album:
        """Create an empty album; names need not be unique."""
        moment = clock.now()
        album = Album(new_id(), owner_id, name, description, None, 1, "desc", moment, moment)
        self._db.run("INSERT INTO album VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(album))
        return album

    def album(self, album_id: str) -> Album | None:
        """Return one album."""
        row = self._db.row("SELECT * FROM album WHERE id = ?", (album_id,))
        return Album(*row) if row else None

    def owned(self, user_id: str) -> list[Album]:
        """Return the albums a user owns, newest first."""
        sql = "SELECT * FROM album WHERE owner_id = ? ORDER BY created_at DESC, rowid DESC"
        return [Album(*row) for row in self._db.rows(sql, (user_id,))]

    def shared_with(self, user_id: str) -> list[Album]:
        """Return the albums others share with a user, newest first."""
        sql = (
            "SELECT album.* FROM album JOIN album_user ON album_user.album_id = album.id"
            " WHERE album_user.user_id = ? ORDER BY created_at DESC, album.rowid DESC"
        )
        return [Album(*row) for row in self._db.rows(sql, (user_id,))]

    def members(self, album_id: str) -> dict[str, str]:
        """Return user id to role, the owner excluded."""
        sql = "SELECT user_id, role FROM album_user WHERE album_id = ? ORDER BY user_id"
        return dict(self._db.rows(sql, (album_id,)))

    def share(self, album_id: str, user_id: str, role: str) -> None:
        """Make a user a member, or change the role."""
        sql = (
            "INSERT INTO album_user (album_id, user_id, role) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET role = excluded.role"
        )
        self._db.run(sql, (album_id, user_id, role))
        # A new member has a checkpoint of albums already: the album must be newer than that.
        self._touch(album_id)

    def unshare(self, album_id: str, user_id: str) -> None:
        """Take a member out."""
        sql = "DELETE FROM album_user WHERE album_id = ? AND user_id = ?"
        self._db.run(sql, (album_id, user_id))

    def _touch(self, album_id: str) -> None:
        self._db.run("UPDATE album SET updated_at = ? WHERE id = ?", (clock.now(), album_id))

    def change(self, album_id: str, values: Mapping[str, object]) -> None:
        """Set columns of EDITABLE."""
        columns = [name for name in EDITABLE if name in values]
        assignments = "".join(f"{name} = ?, " for name in columns)
        sql = f"UPDATE album SET {assignments}updated_at = ? WHERE id = ?"  # noqa: S608
        self._db.run(sql, (*(values[name] for name in columns), clock.now(), album_id))

    def delete(self, album_id: str) -> None:
        """Remove an album; its assets stay."""
        self._db.run("DELETE FROM album WHERE id = ?", (album_id,))

    def asset_ids(self, album_id: str) -> set[str]:
        """Return the ids of an album's assets, trashed ones included."""
        rows = self._db.rows("SELECT asset_id FROM album_asset WHERE album_id = ?", (album_id,))
        return {row[0] for row in rows}

    def assets(self, album_id: str) -> list[StoredAsset]:
        """Return what is shown of an album's assets, newest first."""
        sql = (
            "SELECT asset.* FROM asset JOIN album_asset ON album_asset.asset_id = asset.id"  # noqa: S608 - constants
            f" WHERE album_id = ? AND {SHOWN} ORDER BY file_created_at DESC, asset.id"
        )
        return [StoredAsset(*row) for row in self._db.rows(sql, (album_id,))]

    def contents(self, album_id: str) -> Contents:
        """Return count and dates of an album's assets."""
        row = self._db.row(
            "SELECT count(*), min(file_created_at), max(file_created_at), max(asset.updated_at),"  # noqa: S608
            " min(asset.id) FROM asset JOIN album_asset ON album_asset.asset_id = asset.id"
            f" WHERE album_id = ? AND {SHOWN}",
            (album_id,),
        )
        return Contents(*(row or (0, None, None, None, None)))

    def holding(self, asset_id: str) -> set[str]:
        """Return the ids of the albums that hold an asset."""
        rows = self._db.rows("SELECT album_id FROM album_asset WHERE asset_id = ?", (asset_id,))
        return {row[0] for row in rows}

    def put(self, album_id: str, asset_ids: Iterable[str]) -> None:
        """Add assets to an album; ones already in it stay once."""
        with self._db.transaction():
            for asset_id in asset_ids:
                sql = "INSERT OR IGNORE INTO album_asset (album_id, asset_id) VALUES (?, ?)"
                self._db.run(sql, (album_id, asset_id))
            self._touch(album_id)

    def remove_everywhere(self, asset_ids: Sequence[str]) -> None:
        """Take assets out of all albums, as locking does."""
        sql = f"DELETE FROM album_asset WHERE asset_id IN ({marks(asset_ids)})"  # noqa: S608
        self._db.run(sql, asset_ids)

    def remove(self, album_id: str, asset_ids: Sequence[str]) -> None:
        """Take assets out of an album; they stay in the library."""
        sql = f"DELETE FROM album_asset WHERE album_id = ? AND asset_id IN ({marks(asset_ids)})"  # noqa: S608
        self._db.run(sql, (album_id, *asset_ids))
        self._touch(album_id)
