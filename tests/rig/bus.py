"""Questions to the private session bus."""

from typing import Any

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

_BUS = DBusAddress(
    "/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus"
)
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

    def notifications_shown(self) -> int:
        """How many notifications dunst shows at this moment."""
        message = Properties(_DUNST).get("displayedLength")
        ((_, count),) = unwrap_msg(self._connection.send_and_get_reply(message, timeout=10))
        return count
