"""What holds a backup for a while and no reading tells: sleep that begins, a login page met."""

from collections.abc import Callable

from tray_app.core.host import HostEvent
from tray_app.ports import Clock

# Below the minute after which a waiting backup looks again, so that this look tries the server.
PORTAL_SECONDS = 55.0
# A computer that says that it sleeps and neither sleeps nor says that it woke. The monotonic
# clock stops during sleep, so that sleep itself does not count.
SLEEP_SECONDS = 60.0


class Passing:
    """Shared by everyone who judges the conditions; each entry ends by itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asleep_until = 0.0
        self._portal_until = 0.0
        self._portal_network: str | None = None
        self._listeners: dict[object, Callable[[], None]] = {}

    @property
    def asleep(self) -> bool:
        """Tell whether the computer goes to sleep just now."""
        return self._clock.monotonic() < self._asleep_until

    def heard(self, event: HostEvent) -> None:
        """Take an event of the computer."""
        if event is HostEvent.ABOUT_TO_SLEEP:
            self._asleep_until = self._clock.monotonic() + SLEEP_SECONDS
        elif event is HostEvent.WOKE:
            self._asleep_until = 0.0
        else:
            return
        for listener in list(self._listeners.values()):
            listener()

    def met_portal(self, network_id: str | None) -> None:
        """Note that a login page of this network answered in place of the server."""
        self._portal_network = network_id
        self._portal_until = self._clock.monotonic() + PORTAL_SECONDS

    def behind_portal(self, network_id: str | None) -> bool:
        """Tell whether one was met there a moment ago."""
        return network_id == self._portal_network and self._clock.monotonic() < self._portal_until

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when sleep begins or ends; returns how to end it."""
        key = object()
        self._listeners[key] = listener
        return lambda: self._listeners.pop(key, None) and None
