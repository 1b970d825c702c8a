"""Run as root of a user namespace: watches a tree for which the kernel has no room at first."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.contract.test_watcher import watching

LIMITS = Path("/proc/sys/user")
FOLDERS = 10


def allow(watches: int, instances: int = 128) -> None:
    (LIMITS / "max_inotify_watches").write_text(str(watches))
    (LIMITS / "max_inotify_instances").write_text(str(instances))


def watches() -> int:
    """Count what this process watches, as the kernel has it."""
    tables = [info.read_text() for info in Path("/proc/self/fdinfo").iterdir() if info.exists()]
    return sum(table.count("inotify wd:") for table in tables)


async def short_of(root: Path, remedy: str) -> None:
    async with watching(root) as heard:
        assert remedy in heard.problems[0].remedy, heard.problems
        assert watches() == 0
        last = root / f"{FOLDERS - 1}"
        (last / "found by looking.jpg").write_bytes(b"1")
        await heard.told(last)
        allow(100)
        await heard.until(lambda _all: heard.problems == ())
        assert watches() == FOLDERS + 1
        heard.all.clear()
        (last / "told.jpg").write_bytes(b"1")
        await heard.told(last)


async def grows_out_of_it(root: Path) -> None:
    """A folder that is new finds no room while the others are watched."""
    allow(FOLDERS + 1)
    async with watching(root) as heard:
        assert watches() == FOLDERS + 1
        (root / "one more").mkdir()
        (root / "one more" / "a.jpg").write_bytes(b"1")
        await heard.until(lambda _all: heard.problems != ())
        heard.all.clear()
        (root / "one more" / "b.jpg").write_bytes(b"1")
        await heard.told(root / "one more")


async def main(root: Path) -> None:
    for number in range(FOLDERS):
        (root / f"{number}").mkdir()
    allow(5)
    await short_of(root, "max_user_watches")
    allow(100, 0)
    await short_of(root, "max_user_instances")
    await grows_out_of_it(root)


asyncio.run(main(Path(sys.argv[1])))
