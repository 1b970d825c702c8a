"""A private system bus, and stand-ins for the services of a Linux desktop."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from dbus_fast import Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus

_CONFIG = Path(__file__).with_name("bus.conf")
_NM = "org.freedesktop.NetworkManager"

Properties = dict[tuple[str, str], dict[str, Variant]]


@contextmanager
def running_bus(socket: Path) -> Iterator[str]:
    """Yield the address of a dbus-daemon that listens at `socket` (short: 108 bytes)."""
    address = f"unix:path={socket}"
    socket.unlink(missing_ok=True)
    command = ["dbus-daemon", f"--config-file={_CONFIG}", "--nofork", "--print-address"]
    with subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *command, f"--address={address}"],
        stdout=subprocess.PIPE,
    ) as daemon:
        try:
            assert daemon.stdout.readline(), "dbus-daemon did not start"
            yield address
        finally:
            daemon.terminate()


class StandIn:
    """A service that owns one name and tells properties: `async with`, again after an end.

    `hangs`: takes questions and never answers; `asked` counts them.
    """

    def __init__(self, address: str, name: str, properties: Properties) -> None:
        self._address, self._name = address, name
        self._bus: MessageBus | None = None
        self._unanswered: list[Message] = []
        self.properties = properties
        self.hangs = False
        self.asked = 0

    async def __aenter__(self) -> Self:
        self._bus = await MessageBus(bus_address=self._address, negotiate_unix_fd=True).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(self._name)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()

    def change(self, path: str, interface: str, **values: Variant) -> None:
        """Change properties and send the signal."""
        self.properties.setdefault((path, interface), {}).update(values)
        body = (interface, values, [])
        self.signal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", *body)

    def signal(
        self, path: str, interface: str, member: str, signature: str = "", *body: Any
    ) -> None:
        """Send a signal."""
        self._bus.send(
            Message(
                message_type=MessageType.SIGNAL,
                path=path,
                interface=interface,
                member=member,
                signature=signature,
                body=list(body),
                flags=MessageFlag.NO_REPLY_EXPECTED,
            )
        )

    def answer_late(self) -> None:
        """Stop hanging; answer what was asked meanwhile."""
        self.hangs = False
        for message in self._unanswered:
            self._bus.send(self._reply(message))
        self._unanswered.clear()

    def _answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL or message.member != "GetAll":
            return False
        self.asked += 1
        if self.hangs:
            self._unanswered.append(message)
            return True
        return self._reply(message)

    def _reply(self, message: Message) -> Message:
        found = self.properties.get((message.path, message.body[0]))
        if found is None:
            return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownObject", "none")
        return Message.new_method_return(message, "a{sv}", [found])


UPOWER = ("/org/freedesktop/UPower", "org.freedesktop.UPower")
DISPLAY = ("/org/freedesktop/UPower/devices/DisplayDevice", "org.freedesktop.UPower.Device")
MANAGER = ("/org/freedesktop/NetworkManager", _NM)
PROFILES = {
    name: ("/" + name.replace(".", "/"), name)
    for name in ("org.freedesktop.UPower.PowerProfiles", "net.hadess.PowerProfiles")
}


def upower(address: str, *, on_battery: bool, percent: float | None) -> StandIn:
    """UPower of a laptop, or with None of a computer without a battery."""
    battery = {
        "IsPresent": Variant("b", percent is not None),
        "Percentage": Variant("d", percent or 0.0),
        "UpdateTime": Variant("t", 1),
    }
    told = {UPOWER: {"OnBattery": Variant("b", on_battery)}, DISPLAY: battery}
    return StandIn(address, "org.freedesktop.UPower", told)


def power_profiles(
    address: str, active: str, name: str = "org.freedesktop.UPower.PowerProfiles"
) -> StandIn:
    """power-profiles-daemon under one of its names."""
    return StandIn(address, name, {PROFILES[name]: {"ActiveProfile": Variant("s", active)}})


def network_manager(
    address: str,
    *active: dict[str, Any],
    metered: int = 0,
    primary: int | None = 0,
) -> StandIn:
    """NetworkManager with these active connections.

    Each: type, and as wished id, uuid, default (bool), metered (NMMetered of its device),
    driver.
    """
    told: Properties = {}
    paths = []
    for number, connection in enumerate(active):
        path, device = f"{MANAGER[0]}/ActiveConnection/{number}", f"{MANAGER[0]}/Devices/{number}"
        paths.append(path)
        told[path, f"{_NM}.Connection.Active"] = {
            "Type": Variant("s", connection["type"]),
            "Id": Variant("s", connection.get("id", f"network {number}")),
            "Uuid": Variant("s", connection.get("uuid", f"uuid-{number}")),
            "Default": Variant("b", connection.get("default", False)),
            "Default6": Variant("b", False),
            "Devices": Variant("ao", [device]),
        }
        told[device, f"{_NM}.Device"] = {
            "Metered": Variant("u", connection.get("metered", 0)),
            "Driver": Variant("s", connection.get("driver", "")),
        }
    told[MANAGER] = {
        "Metered": Variant("u", metered),
        "PrimaryConnection": Variant("o", "/" if primary is None else paths[primary]),
        "ActiveConnections": Variant("ao", paths),
    }
    return StandIn(address, _NM, told)


LOGIN = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")
SESSION = ("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session")
_SELF = ("/org/freedesktop/login1/user/self", "org.freedesktop.login1.User")


class Logind(StandIn):
    """systemd-logind with one session; `inhibitors` are what was asked for, in order."""

    def __init__(self, address: str) -> None:
        display = Variant("(so)", ["2", SESSION[0]])
        super().__init__(address, "org.freedesktop.login1", {_SELF: {"Display": display}})
        self.inhibitors: list[list[str]] = []
        self._held: list[int] = []

    async def __aexit__(self, *_: object) -> None:
        for end in self._held:
            os.close(end)
        await super().__aexit__()

    def prepare(self, what: str, *, begins: bool) -> None:
        """Announce sleep or shutdown (`Sleep`, `Shutdown`), or that it is over."""
        self.signal(*LOGIN, f"PrepareFor{what}", "b", begins)

    @property
    def held(self) -> bool:
        """Whether somebody holds a delay inhibitor that was given out."""
        return any(self._is_open(end) for end in self._held)

    async def until(self, *, held: bool, seconds: float) -> float:
        """Wait until an inhibitor is held, or none is; returns after how many seconds."""
        begin = time.monotonic()
        async with asyncio.timeout(seconds):
            while self.held is not held:
                await asyncio.sleep(0.01)
        return time.monotonic() - begin

    @staticmethod
    def _is_open(end: int) -> bool:
        """The end of a pipe whose other end is closed reads as its end."""
        try:
            return os.read(end, 1) != b""
        except BlockingIOError:
            return True

    def _answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL or message.member != "Inhibit":
            return super()._answer(message)
        self.inhibitors.append(message.body)
        ours, theirs = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._held.append(ours)
        asyncio.get_running_loop().call_later(0.2, os.close, theirs)  # after it was sent
        return Message.new_method_return(message, "h", [0], [theirs])
