"""Questions to the private session bus."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self

from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

_BUS = DBusAddress(
    "/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus"
)
SNI_WATCHER = "org.kde.StatusNotifierWatcher"
_DUNST = DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.dunstproject.cmd0",
)


class SessionBus:
    """One connection to the bus at `address`, for the rig's own questions."""

    def __init__(self, address: str) -> None:
        self._connection: DBusConnection = open_dbus_connection(address)

    def close(self) -> None:
        self._connection.close()

    def call(self, address: DBusAddress, method: str, signature: str = "", *body: Any) -> tuple:
        """The reply's body; the peer's error as jeepney.DBusErrorResponse."""
        message = new_method_call(address, method, signature or None, body)
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=10))

    def has_owner(self, name: str) -> bool:
        """Whether a program answers under this well-known name."""
        return bool(self.call(_BUS, "NameHasOwner", "s", name)[0])

    def close_notifications(self) -> None:
        """Take all notifications from the screen, for the next test."""
        self.call(_DUNST, "NotificationCloseAll")

    def notifications_shown(self) -> int:
        """How many notifications dunst shows at this moment."""
        message = Properties(_DUNST).get("displayedLength")
        ((_, count),) = unwrap_msg(self._connection.send_and_get_reply(message, timeout=10))
        return count


@dataclass(frozen=True)
class Notified:
    """One call of Notify that somebody made, and when (monotonic seconds)."""

    at: float
    replaces: int
    title: str
    content: str
    hints: dict[str, Any]


@dataclass
class Monitor:
    """`with`: sees every Notify call on the bus at `address`, in order."""

    address: str
    calls: list[Notified] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._connection = open_dbus_connection(self.address)
        rule = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'"
        monitoring = DBusAddress(
            "/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring"
        )
        watch = new_method_call(monitoring, "BecomeMonitor", "asu", ([rule], 0))
        unwrap_msg(self._connection.send_and_get_reply(watch, timeout=10))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            if message.header.message_type is not MessageType.method_call:
                continue
            if message.header.fields.get(HeaderFields.member) == "Notify":
                _, replaces, _, title, content, _, hints, _ = message.body
                plain = {name: value for name, (_, value) in hints.items()}
                self.calls.append(Notified(time.monotonic(), replaces, title, content, plain))
