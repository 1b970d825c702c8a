"""What the kernel says a process used."""

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of the clock and of the processors, and how often a process was woken."""

    wall: float
    cpu: float
    wakes: int = 0


def cpu_seconds(pid: int) -> float:
    """User and system time of a living process, all its threads; ticks of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def fine_cpu_seconds(pid: int) -> float:
    """The same in nanoseconds, from the scheduler; threads that ended are not in it."""
    times = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(path.read_text().split()[0]) for path in times) / 1e9


def wakes(pid: int) -> int:
    """How often its threads went to sleep by themselves, and so were woken."""
    total = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        for line in status.read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches:"):
                total += int(line.split()[1])
    return total


def reading(pid: int) -> Used:
    """Everything now; subtract two."""
    return Used(time.monotonic(), fine_cpu_seconds(pid), wakes(pid))


def since(before: Used, pid: int) -> Used:
    """What was used since `before`."""
    now = reading(pid)
    return Used(now.wall - before.wall, now.cpu - before.cpu, now.wakes - before.wakes)


def memory_mib(pid: int) -> dict[str, float]:
    """PSS (shared pages divided among those who share them) and anonymous memory."""
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, amount = line.split()[:2]
        found[name.rstrip(":")] = int(amount) / 1024
    return {"pss": found["Pss"], "anonymous": found["Anonymous"]}


def command(words: Sequence[object], env: Mapping[str, str], seconds: float = 600) -> Used:
    """Run a program to its end; its whole cost, start and all. Raises where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    done = subprocess.run(
        [str(word) for word in words],
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    wall = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{words[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return Used(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
