"""The tray program with a large library: start, memory, idle, power, opening its window."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

from tests.bench.budget import Finding
from tests.bench.desk import BARE, Known, known_library, rests, seconds_to_icon, tray
from tests.bench.kernel import Used, command, memory_mib, reading, since
from tests.bench.measure import Room, interleaved, median
from tests.bench.ours import PYTHON
from tests.bench.powered import powered
from tests.rig.desktop import Desktop, running_desktop
from tests.rig.processes import wait_until
from tray_app.core.system_job import AT_LOGIN

TITLE = "The tray program: start, memory, idle, power"
ASSETS, FEW = 500_000, 10_000
OURS = (*PYTHON, *AT_LOGIN)
SOCKET = 75.0  # on battery the socket to the server closes a minute after the window is hidden
LONGEST = 60.0


def measure(room: Room) -> Iterator[Finding]:
    with ExitStack() as stack:
        desktop = stack.enter_context(running_desktop(room.folder / "desk"))
        many, few = room.sized(ASSETS, 300), room.sized(FEW, 100)
        large = stack.enter_context(known_library(desktop, room.folder / "many", many))
        small = stack.enter_context(known_library(desktop, room.folder / "few", few))
        yield from _start(room, desktop, large, many)
        yield from _idle(room, desktop, {many: large, few: small})
        yield from _window(room, desktop, {many: large, few: small})


def _start(room: Room, desktop: Desktop, large: Known, many: int) -> Iterator[Finding]:
    rounds = room.rounds()
    status = [command([*PYTHON, "status"], large.env).wall for _ in range(rounds)]
    yield Finding(what="`immich-tray status`", ours=median(status), unit="s", budget=0.15)
    works = {
        "ours": lambda: seconds_to_icon(desktop, OURS, large.env),
        "bare": lambda: seconds_to_icon(desktop, BARE, large.env),
    }
    found = interleaved(works, rounds)
    ours, bare = median(found["ours"]), median(found["bare"])
    what = f"tray icon after start, {many:,} assets known"
    yield Finding(
        what=what, ours=ours, unit="s", against="`QtWidgets` + icon", limit=bare, budget=2.0
    )
    yield Finding(what=what, ours=ours, unit="s", budget=1.0)


def _idle(room: Room, desktop: Desktop, known: dict[int, Known]) -> Iterator[Finding]:
    """All trays idle side by side: they are idle."""
    seconds = max(5.0, min(LONGEST, LONGEST * room.scale * 3))
    with ExitStack() as stack:
        bus = stack.enter_context(powered(room.folder))
        many, few = known
        pids = {"bare": stack.enter_context(tray(BARE, known[many].env)).pid}
        for name, size, power in (
            (f"{many:,} assets, on AC", many, bus.on_ac),
            (f"{few:,} assets, on battery", few, bus.on_battery),
        ):
            env = {**known[size].env, "DBUS_SYSTEM_BUS_ADDRESS": power}
            pids[name] = stack.enter_context(tray(OURS, env)).pid
        for pid in pids.values():
            wait_until("rest after the start", partial(rests, pid), 300)
        if not room.hasty:
            time.sleep(SOCKET)
        before = {name: reading(pid) for name, pid in pids.items()}
        time.sleep(seconds)
        used = {name: since(before[name], pid) for name, pid in pids.items()}
        memory = {name: memory_mib(pid) for name, pid in pids.items()}
    bare = used.pop("bare")
    yield from _memory(memory, many)
    for name, one in used.items():
        yield from _rest(name, one)
    yield Finding(what="bare tray, wake-ups a minute", ours=60 * bare.wakes / bare.wall, unit="")


def _memory(memory: dict[str, dict[str, float]], many: int) -> Iterator[Finding]:
    name = next(it for it in memory if it.startswith(f"{many:,}"))
    for kind in ("pss", "anonymous"):
        ours, bare = memory[name][kind], memory["bare"][kind]
        yield Finding(
            what=f"memory above a bare tray, {kind}, {many:,} assets",
            ours=ours - bare,
            unit="MiB",
            budget=90 if kind == "pss" else None,
            note=f"{ours:.0f} and {bare:.0f} MiB",
        )


def _rest(name: str, used: Used) -> Iterator[Finding]:
    share = 100 * used.cpu / used.wall
    yield Finding(what=f"idle CPU, {name}, {used.wall:.0f} s", ours=share, unit="%", budget=0.3)
    yield Finding(what=f"CPU an hour, {name}", ours=3600 * used.cpu / used.wall, unit="s")
    yield Finding(what=f"wake-ups a minute, {name}", ours=60 * used.wakes / used.wall, unit="")


def _window(room: Room, desktop: Desktop, known: dict[int, Known]) -> Iterator[Finding]:
    took = {size: _opened(room, desktop, one) for size, one in known.items()}
    many, few = took
    yield Finding(
        what=f"opening the window, {many:,} beside {few:,} assets",
        ours=took[many],
        unit="s",
        against=f"{few:,} assets",
        limit=took[few],
        budget=1.3,
        note="flat",
    )


def _opened(room: Room, desktop: Desktop, one: Known) -> float:
    def shown() -> Any:
        return "Immich Tray" in desktop.screen.window_titles()

    times = []
    for _ in range(room.rounds(3)):
        with tray(OURS, one.env):
            wait_until("tray icon", desktop.screen.find_tray_icon)
            time.sleep(2)
            begin = time.perf_counter()
            command([*PYTHON, "show"], one.env)
            wait_until("window", shown)
            times.append(time.perf_counter() - begin)
        wait_until("empty tray", lambda: desktop.screen.find_tray_icon() is None)
    return median(times)
