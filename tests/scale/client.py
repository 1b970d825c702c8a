"""A program: the real client backs one folder up, then prints what that cost as JSON.

client.py ADDRESS KEY HOME FOLDER [--concurrency N] [--limit KIB] [--idle SECONDS] [--profile FILE]
"""

import argparse
import asyncio
import cProfile
import logging
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.scale.meter import CountingSelector, Meter, run
from tray_app.adapters.locations import find_locations
from tray_app.app.workshop import Workshop, connection, run_options
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.snapshot import Phase, UploadState


class Progress:
    """What a run publishes, and the moment it first pauses."""

    def __init__(self) -> None:
        self.published = 0
        self.paused = asyncio.Event()

    def publish(self, _phase: Phase, _state: UploadState) -> None:
        self.published += 1

    def announce(self, reason: str, _until: datetime | None) -> None:
        if reason:
            self.paused.set()


async def _idle(wanted: argparse.Namespace, progress: Progress) -> dict[str, float]:
    """Measure some seconds that begin a moment after the first pause, or a second from now."""
    if wanted.until_pause:
        await progress.paused.wait()
    await asyncio.sleep(1)
    meter = Meter(SELECTOR)
    await asyncio.sleep(wanted.idle)
    return meter.read()


async def main(wanted: argparse.Namespace) -> dict[str, Any]:
    progress, settings = Progress(), Settings(upload_bandwidth_limit=wanted.limit)
    shop = Workshop.open(find_locations({"IMMICH_TRAY_HOME": wanted.home}))
    options = run_options(settings, concurrency=wanted.concurrency, quiet=wanted.quiet)
    sign_in = SignIn.with_key(f"{wanted.address}/api", wanted.key)
    try:
        async with connection(shop, sign_in, settings, progress.announce) as server:
            folders = [Folder(path=wanted.folder)]
            backup = server.backup(folders, settings, options, progress.publish, progress.announce)
            if wanted.idle:
                running = asyncio.create_task(backup.run())
                used = await _idle(wanted, progress)
                running.cancel()
                await asyncio.wait([running])
                return used
            meter = Meter(SELECTOR)
            result = await backup.run()
            return {
                **meter.read(),
                **asdict(result.upload),
                "outcome": result.outcome,
                "reason": result.reason,
                "checked": result.checked,
                "published": progress.published,
                "limit": getattr(backup, "limit", None),
            }
    finally:
        shop.close()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("address", "key", "home", "folder"):
        parser.add_argument(name)
    parser.add_argument("--concurrency", type=int)
    parser.add_argument("--limit", type=int, default=0, help="KiB a second, for all uploads")
    parser.add_argument("--quiet", type=float, default=0.0)
    parser.add_argument("--idle", type=float, default=0.0)
    parser.add_argument("--until-pause", action="store_true")
    parser.add_argument("--profile")
    return parser.parse_args()


SELECTOR = CountingSelector()

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    arguments = parsed()
    profile = cProfile.Profile() if arguments.profile else None
    if profile:
        profile.enable()
    run(main(arguments), SELECTOR)
    if profile:
        profile.disable()
        profile.dump_stats(arguments.profile)
