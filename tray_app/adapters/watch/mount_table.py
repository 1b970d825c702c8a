"""The kernel's table of mounts, and word of each change of it, without looking again and again."""

import asyncio
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tray_app.core.mounts import Mount, parse

_TABLE = Path("/proc/self/mountinfo")


def read_mounts() -> tuple[Mount, ...]:
    """Return what is mounted now; nothing where there is no such table."""
    try:
        return parse(_TABLE.read_bytes())
    except OSError:
        return ()


@contextmanager
def hearing_of_mounts(changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed` on the loop's thread after every mount and unmount until the block ends.

    Never on a system without such a table.
    """
    try:
        changes = _Changes(changed)
    except (OSError, AttributeError):  # no /proc, no epoll
        yield
        return
    try:
        yield
    finally:
        changes.close()


class _Changes:
    """Waits through an epoll of its own.

    The table is always readable and says "changed" as an urgent event (proc(5), mountinfo),
    which loops do not wait for.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._file = _TABLE.open("rb")
        self._epoll = select.epoll()
        self._epoll.register(self._file, select.EPOLLPRI | select.EPOLLERR)
        self._loop.add_reader(self._epoll.fileno(), self._news)

    def _news(self) -> None:
        self._epoll.poll(0)  # takes the event
        self._changed()

    def close(self) -> None:
        """Hear no more."""
        self._loop.remove_reader(self._epoll.fileno())
        self._epoll.close()
        self._file.close()
