"""Sizes, rounds and medians of a run."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Room:
    """Where a row works and how large; `missing` collects what cannot be measured here."""

    folder: Path
    scale: float = 1.0
    missing: list[str] = field(default_factory=list)

    def sized(self, full: int, least: int = 1) -> int:
        """Return the size of a tree, library or stream at this scale."""
        return max(least, round(full * self.scale))

    @property
    def hasty(self) -> bool:
        """Whether this is a quick look: what takes minutes whatever the size is left out."""
        return self.scale < 0.5

    def rounds(self, most: int = 5) -> int:
        """Return how often to measure: an odd number, less for what takes long."""
        return 1 if self.scale < 0.1 else min(most, 3) if self.hasty else most


def interleaved(works: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Do each in turn, `rounds` times, so that what disturbs one disturbs the others too."""
    found: dict[str, list[T]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(work())
    return found


def median(values: list[float]) -> float:
    """The middle one."""
    return statistics.median(values)
