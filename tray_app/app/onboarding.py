"""Wiring of the onboarding: its parts, its window, and when it comes up by itself."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tray_app.adapters import logs
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.files.inspect import FolderInspector
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.onboarding_file import OnboardingFile
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.autostart import open_autostart
from tray_app.app.browser_sign_in import browser_parts
from tray_app.app.session import named_account, open_session
from tray_app.app.settings_window import known_kinds
from tray_app.app.trust import look_at, may_be_trusted, trust
from tray_app.core.account import FoundServer, Identity, ShownCertificate, WaysIn
from tray_app.core.errors import NeedsUser, TrayError
from tray_app.core.onboarding import Begun, Plan, Standing, wants_a_person
from tray_app.core.setting_specs import AlbumMode, Folder
from tray_app.core.settings import Settings
from tray_app.desktop.pictures import pictures_folder
from tray_app.engine.browser_sign_in import sign_in_with_browser
from tray_app.engine.commands import Commands
from tray_app.engine.foreground import Foreground
from tray_app.engine.onboarding import Onboarding, Parts
from tray_app.ports import Machine
from tray_app.ports.browser import Person
from tray_app.ui.language import localised
from tray_app.ui.tray_host import tray_there

if TYPE_CHECKING:
    from tray_app.ui.onboarding import OnboardingWindow

log = logging.getLogger(__name__)

Tasks = set[asyncio.Task[None]]


def standing_of(locations: Locations, environ: Mapping[str, str]) -> Standing:
    """Say what there is already; what cannot be read counts as not there."""
    identity, settings = None, Settings()
    with suppress(TrayError):
        identity = AccountFile(locations.account_file).load()
    with suppress(TrayError):
        settings = SettingsFile(locations.settings_file).load().settings
    return Standing(
        identity=identity,
        folders=tuple(folder.path for folder in settings.enabled_folders),
        begun=OnboardingFile(locations.onboarding_file).load(),
        address=settings.server_url,
        outside=bool(named_account(environ)),
    )


@dataclass(frozen=True, slots=True)
class Door:
    """Port `Reception` over the session of this computer."""

    locations: Locations
    environ: Mapping[str, str]

    async def find(self, typed: str) -> FoundServer:
        """Find the server a person means."""
        return await open_session(self.locations, self.environ).find(typed)

    async def ways_in(self, url: str) -> WaysIn:
        """Ask how one may sign in there."""
        return await open_session(self.locations, self.environ).ways_in(url)

    async def certificate(self, typed: str, error: NeedsUser) -> ShownCertificate | None:
        """Look at the certificate, where trusting it is what is needed."""
        if not may_be_trusted(error):
            return None
        secrets = KeyringSecrets(self.locations.keychain_service)
        return await look_at(self.locations, secrets, typed)

    async def trust(self, shown: ShownCertificate) -> None:
        """Add it to the settings."""
        await asyncio.to_thread(trust, self.locations, shown, shown.fingerprint)

    async def with_password(self, url: str, email: str, password: str) -> Identity:
        """Sign in; only the session is kept."""
        logs.hide(password)
        session = open_session(self.locations, self.environ)
        return await session.sign_in_with_password(url, email, password)

    async def with_key(self, url: str, key: str) -> Identity:
        """Sign in with a key that may do what the settings ask for."""
        logs.hide(key)
        settings = (
            await asyncio.to_thread(SettingsFile(self.locations.settings_file).load)
        ).settings
        albums = settings.album_mode is not AlbumMode.OFF
        session = open_session(self.locations, self.environ)
        return await session.sign_in_with_key(url, key, albums=albums)

    async def with_browser(self, url: str, person: Person) -> Identity:
        """Sign in on a page of the person's browser."""
        parts = browser_parts(self.locations, self.environ, person, say=localised)
        session = open_session(self.locations, self.environ)
        return await sign_in_with_browser(session, parts, url)


class Notes:
    """Port `Notebook` over the files of this computer."""

    def __init__(self, locations: Locations, environ: Mapping[str, str]) -> None:
        self._locations = locations
        self._environ = environ
        self._file = SettingsFile(locations.settings_file)

    async def standing(self) -> Standing:
        """Look at what there is."""
        return await asyncio.to_thread(standing_of, self._locations, self._environ)

    async def plan(self) -> Plan:
        """Suggest automatic backup; the rules are those of the settings."""
        settings = Settings()
        with suppress(TrayError):
            settings = (await asyncio.to_thread(self._file.load)).settings
        return Plan(
            require_wifi=settings.backup_require_wifi,
            require_charging=settings.backup_require_charging,
            min_battery_percent=settings.backup_min_battery_percent,
        )

    async def suggested(self) -> tuple[str, ...]:
        """Suggest the desktop's folder for pictures."""
        folder = await asyncio.to_thread(pictures_folder)
        return (folder,) if folder else ()

    async def keep(self, begun: Begun | None) -> None:
        """Remember an onboarding that is not finished."""
        await asyncio.to_thread(OnboardingFile(self._locations.onboarding_file).keep, begun)

    async def save_address(self, typed: str) -> None:
        """Save the address that was signed in to."""
        await self._save(lambda settings: replace(settings, server_url=typed.strip()))

    async def missing(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return those that are not there now."""

        def look() -> tuple[str, ...]:
            return tuple(path for path in folders if not os.path.isdir(path))  # noqa: PTH112  any bytes

        return await asyncio.to_thread(look)

    async def save_folders(self, folders: tuple[str, ...]) -> None:
        """Save them; those that are switched off stay in the list."""

        def chosen(settings: Settings) -> Settings:
            known = {folder.path: folder for folder in settings.folders}
            rules = {path: known[path].exclude for path in folders if path in known}
            off = tuple(
                folder
                for folder in settings.folders
                if not folder.enabled and folder.path not in folders
            )
            on = tuple(Folder(path, exclude=rules.get(path, ())) for path in folders)
            return replace(settings, folders=on + off)

        await self._save(chosen)

    async def save_plan(self, plan: Plan) -> None:
        """Save when to back up."""
        await self._save(
            lambda settings: replace(
                settings,
                background_backup=plan.background,
                backup_require_wifi=plan.require_wifi,
                backup_require_charging=plan.require_charging,
            )
        )

    async def _save(self, change: Callable[[Settings], Settings]) -> None:
        def work() -> None:
            self._file.create()
            self._file.save(change(self._file.load().settings))

        await asyncio.to_thread(work)


class Onboarder:
    """Has the onboarding at hand: `show` opens it, `instead` where the window would say nothing."""

    def __init__(
        self,
        locations: Locations,
        environ: Mapping[str, str],
        machine: Machine,
        service: Commands,
        foreground: Foreground,
    ) -> None:
        self._locations = locations
        self._environ = environ
        self._parts = Parts(
            reception=Door(locations, environ),
            notebook=Notes(locations, environ),
            machine=machine,
            autostart=open_autostart(locations, environ),
            start=service.back_up_now,
        )
        self._foreground = foreground
        self._window: OnboardingWindow | None = None
        self._work: Onboarding | None = None
        self._opening: Tasks = set()
        self._ending: Tasks = set()
        self._was_left = False

    def show(self, *, account: bool = False) -> None:
        """Open it where it was left, or bring it to the front; `account`: with the sign-in."""
        if self._window:
            self._window.bring_up()
        elif not self._opening:
            self._begin(self._open(account=account), self._opening)

    def instead(self) -> bool:
        """Open it in the window's stead while there is something to set up; tells if it did.

        Once a person has left it, only they open it again.
        """
        if self._window:
            self._window.bring_up()
            return True
        wanted = wants_a_person(standing_of(self._locations, self._environ))
        if not wanted or self._was_left:
            return False
        self.show()
        return True

    async def close(self) -> None:
        """Take it away; it goes on at the next start."""
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        if self._window:
            self._put_away(self._window)
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def _open(self, *, account: bool) -> None:
        work = await Onboarding.opened(self._parts, account=account)
        from tray_app.ui.memory import Memory  # noqa: PLC0415  seldom wanted
        from tray_app.ui.onboarding import OnboardingWindow  # noqa: PLC0415  too
        from tray_app.ui.presence import Watched  # noqa: PLC0415  too

        memory = Memory(self._locations.window_file)
        window = OnboardingWindow(work, FolderInspector(known_kinds), memory)
        Watched(window, partial(self._foreground.tell, of="onboarding"))
        window.closed.connect(lambda finished: self._closed(window, finished=finished))
        self._window, self._work = window, work
        window.bring_up()

    def _closed(self, window: "OnboardingWindow", *, finished: bool) -> None:
        self._was_left = not finished
        self._put_away(window)
        if finished or not tray_there():
            self._foreground.show()

    def _put_away(self, window: "OnboardingWindow") -> None:
        window.close_down()
        if self._work:
            self._begin(self._work.close(), self._ending)
        self._window = self._work = None

    def _begin(self, work: Coroutine[object, object, None], tasks: Tasks) -> None:
        task = asyncio.ensure_future(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        task.add_done_callback(_ended)


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (bug := task.exception()):
        log.error("The onboarding met a bug.", exc_info=bug)


@asynccontextmanager
async def opened_onboarding(
    locations: Locations,
    environ: Mapping[str, str],
    machine: Machine,
    service: Commands,
    foreground: Foreground,
) -> AsyncIterator[Onboarder]:
    """Have the onboarding at hand until the end of the block; nothing is made before it is wanted.

    At its end `service` backs up at once, and the window of `foreground` shows how it goes.
    """
    onboarder = Onboarder(locations, environ, machine, service, foreground)
    try:
        yield onboarder
    finally:
        await onboarder.close()
