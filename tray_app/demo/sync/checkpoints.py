"""How far each session came: one acknowledgement for each type of line."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from tray_app.demo import update_ids
from tray_app.demo.database import Database
from tray_app.demo.library import marks

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COMPLETE = "complete"
MAX_ABSENCE = timedelta(days=30)


class BadCheckpoint(Exception):
    """An acknowledgement that the server took but cannot use."""


@dataclass(frozen=True, slots=True)
class Ack:
    """An acknowledgement: `TYPE|id`, or `TYPE|id|extra` for backfills."""

    id: str
    extra: str = ""

    @classmethod
    def parse(cls, text: str) -> tuple[str, "Ack"]:
        """Return type and rest; nothing is checked, as with the real server."""
        kind, wanted, extra, *_ = [*text.split("|"), "", ""]
        return kind, cls(wanted.lower(), extra.lower())

    def usable(self) -> "Ack":
        """Return this; raises BadCheckpoint where the id is none. Few look at `extra`."""
        if not UUID.fullmatch(self.id):
            raise BadCheckpoint
        return self

    def place_in(self, create_id: str) -> str:
        """Return how far this backfill is within a membership: an id, COMPLETE, or nothing."""
        if self.id != create_id:
            return ""
        if self.extra not in ("", COMPLETE) and not UUID.fullmatch(self.extra):
            raise BadCheckpoint
        return self.extra


class Checkpoints:
    """The checkpoints of all sessions; they go with their session."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, session_id: str) -> list[tuple[str, str]]:
        """Return type and ack of a session."""
        sql = "SELECT type, ack FROM checkpoint WHERE session_id = ? ORDER BY type"
        return [(row[0], row[1]) for row in self._db.rows(sql, (session_id,))]

    def set(self, session_id: str, acks: dict[str, str]) -> None:
        """Store acks by type; whatever was there is replaced, even by an older one."""
        with self._db.transaction():
            for kind, ack in acks.items():
                self._db.run("REPLACE INTO checkpoint VALUES (?, ?, ?)", (session_id, kind, ack))

    def delete(self, session_id: str, types: Collection[str] | None) -> None:
        """Forget some types, or all with None."""
        sql, params = "DELETE FROM checkpoint WHERE session_id = ?", [session_id]
        if types is not None:
            sql += f" AND type IN ({marks(list(types))})"
            params += types
        self._db.run(sql, params)

    def reset(self, session_id: str) -> None:
        """Forget everything, and that a reset was wanted."""
        with self._db.transaction():
            self.delete(session_id, None)
            self._db.run("UPDATE session SET pending_reset = 0 WHERE id = ?", (session_id,))

    def must_reset(self, session_id: str) -> bool:
        """Tell whether a reset was wanted or the last complete stream is over 30 days old."""
        sql = "SELECT pending_reset FROM session WHERE id = ?"
        if (row := self._db.row(sql, (session_id,))) and row[0]:
            return True
        done = dict(self.all(session_id)).get("SyncCompleteV1")
        if done is None:
            return False
        try:
            at = update_ids.milliseconds(Ack.parse(done)[1].id)
        except ValueError:
            return False
        return self._db.update_ids.now() - at > MAX_ABSENCE // timedelta(milliseconds=1)
