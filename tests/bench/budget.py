"""What was measured beside its limit, and whether that is within its budget: pure."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the table.

    `limit` is what `ours` is divided by, measured in the same run; None: `ours` itself is judged.
    `budget` is the most that may be (with `at_least` the least); None: written down only.
    """

    what: str
    ours: float
    unit: str
    against: str = "-"
    limit: float | None = None
    budget: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def judged(self) -> float:
        """The ratio, or the value where there is nothing to hold it against."""
        if self.limit is None:
            return self.ours
        return self.ours / self.limit if self.limit else math.inf

    @property
    def met(self) -> bool:
        """Whether the budget holds; a value that is no number never does."""
        if self.budget is None:
            return True
        return self.judged >= self.budget if self.at_least else self.judged <= self.budget

    @property
    def allowed(self) -> str:
        """The budget in words."""
        if self.budget is None:
            return "written down"
        unit = "x" if self.limit is not None else self.unit
        return f"{'>=' if self.at_least else '<='} {self.budget:g} {unit}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """Return all fields, the ratio and the judgement."""
        ratio = None if self.limit is None else self.judged
        return asdict(self) | {"ratio": ratio, "met": self.met}


@dataclass(frozen=True, slots=True)
class RowResult:
    """What a row found; `missing`: what it could not measure here; `error`: it broke."""

    name: str
    title: str
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0


def misses(results: Sequence[RowResult]) -> list[str]:
    """Name what is over its budget."""
    return [
        f"{row.name}: {one.what}: {one.judged:.3g} (budget {one.allowed})"
        for row in results
        for one in row.findings
        if not one.met
    ]


def exit_status(results: Sequence[RowResult], *, strict: bool) -> int:
    """Return 1 when a measurement failed, or in strict mode a budget is missed."""
    failed = any(row.error for row in results)
    return int(failed or (strict and bool(misses(results))))


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Fit cost = a * size ** b by least squares over the logarithms; return b."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(c, 1e-9)) for c in costs]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    across = sum((x - mean_x) ** 2 for x in xs)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / across
