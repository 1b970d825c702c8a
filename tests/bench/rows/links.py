"""Bad lines: slow ones by the kernel's shaper, long and disturbed ones by a proxy of the tests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.budget import Finding
from tests.bench.measure import Room
from tests.bench.ours import environment
from tests.bench.peer import ROOT
from tests.faults.toxic import ToxicProxy, Toxics
from tests.scale.rig import Bench, bench, small_files

TITLE = "Bad lines"
RATES = {1: (12, 100_000), 10: (60, 200_000), 100: (60, 1_000_000)}  # Mbit/s: files, bytes
LEVELS = (1, 4, 8)
BROKEN = {
    "50 ms": Toxics(latency=0.025),
    "200 ms": Toxics(latency=0.1),
    "50 ms, jitter of 50 ms": Toxics(latency=0.025, jitter=0.05),
    "stalls of 0.3 s (1 % of the pieces)": Toxics(latency=0.025, loss=0.01),
    "resets after 2 MB": Toxics(latency=0.025, reset=2_000_000),
}


def measure(room: Room) -> Iterator[Finding]:
    yield from _slow(room)
    yield from _far(room)


def _slow(room: Room) -> Iterator[Finding]:
    tools = [name for name in ("unshare", "tc", "ip") if not shutil.which(name)]
    if os.geteuid() != 0 or tools:
        room.missing.append("slow lines: they take root, `unshare`, `ip` and `tc` (iproute2)")
        return
    for mbit, (files, size) in RATES.items():
        if room.hasty and mbit == 1:
            room.missing.append("1 Mbit/s: takes minutes, so only at SCALE=0.5 and above")
            continue
        folder = room.folder / f"line-{mbit}"
        folder.mkdir()
        words = ["unshare", "--net", sys.executable, "-m", "tests.bench.programs.on_a_line"]
        words += [str(mbit), str(folder), str(room.sized(files, 4)), str(size)]
        env = environment(folder)
        done = subprocess.run(
            words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
        )
        if done.returncode:
            room.missing.append(f"a line of {mbit} Mbit/s: {done.stderr.strip()[-200:]}")
            continue
        yield from _on_line(f"{mbit} Mbit/s", json.loads(done.stdout.splitlines()[-1]))


def _on_line(name: str, found: dict[str, Any]) -> Iterator[Finding]:
    fixed = {level: rate for level, rate in found["levels"].items() if level != "0"}
    best = max(fixed, key=lambda level: fixed[level])
    yield _beside_best(name, found["levels"]["0"], fixed[best], f"{best} at once")
    yield Finding(
        what=f"{name}: distance from a cap of half the line",
        ours=100 * abs(found["capped"] / found["cap"] - 1),
        unit="%",
        budget=5,
        note=f"{found['capped'] / 1024:.0f} of {found['cap'] / 1024:.0f} KiB/s",
    )
    yield Finding(
        what=f"{name}: a page beside it, cap at half the line",
        ours=1000 * found["page_beside"],
        unit="ms",
        against="the page alone",
        limit=1000 * found["page_alone"],
        budget=1.2,
    )


def _beside_best(name: str, ours: float, best: float, which: str) -> Finding:
    return Finding(
        what=f"{name}: `auto`",
        ours=ours,
        unit="files/s",
        against=f"best fixed: {which}",
        limit=best,
        budget=0.9,
        at_least=True,
    )


def _far(room: Room) -> Iterator[Finding]:
    photos = small_files(room.folder / "photos", room.sized(400, 10), 50_000)
    with bench(room.folder) as server:
        for name, toxics in list(BROKEN.items())[:: 2 if room.hasty else 1]:
            proxy = ToxicProxy(server.server.url, name)
            thread = proxy.start()
            try:
                proxy.set(toxics)
                rates = {level: _rate(server, photos, proxy.url, level) for level in (*LEVELS, 0)}
            finally:
                proxy.stop(thread)
            auto = rates.pop(0)
            best = max(rates, key=lambda level: rates[level])
            yield _beside_best(name, auto, rates[best], f"{best} at once")


def _rate(server: Bench, photos: Any, address: str, level: int) -> float:
    server.new_user()
    flags = ["--concurrency", level] if level else []
    found = server.client(photos, server.home(), *flags, address=address, seconds=300)
    if found["failed_count"] or found["outcome"] != "done":
        raise RuntimeError(str(found))
    return found["completed_count"] / found["wall"]
