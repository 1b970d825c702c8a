"""Toasts of Windows 10 and 11 (`windows-toasts`). NEVER RUN: no Windows was at hand.

Without an installer nothing registers an id for this program, so they come in the name of the
library's default one, the Command Prompt, with the program's name below the text.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from tray_app.core.toasts import Button, Slot, Toast, label
from tray_app.desktop.screen_toasts import Listener

_GROUP = "immich-tray"
_BY_A_PERSON = 0  # ToastDismissalReason.USER_CANCELED


class WindowsScreen:
    """Screen of `ScreenToasts`; texts are bound as data, never parsed as XML.

    The library is asked in a thread: its calls wait for another process of the system.
    """

    pause = 0.0

    def __init__(self, app_name: str, label: Callable[[Button], str] = label) -> None:
        self._label = label
        self._app_name = app_name
        self._toaster: Any = None
        self._shown: dict[Slot, Any] = {}
        self._listener: Listener | None = None

    def hear(self, listener: Listener) -> None:
        """Tell this listener from now on."""
        self._listener = listener

    async def put(self, toast: Toast, instead: Toast | None) -> bool:
        """Update the progress that is there, else show anew under the same tag."""
        if not (instead and _same_shape(toast, instead)):
            await asyncio.to_thread(self._show, toast)
        elif not await asyncio.to_thread(self._update, toast) and self._listener:
            self._listener.sent_away(toast.slot)  # Windows knows it no more
        return True

    async def remove(self, slot: Slot) -> None:
        """Take it away; the toasts of others under the same id stay."""
        if shown := self._shown.pop(slot, None):
            await asyncio.to_thread(self._toaster.remove_toast, shown)

    def close(self) -> None:
        """Do nothing: a thread waits for a moment only."""

    def _show(self, toast: Toast) -> None:
        import windows_toasts as lib  # noqa: PLC0415  Windows only

        if self._toaster is None:
            self._toaster = lib.InteractableWindowsToaster(self._app_name)
        new = lib.Toast(
            group=_GROUP,
            actions=[
                lib.ToastButton(self._label(button), button.value) for button in toast.buttons
            ],
            audio=None if toast.slot is Slot.ERROR else lib.ToastAudio(silent=True),
        )
        new.tag = toast.slot.value
        self._fill(new, toast)
        self._listen(new, toast.slot)
        self._toaster.show_toast(new)
        self._shown[toast.slot] = new

    def _update(self, toast: Toast) -> bool:
        shown = self._shown[toast.slot]
        self._fill(shown, toast)
        return bool(self._toaster.update_toast(shown))

    def _fill(self, shown: Any, toast: Toast) -> None:
        """Say it; what stands beside a bar stands below it, as Windows wants a word there."""
        import windows_toasts as lib  # noqa: PLC0415  Windows only

        said = toast.notification
        if not _has_bar(toast):
            shown.text_fields = [said.title, said.content]
            return
        share = None if said.indeterminate or not said.max else said.progress / said.max
        shown.text_fields = [said.title]
        shown.progress_bar = lib.ToastProgressBar(
            said.content, progress=share, progress_override="" if share is None else None
        )

    def _listen(self, shown: Any, slot: Slot) -> None:
        if (listener := self._listener) is None:
            return

        def dismissed(event: Any) -> None:
            if event.reason == _BY_A_PERSON:
                listener.sent_away(slot)

        shown.on_activated = lambda event: listener.pressed(_button(event.arguments))
        shown.on_dismissed = dismissed
        shown.on_failed = lambda _event: listener.failed(slot)


def _button(arguments: str | None) -> Button:
    """Read what was pressed; a click on the toast itself brings its tag."""
    return next((button for button in Button if button.value == arguments), Button.SHOW)


def _has_bar(toast: Toast) -> bool:
    return bool(toast.notification.max or toast.notification.indeterminate)


def _same_shape(toast: Toast, other: Toast) -> bool:
    """Tell whether only texts and the share differ: nothing else is updated in place."""
    same = toast.buttons == other.buttons and _has_bar(toast) == _has_bar(other)
    return same and toast.progress and other.progress
