"""Toasts of macOS's Notification Center (`desktop-notifier`). NEVER RUN: no Mac was at hand.

macOS shows them for signed app bundles only; there is no progress bar and nothing is changed in
place, so progress is its text, told anew every few seconds.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from tray_app.core.toasts import Button, Slot, Toast, label
from tray_app.desktop.screen_toasts import Listener

log = logging.getLogger(__name__)

_OURS = "immich-tray"
_PROMPT = 20.0  # seconds for a person to allow notifications; meanwhile there are balloons


class MacScreen:
    """Screen of `ScreenToasts`; Notification Center knows no markup."""

    def __init__(
        self,
        app_name: str,
        pause: float = 5.0,
        prompt: float = _PROMPT,
        label: Callable[[Button], str] = label,
    ) -> None:
        self.pause = pause
        self._label = label
        self._app_name, self._prompt = app_name, prompt
        self._notifier: Any = None
        self._asking: asyncio.Task[bool] | None = None
        self._listener: Listener | None = None

    def hear(self, listener: Listener) -> None:
        """Tell this listener from now on."""
        self._listener = listener

    async def put(self, toast: Toast, instead: Toast | None) -> bool:
        """Send it, after the one it replaces was cleared."""
        if not await self._allowed():
            return False
        if instead:
            await self._notifier.clear(_identifier(toast.slot))
        sent: list[bool] = []  # a failure is only logged by the library
        await self._notifier.send_notification(self._notification(toast, sent))
        return bool(sent)

    async def remove(self, slot: Slot) -> None:
        """Take it from the screen and from the list of the Notification Center."""
        await self._notifier.clear(_identifier(slot))

    def close(self) -> None:
        """Wait no longer for a person to allow notifications."""
        if self._asking:
            self._asking.cancel()

    async def _allowed(self) -> bool:
        """Wait for the answer, which is not to be cancelled: macOS calls back late."""
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(), name="may we notify?")
        done, _ = await asyncio.wait({self._asking}, timeout=self._prompt)
        return bool(done) and self._asking.result()

    async def _ask(self) -> bool:
        try:
            import desktop_notifier as lib  # noqa: PLC0415  macOS only

            self._notifier = lib.DesktopNotifier(self._app_name)
            if await self._notifier.get_capabilities():
                return bool(await self._notifier.request_authorisation())
        except Exception as exc:  # noqa: BLE001  whatever a library and its system think of
            log.info("macOS takes no notifications: %r", exc)
            return False
        log.info("macOS takes notifications from app bundles only.")
        return False

    def _notification(self, toast: Toast, sent: list[bool]) -> Any:
        import desktop_notifier as lib  # noqa: PLC0415  macOS only

        listener, slot = self._listener, toast.slot
        assert listener is not None  # noqa: S101  `ScreenToasts` listens from its start
        return lib.Notification(
            toast.notification.title,
            toast.notification.content,
            urgency=lib.Urgency.Low if toast.progress else lib.Urgency.Normal,
            # macOS remembers sets of buttons by their titles: the same title needs the same id.
            buttons=tuple(
                lib.Button(self._label(it), partial(listener.pressed, it), it.value)
                for it in toast.buttons
            ),
            on_dispatched=partial(sent.append, True),
            on_clicked=partial(listener.pressed, Button.SHOW),
            on_dismissed=partial(listener.sent_away, slot),
            sound=lib.DEFAULT_SOUND if slot is Slot.ERROR else None,
            thread=_OURS,
            identifier=_identifier(slot),
        )


def _identifier(slot: Slot) -> str:
    return f"{_OURS}.{slot.value}"
