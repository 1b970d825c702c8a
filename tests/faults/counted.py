"""The real tray program that also writes down, every second, how many asyncio tasks it has.

`COUNTED` names the file. Nothing else of the program is touched.
"""

import asyncio
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import qasync

from tray_app.__main__ import main


class _Loop(qasync.QEventLoop):
    """Qt's loop, which is counted as soon as it is there."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        threading.Thread(target=_count, args=(self,), name="counting", daemon=True).start()


def _count(loop: asyncio.AbstractEventLoop) -> None:
    to = Path(os.environ["COUNTED"])
    while not loop.is_closed():
        with suppress(RuntimeError):  # the set changed meanwhile
            part = to.with_name(f"{to.name}.part")
            part.write_text(str(len(asyncio.all_tasks(loop))))
            part.replace(to)
        time.sleep(1)


if __name__ == "__main__":
    qasync.QEventLoop = _Loop
    main()
