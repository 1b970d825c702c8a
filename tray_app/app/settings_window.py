"""Wiring of the settings dialog. `SettingsDialog.show` is what a menu or a window calls."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from tray_app.adapters.files.inspect import FolderInspector
from tray_app.adapters.immich.client import ImmichServer
from tray_app.adapters.immich.http import connected
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.adapters.sqlite.database import erase_at_start
from tray_app.app import autostart, system_job
from tray_app.app.browser_sign_in import forget_scheme
from tray_app.app.session import open_session
from tray_app.app.trust import look_at
from tray_app.core.account import AccountView, Identity, Method, ShownCertificate
from tray_app.core.asset import Kind
from tray_app.core.errors import TrayError
from tray_app.core.media_types import IMAGE, IMAGE_SINCE_V3, SIDECAR, VIDEO
from tray_app.core.permissions import missing_permissions
from tray_app.core.phrase import phrase
from tray_app.core.server import MediaTypes
from tray_app.core.setting_specs import AlbumMode, Group
from tray_app.core.system_job import JobState, JobStatus
from tray_app.desktop.file_signal import FileSignal
from tray_app.desktop.opener import open_own_file
from tray_app.engine.preferences import Preferences

if TYPE_CHECKING:
    from tray_app.ui.settings_window import SettingsWindow

log = logging.getLogger(__name__)

_METHODS = {
    Method.PASSWORD: phrase("e-mail and password"),
    Method.OAUTH: phrase("the browser"),
    Method.API_KEY: phrase("an API key"),
    Method.ENVIRONMENT_PASSWORD: phrase("e-mail and password from the environment"),
    Method.ENVIRONMENT_KEY: phrase("an API key from the environment"),
}


class Desk:
    """Port `AccountDesk`: asks server and keychain in tasks of the running loop.

    `demo`: nothing of the system is changed.
    """

    def __init__(
        self, locations: Locations, environ: Mapping[str, str], *, demo: bool = False
    ) -> None:
        self._demo = demo
        self._locations = locations
        self._environ = environ
        self._secrets = KeyringSecrets(locations.keychain_service)
        self._tasks: set[asyncio.Task[None]] = set()
        self._login = asyncio.Lock()

    def look(self, told: Callable[[AccountView], None]) -> None:
        """Tell what is known, then what the server says."""
        self._begin(self._look(told))

    def sign_out(self, told: Callable[[str], None], *, erase: bool) -> None:
        """Forget the sign-in; tells a warning or ``."""
        self._begin(self._sign_out(told, erase=erase))

    def kept(self, names: Sequence[str], told: Callable[[frozenset[str]], None]) -> None:
        """Tell which of these secrets the keychain has."""
        self._begin(self._kept(names, told))

    def keep(self, name: str, value: str | None, told: Callable[[str], None]) -> None:
        """Keep a secret, None: forget it."""
        self._begin(self._keep(name, value, told))

    def certificate(
        self, address: str, told: Callable[[ShownCertificate | None, str], None]
    ) -> None:
        """Tell what certificate a server shows, or why there is none."""
        self._begin(self._certificate(address, told))

    def autostart(self, told: Callable[[JobState, str], None], *, on: bool | None = None) -> None:
        """Tell whether we start at login, after switching it where that is asked."""
        self._begin(self._autostart(told, on=on))

    async def close(self) -> None:
        """End what is still being asked."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (bug := task.exception()):
            log.error("The settings dialog met a bug.", exc_info=bug)

    async def _look(self, told: Callable[[AccountView], None]) -> None:
        session = open_session(self._locations, self._environ)
        try:
            known = session.known()
        except TrayError as exc:
            told(AccountView(trouble=exc.words()))
            return
        if known is None:
            told(AccountView())
            return
        view = _known(known)
        told(view)
        try:
            told(await self._asked(view))
        except TrayError as exc:
            told(_known(known, asking=False, trouble=exc.words()))

    async def _asked(self, view: AccountView) -> AccountView:
        session = open_session(self._locations, self._environ)
        opened = await session.open()
        try:
            sign_in, account = opened.loaded.sign_in, opened.account
            async with connected(sign_in) as http:
                server = ImmichServer(http, uses_key=sign_in.api_key is not None)
                version, granted = await server.version(), await server.permissions()
                by = "" if http.address == sign_in.url else http.address.removesuffix("/api")
        finally:
            await session.finish(opened.loaded)
        albums = self._albums()
        missing = missing_permissions(granted, albums=albums) if granted is not None else ()
        return AccountView(
            server=view.server,
            version=str(version),
            user=f"{account.name} ({account.email})" if account.name else account.email,
            method=view.method,
            by=by,
            used=account.quota_used,
            quota=account.quota,
            missing=missing,
        )

    def _albums(self) -> bool:
        settings = SettingsFile(self._locations.settings_file).load().settings
        return settings.album_mode is not AlbumMode.OFF

    async def _sign_out(self, told: Callable[[str], None], *, erase: bool) -> None:
        try:
            warning = await open_session(self._locations, self._environ).sign_out()
        except TrayError as exc:
            warning = exc.words()
        forget_scheme(self._environ)
        await system_job.take_away(self._locations, self._environ)
        await autostart.take_away(self._locations, self._environ)
        if erase:
            here = self._locations
            for path in (here.backup_db, here.library_db, here.pictures_db):
                erase_at_start(path)
        told(warning)

    async def _autostart(self, told: Callable[[JobState, str], None], *, on: bool | None) -> None:
        if self._demo:
            told(JobState(JobStatus.UNSUPPORTED, phrase("The demo leaves the system alone.")), "")
            return
        trouble = ""
        async with self._login:  # answers come in the order of the questions
            if on is not None:
                try:
                    await autostart.switch(self._locations, self._environ, on=on)
                except TrayError as exc:
                    trouble = exc.words()
            told(await autostart.open_autostart(self._locations, self._environ).read(), trouble)

    async def _kept(self, names: Sequence[str], told: Callable[[frozenset[str]], None]) -> None:
        def look() -> frozenset[str]:
            return frozenset(name for name in names if self._secrets.get(name) is not None)

        try:
            told(await asyncio.to_thread(look))
        except TrayError:
            told(frozenset())

    async def _keep(self, name: str, value: str | None, told: Callable[[str], None]) -> None:
        try:
            if value is None:
                await asyncio.to_thread(self._secrets.delete, name)
            else:
                await asyncio.to_thread(self._secrets.set, name, value)
        except TrayError as exc:
            told(exc.words())
        else:
            told("")

    async def _certificate(
        self, address: str, told: Callable[[ShownCertificate | None, str], None]
    ) -> None:
        try:
            shown = await look_at(self._locations, self._secrets, address)
        except TrayError as exc:
            told(None, exc.words())
        else:
            told(
                shown,
                ""
                if shown
                else phrase(
                    "{address} does not speak https; there is none to trust.", address=address
                ),
            )


class SettingsDialog:
    """Makes the dialog when it is first wanted, and keeps it up to date while it is seen."""

    def __init__(
        self,
        locations: Locations,
        environ: Mapping[str, str],
        *,
        change_account: Callable[[], None] | None = None,
        more: tuple[tuple[Callable[[], QWidget], str], ...] = (),
        demo: bool = False,
    ) -> None:
        self._locations = locations
        self._change_account = change_account
        self._more = more
        self._file = SettingsFile(locations.settings_file)
        self._desk = Desk(locations, environ, demo=demo)
        self._window: SettingsWindow | None = None
        self._signal: FileSignal | None = None

    def show(self, page: Group | None = None) -> None:
        """Bring it up, on a page where one is named."""
        if self._window is None:
            self._window = self._made()
        if page:
            self._window.show_page(page)
        self._window.bring_up()

    async def close(self) -> None:
        """Take it away for good."""
        await self._desk.close()
        if self._signal:
            self._signal.close()
        if self._window:
            self._window.close_down()
            self._window = None

    def _made(self) -> "SettingsWindow":
        from tray_app.ui.memory import Memory  # noqa: PLC0415  the icon comes first
        from tray_app.ui.settings_window import SettingsWindow, Surroundings  # noqa: PLC0415  too

        preferences = Preferences(self._file)
        window = SettingsWindow(
            Surroundings(
                preferences=preferences,
                desk=self._desk,
                inspector=FolderInspector(known_kinds),
                file=str(self._file.path),
                open_file=self._open_file,
                change_account=self._change_account,
                more=self._more,
                memory=Memory(self._locations.window_file),
            )
        )
        watched = (self._locations.settings_file, self._locations.account_file)

        def changed() -> None:
            preferences.reload()
            window.look_again()

        self._signal = FileSignal(watched, changed)
        return window

    def _open_file(self) -> None:
        self._file.create()
        open_own_file(self._file.path)


@asynccontextmanager
async def opened_settings(
    locations: Locations,
    environ: Mapping[str, str],
    *,
    change_account: Callable[[], None] | None = None,
    more: tuple[tuple[Callable[[], QWidget], str], ...] = (),
    demo: bool = False,
) -> AsyncIterator[SettingsDialog]:
    """Have the dialog at hand until the end of the block; nothing is made before it is wanted.

    `change_account` opens the sign-in; `more`: see `Surroundings`; `demo`: see `Desk`.
    """
    dialog = SettingsDialog(locations, environ, change_account=change_account, more=more, demo=demo)
    try:
        yield dialog
    finally:
        await dialog.close()


def _known(identity: Identity, *, asking: bool = True, trouble: str = "") -> AccountView:
    return AccountView(
        server=identity.url.removesuffix("/api"),
        user=identity.email,
        method=_METHODS[identity.method],
        asking=asking,
        trouble=trouble,
    )


def known_kinds() -> dict[str, Kind]:
    """Take what Immich takes as a rule: nothing is sent here, so no server has to be asked."""
    image = frozenset((*IMAGE, *IMAGE_SINCE_V3))
    return MediaTypes(image=image, video=frozenset(VIDEO), sidecar=frozenset(SIDECAR)).table()
