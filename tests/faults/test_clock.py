"""The real program while the wall clock jumps by years, by libfaketime (issue 6)."""

from pathlib import Path

import pytest

from tests.faults.trial import trial
from tests.rig.processes import wait_until

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


@pytest.mark.long
@pytest.mark.skipif(LIBRARY is None, reason="Debian's package faketime is not installed")
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "jumps",
    [
        ("-3650d", "+0"),
        ("+3650d", "-3650d", "+0"),
        ("-1h", "+1h", "+400d", "+0"),
    ],
    ids=" ".join,
)
def test_the_wall_clock_jumps_while_it_runs(tmp_path, jumps):
    """What comes after a jump is backed up as what came before, and the program comes to rest."""
    told = tmp_path / "clock"
    told.write_text("+0\n")
    fake = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_CACHE_DURATION": "1",  # seconds between two looks at the file
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with trial(tmp_path / "t", "clock", files=20, env=fake) as it:
        wait_until("running program", it.running, 60)
        for number, jump in enumerate(jumps):
            told.write_text(f"{jump}\n")
            it.on_add(number * 9 + 3)
            wait_until(f"files after {jump}", lambda: len(it.stored()[0]) == len(it.files()), 180)
        assert it.end() == 0
        it.more_env = {}
        it.start()
        before = it.looks()
        it.calm()
        it.verdict(before)
