"""Stacks, that is photos shown as one, in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from tray_app.demo import clock
from tray_app.demo.accounts import new_id
from tray_app.demo.database import Database
from tray_app.demo.library import marks
from tray_app.demo.records import StoredAsset


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack without its assets."""

    id: str
    owner_id: str
    primary_asset_id: str


class Stacks:
    """All stacks of all users."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def owned(self, user_id: str) -> list[Stack]:
        """Return a user's stacks, oldest first."""
        sql = "SELECT id, owner_id, primary_asset_id FROM stack WHERE owner_id = ? ORDER BY rowid"
        return [Stack(*row) for row in self._db.rows(sql, (user_id,))]

    def assets(self, stack_id: str) -> list[StoredAsset]:
        """Return the assets of a stack, the primary one first."""
        sql = (
            "SELECT asset.* FROM asset JOIN stack ON stack.id = asset.stack_id"
            " WHERE stack_id = ? ORDER BY asset.id <> primary_asset_id, asset.id"
        )
        return [StoredAsset(*row) for row in self._db.rows(sql, (stack_id,))]

    def add(self, owner_id: str, asset_ids: Sequence[str]) -> Stack:
        """Stack assets, the first on top; stacks that they were in are joined."""
        stack, moment = Stack(new_id(), owner_id, asset_ids[0]), clock.now()
        chosen = marks(asset_ids)
        with self._db.transaction():
            sql = f"SELECT DISTINCT stack_id FROM asset WHERE id IN ({chosen}) AND stack_id <> ''"  # noqa: S608
            old = [row[0] for row in self._db.rows(sql, asset_ids)]
            self._db.run(
                "INSERT INTO stack (id, owner_id, primary_asset_id, created_at, updated_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (stack.id, owner_id, stack.primary_asset_id, moment, moment),
            )
            sql = f"UPDATE asset SET stack_id = ? WHERE id IN ({chosen})"  # noqa: S608
            sql += f" OR stack_id IN ({marks(old)})"
            self._db.run(sql, (stack.id, *asset_ids, *old))
            self.delete(old)
        return stack

    def set_primary(self, stack_id: str, asset_id: str) -> None:
        """Put another asset on top."""
        sql = "UPDATE stack SET primary_asset_id = ?, updated_at = ? WHERE id = ?"
        self._db.run(sql, (asset_id, clock.now(), stack_id))

    def take(self, asset_id: str) -> None:
        """Take an asset out of its stack."""
        self._db.run("UPDATE asset SET stack_id = NULL WHERE id = ?", (asset_id,))

    def delete(self, ids: Sequence[str]) -> None:
        """Dissolve stacks; their assets stay."""
        self._db.run(f"DELETE FROM stack WHERE id IN ({marks(ids)})", ids)  # noqa: S608
