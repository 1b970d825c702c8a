"""What changed in the timeline, bounded: which months and which assets, or simply everything."""

from dataclasses import dataclass

from tray_app.core.timeline import Month

MOST = 500  # beyond that a full look costs about the same and needs no memory


@dataclass(frozen=True, slots=True)
class Touched:
    """Months whose items, counts or states may differ now; None stands for all of them.

    `assets`: ids of the server's assets among them, as far as they are known by name. More than
    changed may be named, never less.
    """

    months: frozenset[Month] | None = frozenset()
    assets: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.months is None or bool(self.months)


NOTHING = Touched()
EVERYTHING = Touched(None)


def joined(one: Touched, other: Touched) -> Touched:
    """Join two; too many become everything."""
    if one.months is None or other.months is None:
        return EVERYTHING
    months, assets = one.months | other.months, one.assets | other.assets
    return EVERYTHING if max(len(months), len(assets)) > MOST else Touched(months, assets)
