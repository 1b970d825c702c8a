"""Toasts over D-Bus (Desktop Notifications Specification 1.2, `org.freedesktop.Notifications`)."""

import asyncio
import html
import logging
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum

from dbus_fast import BusType, Message, Variant

from tray_app.core.toasts import Button, Slot, Toast, label
from tray_app.desktop.linux.system_bus import Interface, SystemBus
from tray_app.ports.toasts import Pressed

log = logging.getLogger(__name__)

_NAME = "org.freedesktop.Notifications"
_SERVICE = Interface(_NAME, "/org/freedesktop/Notifications", _NAME)
_PATIENCE = 30.0  # seconds for one answer; a service may have to be started first
_DEFAULT = "default"  # the key of a click on the toast itself
_AS_THE_SERVER_LIKES, _UNTIL_CLOSED = -1, 0
_PROGRESS_MS = 60_000  # renewed while the run goes on: a killed program leaves nothing for long
_CLOSED_BY_US = 3


class _Urgency(IntEnum):
    LOW = 0
    NORMAL = 1


class FreedesktopToasts:
    """Port `Notifier`: one task talks to the service, calls only leave it work.

    `otherwise` is asked to show a toast that nobody took; it answers whether it could. What it
    could not show waits for a service that comes later. `icon`: a name or an absolute path.
    """

    def __init__(
        self,
        otherwise: Callable[[Toast], bool],
        *,
        app_name: str,
        icon: str,
        entry: str,
        label: Callable[[Button], str] = label,
    ) -> None:
        self._label = label
        self._otherwise = otherwise
        self._app_name, self._icon, self._entry = app_name, icon, entry
        self._bus = SystemBus(_soon(self._service_changed), BusType.SESSION)
        self._bus.watch(_SERVICE)
        self._bus.hear(_SERVICE, "NotificationClosed", _soon(self._closed))
        self._bus.hear(_SERVICE, "ActionInvoked", _soon(self._invoked))
        self._toasts: dict[Slot, Toast] = {}  # what shall be on the screen
        self._taken: dict[Slot, Toast] = {}  # what a service showed
        self._ids: dict[Slot, int] = {}
        self._due: dict[Slot, None] = {}  # slots to be brought up to date, in order
        self._muted: set[Slot] = set()
        self._abilities: frozenset[str] | None = None
        self._working: asyncio.Task[None] | None = None
        self._pressed: Pressed = lambda _button: None

    def on_press(self, pressed: Pressed) -> None:
        """Call `pressed` when a person presses something."""
        self._pressed = pressed

    def show(self, toast: Toast) -> None:
        """Show it soon, in the place of the one of its slot."""
        if toast.progress and toast.slot in self._muted:
            return
        self._muted.discard(toast.slot)
        self._toasts[toast.slot] = toast
        self._bring_up_to_date(toast.slot)

    def withdraw(self, slot: Slot) -> None:
        """Take it from the screen soon."""
        self._muted.discard(slot)
        if self._toasts.pop(slot, None) or slot in self._ids:
            self._bring_up_to_date(slot)

    async def close(self) -> None:
        """Leave nothing on the screen whose buttons nobody would answer."""
        for slot in Slot:
            self.withdraw(slot)
        if self._working:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._working, 1.0)
        await self._bus.close()

    def _bring_up_to_date(self, slot: Slot) -> None:
        self._due[slot] = None
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work(), name="notifications")

    async def _work(self) -> None:
        while self._due:
            slot = next(iter(self._due))
            del self._due[slot]
            if toast := self._toasts.get(slot):
                await self._send(toast)
            elif number := self._ids.pop(slot, 0):
                await self._call("CloseNotification", "u", number)

    async def _send(self, toast: Toast) -> None:
        abilities = await self._server_abilities()
        replaced = self._ids.get(toast.slot, 0)
        reply = await self._call("Notify", "susssasa{sv}i", *self._body(toast, replaced, abilities))
        if reply is not None:
            self._ids[toast.slot], self._taken[toast.slot] = reply.body[0], toast
        elif not toast.progress and toast is not self._taken.get(toast.slot):
            self._tell_otherwise(toast)

    def _tell_otherwise(self, toast: Toast) -> None:
        if not self._otherwise(toast):
            log.info("There is no notification service to show: %s", toast.slot)
        elif self._toasts.get(toast.slot) is toast:
            del self._toasts[toast.slot]

    def _body(self, toast: Toast, replaced: int, abilities: frozenset[str]) -> tuple[object, ...]:
        said = toast.notification
        escaped = "body-markup" in abilities
        title, content = str(said.title), str(said.content)  # the bus takes no phrases
        content = html.escape(content, quote=False) if escaped else content
        actions = self._actions(toast) if "actions" in abilities else []
        return (
            *(self._app_name, replaced, self._icon, title, content, actions),
            *(_hints(toast, self._entry), _lasts(toast)),
        )

    def _actions(self, toast: Toast) -> list[str]:
        keys = [(button.value, self._label(button)) for button in toast.buttons]
        return [word for pair in [(_DEFAULT, self._label(Button.SHOW)), *keys] for word in pair]

    async def _server_abilities(self) -> frozenset[str]:
        if self._abilities is None:
            reply = await self._call("GetCapabilities")
            self._abilities = None if reply is None else frozenset(reply.body[0])
        return self._abilities or frozenset()

    async def _call(self, member: str, signature: str = "", *body: object) -> Message | None:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._bus.call(_SERVICE, member, signature, *body)
        except TimeoutError:
            log.info("The notification service does not answer to %s.", member)
            return None

    def _service_changed(self) -> None:
        """Begin anew: another service knows none of our numbers."""
        self._ids.clear()
        self._abilities = None
        for slot in self._toasts:
            self._bring_up_to_date(slot)

    def _closed(self, message: Message) -> None:
        number, reason = message.body
        for slot in [slot for slot, known in self._ids.items() if known == number]:
            del self._ids[slot]
            toast = self._toasts.get(slot)
            if toast and toast.progress and reason != _CLOSED_BY_US:
                self._muted.add(slot)
                self._due.pop(slot, None)
            if slot not in self._due:  # else it closed just before its successor
                self._toasts.pop(slot, None)

    def _invoked(self, message: Message) -> None:
        number, key = message.body
        if number not in self._ids.values():
            return
        with suppress(ValueError):
            self._pressed(Button.SHOW if key == _DEFAULT else Button(key))


def _soon(heard: Callable[..., None]) -> Callable[..., None]:
    """Hear it after the task that waits for the answer before it, which brings the number."""

    def later(*args: object) -> None:
        asyncio.get_running_loop().call_soon(heard, *args)

    return later


def _lasts(toast: Toast) -> int:
    """Return milliseconds: what a person has to know stays, a summary may go."""
    if toast.progress:
        return _PROGRESS_MS
    return _UNTIL_CLOSED if toast.slot is Slot.ERROR else _AS_THE_SERVER_LIKES


def _hints(toast: Toast, entry: str) -> dict[str, Variant]:
    """Progress is silent and leaves no trace; `value` is the share in percent."""
    said = toast.notification
    hints = {
        "desktop-entry": Variant("s", entry),
        "category": Variant("s", "transfer.error" if toast.slot is Slot.ERROR else "transfer"),
        "urgency": Variant("y", _Urgency.LOW if toast.progress else _Urgency.NORMAL),
    }
    if toast.slot is not Slot.ERROR:
        hints["suppress-sound"] = Variant("b", True)
    if toast.progress:
        hints["transient"] = Variant("b", True)
    if said.max and not said.indeterminate:
        hints["value"] = Variant("i", said.progress * 100 // said.max)
    return hints
