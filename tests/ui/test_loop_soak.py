"""The loop soak test: no leak and no abort on the pinned PySide6."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("loop_soak.py")


def soak(turns: int, signals: int, seconds: float) -> dict:
    done = subprocess.run(
        [sys.executable, PROGRAM, str(turns), str(signals)],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr}"
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("turns", "signals"),
    [
        (1_000_000, 100_000),
        pytest.param(10_000_000, 1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(600)]),
    ],
)
def test_the_loop_turns_for_long_without_leak_or_abort(turns, signals, record):
    began = time.monotonic()
    found = soak(turns, signals, seconds=550 if turns > 1_000_000 else 55)
    record(**{k: v for k, v in found.items() if k != "drift"}, seconds=time.monotonic() - began)
    record(**{f"refcount_drift_{name}": count for name, count in found["drift"].items()})
    assert (found["turns"], found["signals"]) == (turns, signals)
    # A leak or a theft of one reference for each signal would be as large as `signals`.
    assert all(abs(count) < signals / 100 for count in found["drift"].values())
    assert found["rss_growth_mib"] < 8
