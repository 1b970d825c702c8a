"""One new photo in a watched folder of 100,000: how soon it is on the server, at what cost."""

import time
from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench.budget import Finding
from tests.bench.desk import rests, sign_in, tray
from tests.bench.kernel import command, reading, since
from tests.bench.measure import Room, median
from tests.bench.ours import PYTHON, environment, write_settings
from tests.rig.desktop import Desktop, running_desktop
from tests.rig.processes import wait_until
from tests.scale.rig import Bench, bench, small_files
from tray_app.core.system_job import AT_LOGIN

TITLE = "One new photo in a watched folder"
FILES = (10_000, 100_000)
CONTENTS = 500  # distinct ones: filling the folder is not what is measured


def measure(room: Room) -> Iterator[Finding]:
    with ExitStack() as stack:
        desktop = stack.enter_context(running_desktop(room.folder / "desk"))
        server = stack.enter_context(bench(room.folder))
        found = {}
        for size in (room.sized(full, 100) for full in FILES):
            found[size] = _watched(room, desktop, server, size)
    few, many = found
    took, sent, cpu = found[many]
    what = f"one new photo among {many:,}"
    yield Finding(what=f"{what}, on the server after", ours=took, unit="s", budget=1.0)
    yield Finding(what=f"{what}, client CPU until then", ours=1000 * sent, unit="ms", budget=50)
    yield Finding(
        what=f"{what}, with confirmation and syncs, client CPU", ours=1000 * cpu, unit="ms"
    )
    yield Finding(
        what=f"client CPU, {many:,} beside {few:,} files",
        ours=1000 * cpu,
        unit="ms",
        against=f"{few:,} files",
        limit=1000 * found[few][2],
        budget=1.3,
        note="flat",
    )


def _watched(room: Room, desktop: Desktop, server: Bench, size: int) -> tuple[float, float, float]:
    """Return seconds until a photo is there, CPU seconds until then, and in all: medians."""
    server.new_user()
    email = f"user-{server._users}@example.org"
    photos, home = (
        small_files(room.folder / f"p-{size}", size, 2000, contents=CONTENTS),
        server.home(),
    )
    lines = ("backgroundBackup = true", "backupTriggerDelay = 0")
    write_settings(home, *lines, "[[folders]]", f'path = "{photos}"')
    env = environment(home) | desktop.env
    sign_in(env, server.server.url, email)
    command([*PYTHON, "backup", "--once", "--json"], env, 1200)
    times, sent, costs = [], [], []
    with tray((*PYTHON, *AT_LOGIN), env) as program:
        wait_until("first run", lambda: rests(program.pid), 600)
        for number in range(room.rounds()):
            new = photos / f"new-{number}.jpg"
            before = reading(program.pid)
            new.write_bytes(b"\xff\xd8" + number.to_bytes(4, "big") * 5000)
            times.append(_seconds_until_there(server, email, new.name))
            sent.append(since(before, program.pid).cpu)
            wait_until("rest", lambda: rests(program.pid), 60)
            costs.append(since(before, program.pid).cpu)
    return median(times), median(sent), median(costs)


def _seconds_until_there(server: Bench, email: str, name: str) -> float:
    begin = time.perf_counter()

    def there() -> bool:
        user = server.server.user(email).id
        sql = "SELECT count(*) FROM asset WHERE owner_id = ? AND file_name = ?"
        return bool(server.server.state.db.rows(sql, (user, name))[0][0])

    wait_until("photo on the server", there, 60)
    return time.perf_counter() - begin
