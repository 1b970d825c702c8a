"""Two private system buses: a laptop on its charger, and one on its battery."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.rig.system_bus import running_bus, upower


@dataclass(frozen=True, slots=True)
class Powered:
    """The addresses of both."""

    on_ac: str
    on_battery: str


@contextmanager
def powered(folder: Path) -> Iterator[Powered]:
    """Let UPower's stand-ins answer from a thread of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="upower")
    thread.start()
    services = AsyncExitStack()

    async def begin(address: str, *, on_battery: bool) -> None:
        await services.enter_async_context(upower(address, on_battery=on_battery, percent=80.0))

    def do(work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(20)

    with ExitStack() as stack:
        ac = stack.enter_context(running_bus(folder / "ac"))
        battery = stack.enter_context(running_bus(folder / "bat"))
        do(begin(ac, on_battery=False))
        do(begin(battery, on_battery=True))
        try:
            yield Powered(ac, battery)
        finally:
            do(services.aclose())
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()
