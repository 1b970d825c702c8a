"""One lazy connection to a bus: questions, and the signals that something changed.

Everything that is missing here (the bus, a service, a property) is ordinary: a server has no
NetworkManager, a container has no bus. Nothing is started by asking.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from dbus_fast import BusType, Message, MessageFlag, MessageType
from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)

_CONNECT_SECONDS = 5.0
_DAEMON = "org.freedesktop.DBus"
_PROPERTIES = "org.freedesktop.DBus.Properties"

Heard = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface of one object of a service."""

    service: str
    path: str
    name: str

    def at(self, path: str, name: str) -> Self:
        """Return another object of the same service."""
        return type(self)(self.service, path, name)


class SystemBus:
    """The system bus of the loop that asks first; found again after it was lost.

    `kind` may name the session's bus instead: there a call may start the service it is for.
    `on_change` is called when a watched property changes, a watched service comes or goes, or
    the bus goes away. Signals are heard from the first question on.
    """

    def __init__(self, on_change: Callable[[], None], kind: BusType = BusType.SYSTEM) -> None:
        self._on_change = on_change
        self._kind = kind
        self._watched: dict[Interface, frozenset[str]] = {}
        self._hearing: list[tuple[tuple[str, ...], Callable[[Message], bool], Heard]] = []
        self._connecting = asyncio.Lock()
        self._bus: MessageBus | None = None
        self._ending: asyncio.Task[None] | None = None

    def watch(self, interface: Interface, *properties: str) -> None:
        """Hear of changes of these properties; to be called before the first question."""
        self._watched[interface] = frozenset(properties)

    def hear(self, interface: Interface, member: str, heard: Heard) -> None:
        """Hear a signal of this object; to be called before the first question."""
        rule = (
            f"type='signal',sender='{interface.service}',path='{interface.path}',"
            f"interface='{interface.name}',member='{member}'"
        )

        def fits(message: Message) -> bool:
            found = (message.path, message.interface, message.member)
            return found == (interface.path, interface.name, member)

        self._hearing.append(((rule,), fits, heard))

    def hear_below(self, path: str, service: str, name: str, heard: Heard) -> None:
        """Hear all signals of interface `name` and changes of its properties below `path`."""
        where = f"type='signal',sender='{service}',path_namespace='{path}'"
        changes = f"interface='{_PROPERTIES}',member='PropertiesChanged',arg0='{name}'"

        def fits(message: Message) -> bool:
            changed = message.member == "PropertiesChanged" and message.body[:1] == [name]
            below = (message.path or "").startswith(f"{path}/")
            return below and (changed or message.interface == name)

        self._hearing.append(((f"{where},interface='{name}'", f"{where},{changes}"), fits, heard))

    async def call(
        self, interface: Interface, member: str, signature: str = "", *body: object
    ) -> Message | None:
        """Call a method; None when nobody answers well. May wait for as long as the service does.

        File descriptors of the answer belong to the caller.
        """
        bus = await self._connected()
        if bus is None:
            return None
        message = Message(
            destination=interface.service,
            path=interface.path,
            interface=interface.name,
            member=member,
            signature=signature,
            body=list(body),
            flags=MessageFlag.NO_AUTOSTART if self._kind is BusType.SYSTEM else MessageFlag.NONE,
        )
        return await _call(bus, message)

    async def properties(self, interface: Interface) -> dict[str, Any]:
        """Return what the interface tells, by name; empty when nobody is there to tell.

        May wait for as long as the service does: the caller bounds it.
        """
        bus = await self._connected()
        if bus is None:
            return {}
        reply = await _call(bus, _get_all(interface))
        return {name: variant.value for name, variant in reply.body[0].items()} if reply else {}

    async def close(self) -> None:
        """Leave the bus."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()
        if self._ending is not None:
            await self._ending

    async def _connected(self) -> MessageBus | None:
        # The end of the bus may be waiting to be read; dbus-fast handles a failed write badly.
        await asyncio.sleep(0)
        async with self._connecting:
            if self._bus is None or not self._bus.connected:
                self._bus = await self._connect()
            return self._bus

    async def _connect(self) -> MessageBus | None:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                bus = await MessageBus(bus_type=self._kind, negotiate_unix_fd=True).connect()
                # The bus keeps the order: changes after our first question cannot be missed.
                await asyncio.gather(*(bus.send(_add_match(rule)) for rule in self._rules()))
        except Exception as error:  # noqa: BLE001 - whatever it is, there is no bus to ask
            log.debug("No %s bus: %r", self._kind.name.lower(), error)
            return None
        bus.add_message_handler(self._heard)
        self._ending = asyncio.create_task(self._until_the_end(bus), name="bus")
        return bus

    async def _until_the_end(self, bus: MessageBus) -> None:
        with contextlib.suppress(Exception):
            await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
        if self._bus is bus:
            log.info("The %s bus went away", self._kind.name.lower())
            self._on_change()

    def _rules(self) -> list[str]:
        changed = [
            f"type='signal',sender='{it.service}',path='{it.path}',"
            f"interface='{_PROPERTIES}',member='PropertiesChanged',arg0='{it.name}'"
            for it in self._watched
        ]
        owners = [
            f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg0='{service}'"
            for service in {it.service for it in self._watched}
        ]
        return changed + owners + [rule for rules, _, _ in self._hearing for rule in rules]

    def _heard(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        if message.member == "NameOwnerChanged" or self._is_news(message):
            self._on_change()
        for _, fits, heard in self._hearing:
            if fits(message):
                heard(message)

    def _is_news(self, message: Message) -> bool:
        """Whether one of the properties that we read is among the changed ones."""
        if message.member != "PropertiesChanged" or message.signature != "sa{sv}as":
            return False
        name, changed, invalidated = message.body
        names = {*changed, *invalidated}
        return any(
            (it.path, it.name) == (message.path, name) and names & wanted
            for it, wanted in self._watched.items()
        )


async def _call(bus: MessageBus, message: Message) -> Message | None:
    """Return the answer, None for an error or a lost bus."""
    try:
        reply: Any = await bus.call(message)  # None when we left meanwhile, whatever its type says
    except Exception as error:  # noqa: BLE001 - the library passes on whatever ended the bus
        log.debug("The bus was lost: %r", error)
        return None
    if reply is None:
        return None
    if reply.message_type is not MessageType.METHOD_RETURN:
        log.debug("%s: %s", message.destination, reply.error_name)
        return None
    answer: Message = reply
    return answer


def _get_all(interface: Interface) -> Message:
    return Message(
        destination=interface.service,
        path=interface.path,
        interface=_PROPERTIES,
        member="GetAll",
        signature="s",
        body=[interface.name],
        flags=MessageFlag.NO_AUTOSTART,
    )


def _add_match(rule: str) -> Message:
    return Message(
        destination=_DAEMON,
        path="/org/freedesktop/DBus",
        interface=_DAEMON,
        member="AddMatch",
        signature="s",
        body=[rule],
        flags=MessageFlag.NO_REPLY_EXPECTED,
    )
