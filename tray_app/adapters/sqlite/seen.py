"""What a folder showed, as one short value, so that an unchanged one costs no look at its rows.

A trigger forgets the value of a folder when a row of a file in it changes (backup_0006.sql).
"""

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from tray_app.core.listing import Entry

_BYTES = 16


def seal_of(entries: Sequence[Entry]) -> bytes | None:
    """Return 16 bytes that stand for these entries in this order; None: they have to be compared.

    Names that are no UTF-8 have none.
    """
    try:
        told = msgspec.msgpack.encode(entries)
    except (UnicodeEncodeError, OverflowError):
        return None
    return blake2b(told, digest_size=_BYTES).digest()


def remember(conn: sqlite3.Connection, folder_id: int, seal: bytes | None) -> None:
    """Note that all rows of the folder are what it showed."""
    conn.execute("UPDATE folder SET seen = ? WHERE id = ?", (seal, folder_id))
