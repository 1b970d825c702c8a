"""What the server does every night; the demo does it when it opens and when its clock jumps."""

from datetime import timedelta

from tray_app.demo import update_ids
from tray_app.demo.database import Database

# A client that was away for 30 days starts over (checkpoints.py), so that it misses nothing.
DELETIONS_KEPT = timedelta(days=31)
SESSIONS_KEPT = timedelta(days=90)
MILLISECOND = timedelta(milliseconds=1)


def clean_up(db: Database) -> None:
    """Forget old deletions, and sessions that nobody used for long."""
    now = db.update_ids.now()
    db.run(
        "DELETE FROM deletion WHERE id < ?", (update_ids.at(now - DELETIONS_KEPT // MILLISECOND),)
    )
    unused = db.update_ids.moment(before=SESSIONS_KEPT)
    db.run("DELETE FROM session WHERE updated_at < ?", (unused,))
