"""Small facts in `library.db`: whose rows these are, and what is still to be done."""

import sqlite3
from uuid import UUID

from tray_app.core.sync.standing import Owner

USER, SESSION, UNTIDY, SINCE = "user", "session", "untidy", "since"


def owner(conn: sqlite3.Connection) -> Owner | None:
    """Return whose rows these are."""
    user, session = fact(conn, USER), fact(conn, SESSION)
    return Owner(user, session) if user and session else None


def own(conn: sqlite3.Connection, by: Owner) -> None:
    """Note whose rows these are from now on."""
    remember(conn, USER, by.user_id)
    remember(conn, SESSION, by.session)


def me(conn: sqlite3.Connection) -> bytes:
    """Return the id of the signed-in user; empty for nobody's library."""
    user = fact(conn, USER)
    return UUID(user).bytes if user else b""


def fact(conn: sqlite3.Connection, key: str) -> str | None:
    """Return what is remembered; None: nothing."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def remember(conn: sqlite3.Connection, key: str, value: str) -> None:
    """Remember it in the caller's transaction."""
    conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def forget(conn: sqlite3.Connection, *keys: str) -> None:
    """Forget facts."""
    conn.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in keys])
