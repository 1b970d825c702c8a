"""One end of `ForegroundChannel` (requirement, Platform Channel Communication)."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from tray_app.core.channel import Call


class ForegroundChannel(Protocol):
    """Either the app's end (engine and windows) or the native one (the desktop's host side)."""

    def call(self, method: str, params: msgspec.Struct | None = None) -> None:
        """Tell the other end.

        Raises RpcError when there is no such method, when it is not for this end to call, or
        when `params` is not what it takes.
        """
        ...

    def on_call(self, listener: Callable[[Call], None]) -> None:
        """Call `listener` with what the other end tells, in place of an earlier listener."""
        ...
