"""A stand-in for the desktop's notification service, with a screen that a test reads."""

import asyncio
from dataclasses import dataclass
from typing import Any, Self

from dbus_fast import Message, MessageFlag, MessageType
from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
EXPIRED, DISMISSED, CLOSED = 1, 2, 3
ALL = ("body", "body-markup", "actions")


@dataclass(frozen=True)
class Shown:
    """What a Notify call asked for; hints without their types."""

    replaces: int
    title: str
    content: str
    actions: list[str]
    hints: dict[str, Any]
    timeout: int


class Notifications:
    """`async with`; `screen` has what is shown by number, `asked` every Notify call in order.

    `hangs`: takes calls and never answers.
    """

    def __init__(self, address: str, abilities: tuple[str, ...] = ALL) -> None:
        self._address, self._abilities = address, abilities
        self._last = 0
        self._changed = asyncio.Event()
        self.screen: dict[int, Shown] = {}
        self.asked: list[Shown] = []
        self.hangs = False

    async def __aenter__(self) -> Self:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(NAME)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()

    async def until(self, fits: Any) -> None:
        """Wait until `fits(self)`."""
        async with asyncio.timeout(10):
            while not fits(self):
                self._changed.clear()
                await self._changed.wait()

    def number(self, title: str) -> int:
        (found,) = [number for number, shown in self.screen.items() if shown.title == title]
        return found

    def close(self, number: int, reason: int) -> None:
        """Let a notification go from the screen."""
        self.screen.pop(number, None)
        self._signal("NotificationClosed", "uu", number, reason)

    def press(self, number: int, key: str) -> None:
        self._signal("ActionInvoked", "us", number, key)

    def _signal(self, member: str, signature: str, *body: object) -> None:
        self._bus.send(
            Message(
                message_type=MessageType.SIGNAL,
                path=PATH,
                interface=NAME,
                member=member,
                signature=signature,
                body=list(body),
                flags=MessageFlag.NO_REPLY_EXPECTED,
            )
        )

    def _answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL or message.interface != NAME:
            return False
        self._changed.set()
        if message.member == "Notify":
            self.asked.append(_shown(message.body))
        if self.hangs:
            return True
        match message.member:
            case "GetCapabilities":
                return Message.new_method_return(message, "as", [list(self._abilities)])
            case "Notify":
                number = message.body[1] or self._next()
                self.screen[number] = self.asked[-1]
                return Message.new_method_return(message, "u", [number])
            case _:
                if message.body[0] in self.screen:
                    self.close(message.body[0], CLOSED)
                return Message.new_method_return(message)

    def _next(self) -> int:
        self._last += 1
        return self._last


def _shown(body: list[Any]) -> Shown:
    _, replaces, _, title, content, actions, hints, timeout = body
    return Shown(replaces, title, content, actions, {k: v.value for k, v in hints.items()}, timeout)
