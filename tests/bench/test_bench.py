"""The measuring itself: every row runs at a tiny scale, and a missed budget is told (issue 7)."""

import json
from importlib import import_module

import pytest

from tests.bench import __main__ as program
from tests.bench.budget import Finding, RowResult, exit_status, exponent, misses
from tests.bench.measure import Room, interleaved
from tests.bench.report import as_json, as_markdown

SLOW = Finding(what="scan", ours=3.0, unit="s", against="stat", limit=1.0, budget=2.0)
QUICK = Finding(what="scan", ours=1.5, unit="s", against="stat", limit=1.0, budget=2.0)
RATE = Finding(what="rows", ours=9.0, unit="rows/s", budget=10, at_least=True)


def row(*findings, error=""):
    return RowResult("scan", "Scan", findings, error=error)


def test_a_missed_budget_is_named_and_fails_only_when_strict():
    results = [row(SLOW, QUICK, RATE)]
    assert misses(results) == [
        "scan: scan: 3 (budget <= 2 x)",
        "scan: rows: 9 (budget >= 10 rows/s)",
    ]
    assert exit_status(results, strict=False) == 0
    assert exit_status(results, strict=True) == 1
    assert exit_status([row(QUICK)], strict=True) == 0


def test_a_measurement_that_broke_fails_in_any_case():
    assert exit_status([row(QUICK, error="OSError: full")], strict=False) == 1


def test_no_number_is_no_met_budget():
    assert not Finding(what="x", ours=float("nan"), unit="s", budget=1).met
    assert not Finding(what="x", ours=1, unit="s", limit=0, budget=1).met


@pytest.mark.parametrize("power", [0, 1, 2])
def test_growth_is_the_exponent(power):
    sizes = [10, 100, 1000]
    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_rounds_take_turns():
    order = []
    works = {name: lambda name=name: order.append(name) for name in "ab"}
    interleaved(works, 2)
    assert order == ["a", "b", "a", "b"]


def test_table_and_json_say_the_same():
    results = [row(SLOW, QUICK)]
    page, data = as_markdown(results, 0.1), json.loads(as_json(results, 0.1))
    assert page.count("**missed**") == 1
    assert page.count("| met |") == 1
    assert [one["met"] for one in data["rows"][0]["findings"]] == [False, True]
    assert [one["ratio"] for one in data["rows"][0]["findings"]] == [3.0, 1.5]


def test_every_row_has_a_title_and_measures():
    for name in program.ROWS:
        module = import_module(f"tests.bench.rows.{name}")
        assert module.TITLE
        assert callable(module.measure)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", ["scan", "hashing"])
def test_a_row_measures_at_a_tiny_scale(name, tmp_path):
    room = Room(tmp_path, scale=0.002)
    module = import_module(f"tests.bench.rows.{name}")
    found = list(module.measure(room))
    assert all(one.judged == one.judged for one in found)
    assert any(one.budget is not None for one in found)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", program.ROWS)
def test_the_whole_row_runs(name):
    result = program.measured(name, 0.002)
    assert result.error == ""
    assert result.findings
