"""What a screen reader finds on the screen, over AT-SPI: names, roles, places, states.

Tests look here for what a person sees, and then use the mouse or the keys as a person does.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.rig.bus import SessionBus
from tests.rig.processes import Processes

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
# Programs of the rig's desktop look for a screen reader only where this says so.
SCREEN_READER = {"NO_AT_BRIDGE": "0", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}

_BUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_ACCESSIBLE, _COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
_TEXT = "org.a11y.atspi.Text"
_REGISTRY = DBusAddress(
    "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
)
_CHANGED = {"interface": "org.a11y.atspi.Event.Object", "member": "StateChanged"}
_ON_SCREEN = 0  # coordinates count from the corner of the screen
_DEEPEST = 30


class State(IntEnum):
    """Of the states in AT-SPI's table those that tests ask for."""

    CHECKED = 4
    ENABLED = 8
    FOCUSABLE = 11
    FOCUSED = 12
    SELECTED = 23
    SENSITIVE = 24
    SHOWING = 25


@dataclass(frozen=True, slots=True)
class Thing:
    """One control as it was when it was looked at; `x` to `height` in pixels of the screen."""

    place: tuple[str, str]
    role: str
    name: str
    x: int
    y: int
    width: int
    height: int
    states: frozenset[int]

    @property
    def center(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def covers(self, x: int, y: int) -> bool:
        """Whether this point is on it."""
        return 0 <= x - self.x < self.width and 0 <= y - self.y < self.height

    def has(self, *states: State) -> bool:
        return self.states.issuperset(states)


class ScreenReader:
    """`with`: reads what the programs on the desktop tell of their windows."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        connection: DBusConnection = open_dbus_connection(self._address)
        self._connection = connection
        self._stack.callback(connection.close)
        rule = MatchRule(type="signal", **_CHANGED)
        self._changes: deque[Message] = deque(maxlen=10_000)
        self._stack.enter_context(connection.filter(rule, queue=self._changes))
        self._reply(message_bus.AddMatch(rule))
        self._reply(new_method_call(_REGISTRY, "RegisterEvent", "s", ("object:state-changed",)))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def newly_focused(self) -> tuple[str, str] | None:
        """Where the focus came since this was asked last; None: it stayed.

        Entries of menus are found by it alone: Qt leaves menus out of the list of its windows.
        """
        self._ask(_ROOT, _ACCESSIBLE, "GetRole")  # takes in what has come
        found = None
        while self._changes:
            message = self._changes.popleft()
            fields = message.header.fields
            if message.body[0] == "focused" and message.body[1]:
                found = (fields[HeaderFields.sender], fields[HeaderFields.path])
        return found

    def text(self, thing: Thing) -> str:
        """What is written in a field; of a secret its dots."""
        try:
            return str(self._ask(thing.place, _TEXT, "GetText", "ii", 0, -1)[0])
        except DBusErrorResponse:
            return ""

    def beside(self, place: tuple[str, str]) -> list[Thing]:
        """What is in the same menu."""
        ((_, parent),) = self._property(place, "Parent")
        return [self._look(child) for child in self._children(parent)]

    def things(self, window: str = "") -> Iterator[Thing]:
        """Everything shown in windows whose title starts so, parents before children."""
        for program in self._children(_ROOT):
            for top in self._children(program):
                try:
                    if self._name(top).startswith(window):
                        yield from self._below(top, 0)
                except (DBusErrorResponse, TimeoutError):
                    continue  # it went away while it was read

    def _below(self, place: tuple[str, str], depth: int) -> Iterator[Thing]:
        thing = self._look(place)
        if depth and not thing.has(State.SHOWING):
            return
        yield thing
        if depth < _DEEPEST:
            for child in self._children(place):
                yield from self._below(child, depth + 1)

    def _look(self, place: tuple[str, str]) -> Thing:
        (role,) = self._ask(place, _ACCESSIBLE, "GetRoleName")
        ((low, high),) = self._ask(place, _ACCESSIBLE, "GetState")
        bits = low | high << 32
        states = frozenset(bit for bit in range(64) if bits >> bit & 1)
        try:
            (extents,) = self._ask(place, _COMPONENT, "GetExtents", "u", _ON_SCREEN)
        except DBusErrorResponse:
            extents = (0, 0, 0, 0)
        return Thing(place, role, self._name(place), *extents, states)

    def _name(self, place: tuple[str, str]) -> str:
        ((_, name),) = self._property(place, "Name")
        return str(name)

    def _property(self, place: tuple[str, str], name: str) -> tuple:
        at = DBusAddress(place[1], place[0], _ACCESSIBLE)
        return self._reply(Properties(at).get(name))

    def _children(self, place: tuple[str, str]) -> list[tuple[str, str]]:
        try:
            return self._ask(place, _ACCESSIBLE, "GetChildren")[0]
        except (DBusErrorResponse, TimeoutError):
            return []

    def _ask(
        self, place: tuple[str, str], interface: str, method: str, signature: str = "", *body: Any
    ) -> tuple:
        at = DBusAddress(place[1], place[0], interface)
        return self._reply(new_method_call(at, method, signature or None, body))

    def _reply(self, message: Any) -> tuple:
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=5))


def start_accessibility(processes: Processes, bus: SessionBus) -> ScreenReader:
    """Start the bus of screen readers on this desktop; programs started later tell it all."""
    processes.start([LAUNCHER, "--launch-immediately"])
    processes.wait_for(LAUNCHER, "org.a11y.Bus", lambda: bus.has_owner("org.a11y.Bus"))
    (address,) = bus.call(_BUS, "GetAddress")
    return ScreenReader(address)
