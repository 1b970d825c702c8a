"""Start at login inside a Flatpak: the Background portal, which a sandbox has to ask."""

import asyncio
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from dbus_fast import BusType, Message, Variant

from tray_app.core.phrase import phrase
from tray_app.core.system_job import JobCommand, JobState, JobStatus
from tray_app.desktop.autostart.xdg import OFF, ON
from tray_app.desktop.linux.system_bus import Interface, SystemBus

Write = Callable[[Path, bytes], None]

INSIDE = "/.flatpak-info"
_NAME = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_BACKGROUND = Interface(_NAME, _PATH, "org.freedesktop.portal.Background")
_REQUEST = "org.freedesktop.portal.Request"
_PATIENCE = 300.0  # seconds: the portal may ask the person
_REASON = "Back photos up while you do other things."
NO_ANSWER = JobState(
    JobStatus.UNSUPPORTED, phrase("The desktop does not let this program ask for that.")
)
REFUSED = JobState(JobStatus.ABSENT, phrase("The desktop refused to start it at login."))


class PortalAutostart:
    """Port `SystemJob` over the portal (org.freedesktop.portal.Background, version 1).

    The portal can be asked to change, not to tell: what it answered last is kept in `answer`,
    a small file. What a person changes outside is not seen (the sandbox hides it).
    """

    def __init__(self, command: JobCommand, answer: Path, write: Write) -> None:
        self._words = ("immich-tray", *command.words[-1:])
        self._answer = answer
        self._write = write

    async def read(self) -> JobState:
        """Return what the portal answered last."""
        with suppress(OSError):
            if self._answer.read_bytes().strip() == b"on":
                return ON
        return OFF

    async def create(self) -> JobState:
        """Ask to be started at login; the person may be asked."""
        return await self._ask(on=True)

    async def remove(self) -> JobState:
        """Ask not to be started any more."""
        return await self._ask(on=False)

    async def _ask(self, *, on: bool) -> JobState:
        answers: asyncio.Queue[Message] = asyncio.Queue()
        bus = SystemBus(lambda: None, BusType.SESSION)
        bus.hear_below(f"{_PATH}/request", _NAME, _REQUEST, answers.put_nowait)
        try:
            async with asyncio.timeout(_PATIENCE):
                granted = await self._granted(bus, answers, on=on)
        except TimeoutError:
            granted = None
        finally:
            await bus.close()
        if granted is None:
            return NO_ANSWER
        self._write(self._answer, b"on\n" if granted else b"off\n")
        return REFUSED if on and not granted else await self.read()

    async def _granted(
        self, bus: SystemBus, answers: "asyncio.Queue[Message]", *, on: bool
    ) -> bool | None:
        """Return whether it starts at login now; None: nobody answers."""
        options = {
            "handle_token": Variant("s", f"immich_tray_{uuid4().hex}"),
            "reason": Variant("s", _REASON),
            "autostart": Variant("b", on),
            "commandline": Variant("as", list(self._words)),
        }
        begun = await bus.call(_BACKGROUND, "RequestBackground", "sa{sv}", "", options)
        if begun is None:
            return None
        while True:
            heard = await answers.get()
            if heard.path == begun.body[0] and heard.member == "Response":
                code, results = heard.body
                return code == 0 and bool(results.get("autostart", Variant("b", False)).value)


def in_flatpak(environ: Mapping[str, str]) -> bool:
    """Tell whether we run in a Flatpak's sandbox."""
    return bool(environ.get("FLATPAK_ID")) or os.path.exists(INSIDE)  # noqa: PTH110
