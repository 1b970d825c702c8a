"""No busy waiting: a client that has nothing to do does nothing (issue 2)."""

import pytest

from tests.scale.rig import small_files
from tray_app.demo.faults import Maintenance, SlowAnswer

SECONDS = 3.0
MOST_CPU = 0.02  # of one core
MOST_WAKE_UPS = 10  # a second

FRESH, COOLING, SLOW = "files settle", "server in trouble", "answers are slow"


@pytest.mark.parametrize("reason", [FRESH, COOLING, SLOW])
def test_a_client_that_waits_uses_no_cpu(bench, room, reason, record):
    photos, flags = small_files(room / "photos", 300), ["--idle", SECONDS]
    if reason == FRESH:
        flags += ["--quiet", 60]
    elif reason == COOLING:
        # A queue of 300 that grew while the server was well, then nothing works.
        bench.server.faults.add(Maintenance(path="/api/assets"))
        bench.server.faults.add(Maintenance(path="/api/server/config", skip=1))
        flags += ["--until-pause"]
    else:
        bench.server.faults.add(SlowAnswer(seconds=30, path="/api/assets", method="POST", skip=2))
    found = bench.client(photos, bench.home(), *flags)
    share, rate = found["cpu"] / found["wall"], found["turns"] / found["wall"]
    record(cpu_percent=100 * share, wake_ups_a_second=rate)
    assert found["wall"] >= SECONDS
    assert share < MOST_CPU
    assert rate < MOST_WAKE_UPS
