"""A pytest plugin: tests `record` named numbers, `--results FILE` writes them as a page."""

import datetime as dt
import os
import platform
from pathlib import Path
from typing import Any

import pytest

MEASURED = "measured"


@pytest.fixture
def record(record_property):
    """Call as record(files=1000, peak_mib=81.5): shown after the run, kept in the results page."""

    def keep(**numbers: Any) -> None:
        for name, value in numbers.items():
            record_property(MEASURED, f"{name}={_short(value)}")

    return keep


def _short(value: Any) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1000 else f"{value:,}"


def pytest_addoption(parser):
    parser.addoption("--results", type=Path, help="write a page of outcomes and measurements")


def _numbers(report) -> str:
    return ", ".join(text for name, text in report.user_properties if name == MEASURED)


def _finished(terminalreporter):
    """One report for each test: its call, or the set-up that failed or skipped before it."""
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            if isinstance(report, pytest.TestReport) and (
                report.when == "call"
                or (report.when == "setup" and outcome in ("error", "skipped"))
            ):
                yield outcome, report


def pytest_terminal_summary(terminalreporter, config):
    lines = [f"{r.nodeid}: {_numbers(r)}" for _, r in _finished(terminalreporter) if _numbers(r)]
    if lines:
        terminalreporter.section("measurements")
        terminalreporter.write("".join(f"{line}\n" for line in sorted(lines)))
    if page := config.getoption("--results"):
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(list(_finished(terminalreporter))))


def _page(finished) -> str:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    head = [
        "# Results of the large tests",
        "",
        "Written by `make test-long`; every run replaces it.",
        "",
        (
            f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            f"{platform.system()} {platform.machine()}; {len(finished)} tests, "
            f"{sum(outcome != 'passed' for outcome, _ in finished)} not passed."
        ),
        "",
        "| Test | Outcome | Seconds | Measured |",
        "| --- | --- | ---: | --- |",
    ]
    rows = [
        f"| `{report.nodeid}` | {outcome} | {report.duration:.1f} | {_numbers(report)} |"
        for outcome, report in sorted(finished, key=lambda pair: pair[1].nodeid)
    ]
    return "\n".join([*head, *rows, ""])
