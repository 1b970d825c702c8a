"""A long life in everyday trouble: memory, files, threads and tasks stay flat (issue 6).

`SOAK_SECONDS` changes the length. Samples go to `samples.csv` in the test's folder.
"""

import os
import random
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import pytest

from tests.faults.laptop import laptop
from tests.faults.schedule import FAULTS, Event
from tests.faults.toxic import Toxics
from tests.faults.trial import EMAIL, trial
from tests.rig.processes import wait_until
from tray_app.demo.faults import QuotaExceeded, WrongChecksum

SMOKE, LONG = 180, float(os.environ.get("SOAK_SECONDS", "7200"))
EVERY = 5.0  # seconds between two samples
MOST_FILES = 400
# What the line through the second half may rise over that half. The library grows meanwhile, and
# a run that is under way has its files, threads and tasks.
GROWTH = {"mib": 12.0, "files": 6.0, "threads": 4.0, "tasks": 6.0}
KINDS = {
    "add": 6,
    "edit": 2,
    "rename": 1,
    "delete": 3,
    "touch": 1,
    "trash": 2,
    "album": 2,
    "fault": 2,
    "sync now": 1,
    "back up now": 1,
    "event": 3,
    "sockets": 1,
    "network": 2,
    "metered": 1,
    "sleep": 1,
}
EVENTS = ("on_asset_delete", "on_asset_update", "on_config_update", "on_new_release", "who knows")


@dataclass(frozen=True)
class Sample:
    seconds: float
    mib: float
    files: int
    threads: int
    tasks: int


def sample(pid: int, counted: Path, begun: float) -> Sample:
    proc = Path(f"/proc/{pid}")
    told = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
    return Sample(
        round(time.monotonic() - begun, 1),
        int(told["VmRSS"].split()[0]) / 1024,
        len(list((proc / "fd").iterdir())),
        int(told["Threads"]),
        int(counted.read_text()),
    )


def rise(samples: Sequence[Sample], name: str) -> float:
    """Return by how much the straight line through the second half rises over it."""
    half = samples[len(samples) // 2 :]
    times, values = [one.seconds for one in half], [getattr(one, name) for one in half]
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((t - middle) ** 2 for t in times)
    slope = sum((t - middle) * (v - mean) for t, v in zip(times, values, strict=True)) / spread
    return slope * (times[-1] - times[0])


class Days:
    """What goes on around the program."""

    def __init__(self, it, computer, dice):
        self.it, self.computer, self.dice = it, computer, dice
        self.steps = 0

    def step(self):
        self.steps += 1
        kind = self.dice.choices(list(KINDS), list(KINDS.values()))[0]
        if own := getattr(self, kind.replace(" ", "_"), None):
            own()
        elif kind == "fault":
            kinds = [one for one in FAULTS if not isinstance(one, (QuotaExceeded, WrongChecksum))]
            self.it.happen(Event(0, kind, self.dice.choice(kinds)))
        else:
            self.it.happen(Event(0, kind, self.dice.randrange(1 << 30)))
        self.it.asked = [one for one in self.it.asked if one.poll() is None]
        files = self.it.files()
        for path in files[: max(len(files) - MOST_FILES, 0)]:
            path.unlink()

    def event(self):
        self.it.server.emit(self.dice.choice(EVENTS), {"id": "unknown"}, email=EMAIL)

    def sockets(self):
        self.it.server.drop_sockets()

    def network(self):
        self.it.proxy.set(Toxics(closed=True))
        time.sleep(self.dice.random() * 3)
        self.it.proxy.set(Toxics())

    def metered(self):
        self.computer.metered(on=True)
        time.sleep(self.dice.random() * 3)
        self.computer.metered(on=False)

    def sleep(self):
        """Lie still as a suspended computer does, in the middle of whatever it was."""
        self.computer.sleep(begins=True)
        time.sleep(0.5)
        self.it.app.send_signal(signal.SIGSTOP)
        time.sleep(2 + self.dice.random() * 3)
        self.it.app.send_signal(signal.SIGCONT)
        self.computer.sleep(begins=False)


def live(days: Days, counted: Path, seconds: float, page: Path) -> list[Sample]:
    begun, samples = time.monotonic(), []
    with page.open("w") as out:
        while (passed := time.monotonic() - begun) < seconds:
            days.step()
            assert days.it.app.poll() is None, f"the program ended: {days.it.said()[-3000:]}"
            if not samples or passed - samples[-1].seconds >= EVERY:
                samples.append(sample(days.it.app.pid, counted, begun))
                print(*astuple(samples[-1]), sep=",", file=out, flush=True)
            time.sleep(days.dice.random() * 2 * EVERY)
    return samples


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
@pytest.mark.parametrize("seconds", [SMOKE, LONG])
def test_a_long_life_is_flat(tmp_path, seconds, record):
    counted = tmp_path / "counted"
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as short,
        laptop(Path(short) / "bus") as computer,
        trial(
            tmp_path / "t",
            "soak",
            program="tests.faults.counted",
            env={"COUNTED": str(counted), "DBUS_SYSTEM_BUS_ADDRESS": computer.address},
        ) as it,
    ):
        wait_until("running program", it.running, 60)
        days = Days(it, computer, random.Random(6))
        samples = live(days, counted, seconds, tmp_path / "samples.csv")
        rises = {name: rise(samples, name) for name in GROWTH}
        last = samples[-1]
        record(hours=seconds / 3600, steps=days.steps, samples=len(samples), end_mib=last.mib)
        record(end_files=last.files, end_threads=last.threads, end_tasks=last.tasks)
        record(**{f"rise_{name}": round(value, 3) for name, value in rises.items()})
        before = it.looks()
        it.calm()
        if seconds > SMOKE:  # a short life still warms up
            assert all(rises[name] <= most for name, most in GROWTH.items()), rises
        it.verdict(before)
