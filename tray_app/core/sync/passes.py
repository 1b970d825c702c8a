"""Which lists of the timeline an API key has to read, and when what they lack counts as deleted.

The server shows a list of months for each combination of whose, visibility and trash; an asset
is in exactly one of them. Locked assets are refused to API keys, and of partners the archive
too (protocol section 11; docs/decisions/0011).
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

# Own assets that no list holds any more: as many at most are taken for deleted (design,
# "Settled details"); more may be a server that was set back, and a person has to say.
MOST_DELETED, DELETED_SHARE = 100, 0.05

# Months are those of the wall clock where a photo was taken, searches go by UTC.
_ZONES = timedelta(hours=15)


class Pass(NamedTuple):
    """One list of months: of a user (`albums` False) or of an album; None: either visible kind."""

    whose: str
    visibility: str | None
    trashed: bool
    of_album: bool = False

    @property
    def query(self) -> str:
        """Return the query of `timeline/buckets`, which is also the name of the pass."""
        asked = {"albumId" if self.of_album else "userId": self.whose}
        if self.visibility:
            asked["visibility"] = self.visibility
        if self.trashed:
            asked["isTrashed"] = "true"
        return urlencode(asked)

    @property
    def path(self) -> str:
        """Return the resource that lists the months."""
        return f"/timeline/buckets?{self.query}"

    def month(self, month: str) -> str:
        """Return the resource that lists the assets of a month, as `path` names it."""
        return f"/timeline/bucket?{self.query}&{urlencode({'timeBucket': month})}"

    @property
    def uncounted(self) -> bool:
        """Tell whether the album itself shows no sign of a change in this list."""
        return self.trashed or self.visibility is not None


def own_passes(user_id: str) -> list[Pass]:
    """Return all lists of the signed-in user."""
    kinds = ("timeline", "archive", "hidden")
    return [Pass(user_id, kind, trashed) for trashed in (False, True) for kind in kinds]


def partner_passes(user_id: str) -> list[Pass]:
    """Return the lists of a partner; the archive is refused."""
    kinds = ("timeline", "hidden")
    return [Pass(user_id, kind, trashed) for trashed in (False, True) for kind in kinds]


def album_passes(album_id: str) -> list[Pass]:
    """Return the lists of an album; without a visibility that of the timeline and the archive."""
    kinds = (None, "hidden")
    return [Pass(album_id, kind, trashed, True) for trashed in (False, True) for kind in kinds]


class Search(NamedTuple):
    """A search for what a list shows: who gets details page by page need not ask one by one."""

    visibility: str
    trashed: bool = False
    after: datetime | None = None
    before: datetime | None = None
    updated_after: datetime | None = None

    def body(self, page: int) -> dict[str, object]:
        """Return the body of `search/metadata`."""
        asked: dict[str, object] = {
            "page": page,
            "size": PAGE,
            "visibility": self.visibility,
            "withExif": True,
            "withDeleted": self.trashed,
        }
        times = {
            "takenAfter": self.after,
            "takenBefore": self.before,
            "updatedAfter": self.updated_after,
        }
        return asked | {name: _iso(at) for name, at in times.items() if at}


PAGE = 1000


def search_of(one: Pass, month: str) -> Search | None:
    """Return the search that finds the assets of a month; None: it has no search of its own."""
    if one.of_album or not one.visibility:
        return None
    try:
        start = datetime.fromisoformat(month[:10]).replace(tzinfo=UTC)
        after, before = start - _ZONES, start + timedelta(days=31) + _ZONES
    except (ValueError, OverflowError):
        return Search(one.visibility, one.trashed)
    return Search(one.visibility, one.trashed, after, before)


def counts_as_deleted(gone: int, known: int) -> bool:
    """Tell whether so many own assets that vanished of `known` were deleted by a person."""
    return gone <= MOST_DELETED and gone <= known * DELETED_SHARE


def _iso(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
