"""What changed in the timeline, bounded: which months and which assets, or simply everything."""

from dataclasses import dataclass

from tray_app.core.timeline import Month

MOST = 500  # beyond that a full look costs about the same and needs no memory


@dataclass(frozen=True, slots=True)
class Touched:
    """Months whose items, counts or states may differ now; None stands for all of them.

    `assets`: ids of the server's assets that came, changed or went. `contents`: checksums of
    files of this computer that did, or of which something was learned; their months are for
    `Timeline.months_of` to say. More than changed may be named, never less.
    """

    months: frozenset[Month] | None = frozenset()
    assets: frozenset[str] = frozenset()
    contents: frozenset[bytes] = frozenset()

    def __bool__(self) -> bool:
        return self.months is None or bool(self.months or self.contents)


NOTHING = Touched()
EVERYTHING = Touched(None)


def joined(one: Touched, other: Touched) -> Touched:
    """Join two; too many become everything."""
    if one.months is None or other.months is None:
        return EVERYTHING
    months = one.months | other.months
    assets, contents = one.assets | other.assets, one.contents | other.contents
    many = max(len(months), len(assets), len(contents)) > MOST
    return EVERYTHING if many else Touched(months, assets, contents)
