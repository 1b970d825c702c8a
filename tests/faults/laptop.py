"""A laptop's sleep and networks, as its system bus tells them, for a program in another process."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbus_fast import Variant

from tests.rig.system_bus import MANAGER, Logind, network_manager, running_bus

_CABLE = {"type": "802-3-ethernet", "id": "Cable", "uuid": "cable", "default": True}
METERED, FREE = 1, 2  # NMMetered


class Laptop:
    """Stand-ins for logind and NetworkManager on a bus of their own; any thread may call."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="laptop")
        self._logind = Logind(address)
        self._network = network_manager(address, _CABLE)

    def _in_loop(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def sleep(self, *, begins: bool) -> None:
        """Announce sleep, or that it is over."""
        self._loop.call_soon_threadsafe(lambda: self._logind.prepare("Sleep", begins=begins))

    def metered(self, *, on: bool) -> None:
        """Let the one network cost something from now on, or nothing."""
        value = Variant("u", METERED if on else FREE)
        device = ("/org/freedesktop/NetworkManager/Devices/0", f"{MANAGER[1]}.Device")

        def change() -> None:
            self._network.change(*device, Metered=value)
            self._network.change(*MANAGER, Metered=value)

        self._loop.call_soon_threadsafe(change)

    def start(self) -> None:
        self._thread.start()
        self._in_loop(self._logind.__aenter__())
        self._in_loop(self._network.__aenter__())

    def stop(self) -> None:
        self._in_loop(self._network.__aexit__(None, None, None))
        self._in_loop(self._logind.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def laptop(socket: Path) -> Iterator[Laptop]:
    """Serve at `socket` (short: 108 bytes)."""
    with running_bus(socket) as address:
        it = Laptop(address)
        it.start()
        try:
            yield it
        finally:
            it.stop()
