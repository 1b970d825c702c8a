"""A computer that cannot tell: everything is unknown, and unknown never blocks."""

from collections.abc import Callable

from tray_app.core.conditions import Readings


class NullMachine:
    """Port `Machine` that knows nothing."""

    async def read(self) -> Readings:
        """Tell nothing."""
        return Readings()

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:  # noqa: ARG002 - the port's
        """Never call."""
        return lambda: None
