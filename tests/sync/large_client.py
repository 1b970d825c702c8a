"""Syncs a large library and says what it cost: `python -m tests.sync.large_client URL DB`."""

import asyncio
import json
import sys
import time
from pathlib import Path

from tests.scale.meter import peak_mib
from tests.sync.rig import ME
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.server import SignIn
from tray_app.engine.sync_run import SyncRun


class Stalls:
    """Looks at the loop every millisecond; what is longer is a stall."""

    def __init__(self) -> None:
        self.all: list[float] = []

    async def watch(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self.all.append(now - last - 0.001)
            last = now

    def at(self, share: float) -> float:
        return sorted(self.all)[int((len(self.all) - 1) * share)] * 1000


async def main(url: str, path: str) -> None:
    database = Database(Path(path), "library", durable=True)
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    before = peak_mib()
    found = {}
    async with connected(SignIn(url, access_token="t")) as http:
        for name in ("first", "again", "third"):
            run = SyncRun(ImmichChanges(http), Library(database), SystemClock(), ME)
            cpu = time.process_time()
            result = await run.run()
            found[name] = {
                "seconds": result.seconds,
                "cpu": time.process_time() - cpu,
                "rows": result.applied.upserted,
                "assets": result.counts.assets,
                "stall_ms": stalls.at(1),
                "stall_p99_ms": stalls.at(0.99),
                "peak_mib": peak_mib(),
            }
            stalls.all.clear()
    watching.cancel()
    database.close()
    sys.stdout.write(json.dumps(found | {"before_mib": before}) + "\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
