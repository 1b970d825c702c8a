"""`ForegroundChannel` within one process: two ends, nothing between them."""

from collections.abc import Callable
from typing import Self

import msgspec

from tray_app.core.channel import Call, Direction, checked


class MemoryEnd:
    """Port `ForegroundChannel`; a call has been heard when it returns."""

    def __init__(self, direction: Direction) -> None:
        self._direction = direction
        self._other = self
        self._listener: Callable[[Call], None] = lambda _call: None

    def join(self, other: Self) -> None:
        """Make these the two ends of one channel."""
        self._other, other._other = other, self

    def call(self, method: str, params: msgspec.Struct | None = None) -> None:
        """Tell the other end; raises RpcError."""
        self._other._listener(checked(method, params, self._direction))  # noqa: SLF001  our twin

    def on_call(self, listener: Callable[[Call], None]) -> None:
        """Call `listener` with what the other end tells."""
        self._listener = listener


def memory_channel() -> tuple[MemoryEnd, MemoryEnd]:
    """Return the app's end and the native one."""
    app, native = MemoryEnd(Direction.APP_TO_NATIVE), MemoryEnd(Direction.NATIVE_TO_APP)
    app.join(native)
    return app, native
