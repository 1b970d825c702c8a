"""The table and the JSON file of a bench run."""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.budget import Finding, RowResult

HEAD = "| What | Ours | Held against | Limit | Ratio | Budget | |"
RULE = "| --- | ---: | --- | ---: | ---: | --- | --- |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _line(one: Finding) -> str:
    limit = "" if one.limit is None else f"{_number(one.limit)} {one.unit}"
    ratio = "" if one.limit is None else f"{one.judged:.2f}"
    verdict = "" if one.budget is None else "met" if one.met else "**missed**"
    cells = (
        f"{one.what}{f' ({one.note})' if one.note else ''}",
        f"{_number(one.ours)} {one.unit}",
        one.against,
        limit,
        ratio,
        one.allowed,
        verdict,
    )
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """Say on what this ran, without naming it."""
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
        f" {platform.machine()}"
    )


def as_markdown(results: Sequence[RowResult], scale: float) -> str:
    """Write the page of docs/bench.md."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return "\n".join([*_head(today, scale), *_rows(results), ""])


def _head(today: str, scale: float) -> list[str]:
    load = os.getloadavg()[0]
    busy = load > 1.5 * (os.cpu_count() or 1)
    upper = " The computer was busy with other work: times are upper bounds." if busy else ""
    return [
        "# Measured beside its limits",
        "",
        "Written by `make bench`; every run replaces it. Each limit was measured in the same run,",
        "in turns with ours; the values are medians. Budgets: those of the design and issue 7.",
        "",
        f"{today}, {machine()}; sizes x {scale:g}; load at the end {load:.1f}.{upper}",
    ]


def _rows(results: Sequence[RowResult]) -> Iterator[str]:
    for row in results:
        yield from ("", f"## {row.title}", "")
        if row.findings:
            yield from (HEAD, RULE, *map(_line, row.findings))
        yield from (f"- Not measured: {one}" for one in row.missing)
        if row.error:
            yield f"- The measurement failed: {row.error}"


def as_json(results: Sequence[RowResult], scale: float) -> str:
    """Write docs/bench.json: the same, for programs."""
    rows: list[dict[str, Any]] = [
        {
            "row": row.name,
            "seconds": round(row.seconds, 1),
            "missing": row.missing,
            "error": row.error,
            "findings": [one.as_json() for one in row.findings],
        }
        for row in results
    ]
    return json.dumps({"machine": machine(), "scale": scale, "rows": rows}, indent=1) + "\n"
