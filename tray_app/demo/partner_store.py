"""Who shows a whole library to whom, in the database."""

from dataclasses import dataclass

from tray_app.demo.database import Database


@dataclass(frozen=True, slots=True)
class Partnership:
    """One user shows all to another; `in_timeline` is the other's wish to see it there."""

    shared_by_id: str
    shared_with_id: str
    in_timeline: bool


class Partners:
    """All partnerships of the server."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, user_id: str) -> list[Partnership]:
        """Return the partnerships of a user in both directions, oldest first."""
        sql = (
            "SELECT shared_by_id, shared_with_id, in_timeline FROM partner"
            " WHERE ? IN (shared_by_id, shared_with_id) ORDER BY create_id"
        )
        return [
            Partnership(by, to, bool(shown)) for by, to, shown in self._db.rows(sql, (user_id,))
        ]

    def get(self, shared_by_id: str, shared_with_id: str) -> Partnership | None:
        """Return one partnership."""
        found = (item for item in self.of(shared_by_id) if item.shared_with_id == shared_with_id)
        return next((item for item in found if item.shared_by_id == shared_by_id), None)

    def add(self, shared_by_id: str, shared_with_id: str) -> None:
        """Begin a partnership."""
        sql = "INSERT INTO partner (shared_by_id, shared_with_id) VALUES (?, ?)"
        self._db.run(sql, (shared_by_id, shared_with_id))

    def set_in_timeline(self, shared_by_id: str, shared_with_id: str, *, shown: bool) -> None:
        """Show a partner's assets in the timeline, or not."""
        sql = "UPDATE partner SET in_timeline = ? WHERE shared_by_id = ? AND shared_with_id = ?"
        self._db.run(sql, (int(shown), shared_by_id, shared_with_id))

    def remove(self, shared_by_id: str, shared_with_id: str) -> None:
        """End a partnership."""
        sql = "DELETE FROM partner WHERE shared_by_id = ? AND shared_with_id = ?"
        self._db.run(sql, (shared_by_id, shared_with_id))

    def in_timeline_of(self, user_id: str) -> list[str]:
        """Return whose assets a user wants to see between the own ones."""
        sql = "SELECT shared_by_id FROM partner WHERE shared_with_id = ? AND in_timeline"
        return [row[0] for row in self._db.rows(sql, (user_id,))]
