"""What a folder holds before anything of it is uploaded, and what its rules leave out."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

MOST_NAMED = 200


class By(StrEnum):
    """Whose rule leaves something out."""

    SHIPPED = "shipped"
    EVERYWHERE = "everywhere"
    FOLDER = "folder"


class LeftOut(msgspec.Struct, frozen=True):
    """A file or folder (`/` at its end) that a person's rule matches; relative to the folder."""

    path: str
    by: By


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What was found so far; `size` in bytes, `left_out` the first `MOST_NAMED`.

    `counts`: how much each kind of rule leaves out. `done`: all was looked at. `error`: why not.
    """

    photos: int = 0
    size: int = 0
    left_out: tuple[LeftOut, ...] = ()
    counts: tuple[tuple[By, int], ...] = ()
    done: bool = False
    error: str = ""

    def count(self, by: By) -> int:
        """How much this kind of rule leaves out."""
        return dict(self.counts).get(by, 0)


def below(found: Inspection, name: str) -> Inspection:
    """Name what is left out from the folder above on, for where several folders are told of."""
    left_out = tuple(LeftOut(f"{name}/{one.path}", one.by) for one in found.left_out)
    return msgspec.structs.replace(found, left_out=left_out)


def together(parts: Iterable[Inspection]) -> Inspection:
    """Add inspections of several folders."""
    parts = list(parts)
    return Inspection(
        photos=sum(part.photos for part in parts),
        size=sum(part.size for part in parts),
        left_out=tuple(one for part in parts for one in part.left_out)[:MOST_NAMED],
        counts=tuple((by, sum(part.count(by) for part in parts)) for by in By),
        done=all(part.done for part in parts),
        error=" ".join(part.error for part in parts if part.error),
    )
