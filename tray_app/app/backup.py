"""One backup from sign-in to result, for the command line, the tray and the demo alike."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.conditions import held_by, waiting, waits_after_all
from tray_app.app.session import open_session
from tray_app.app.workshop import Announce, Workshop, connection, run_options
from tray_app.core.account import Method
from tray_app.core.asset import shown
from tray_app.core.changes import EVERYWHERE, Folders
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.run import RunOptions, RunResult
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.engine.conditions import Conditions
from tray_app.engine.connect import CONNECT_PATIENCE
from tray_app.engine.run.trouble import GaveUp, Trouble
from tray_app.engine.session import Loaded, Session
from tray_app.engine.work import Hooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked to be backed up; no `paths`: the folders of the settings.

    `background`: nobody watches, so no keyring prompt, parked files and quiet hours count.
    `anyway`: go on where a condition would make it wait.
    `folders`: only these have changed, None: anything may have.
    `sign_in`: for the demo, which needs no keychain.
    """

    paths: tuple[str, ...] = ()
    background: bool = False
    anyway: bool = False
    dry_run: bool = False
    folders: Folders = EVERYWHERE
    sign_in: SignIn | None = None

    @property
    def automatic(self) -> bool:
        """Nobody asked for just this: it is what the system job starts."""
        return self.background and not self.paths

    @property
    def unconditional(self) -> bool:
        """No condition holds it: asked for, nothing is sent, or it stays on this computer."""
        return self.anyway or self.dry_run or self.sign_in is not None


def load_settings(locations: Locations) -> Settings:
    """Read the settings; raises InvalidSettings with every problem."""
    return SettingsFile(locations.settings_file).load().settings


def folders_of(paths: Sequence[str], settings: Settings) -> tuple[Folder, ...]:
    """Choose what to back up; a path inside a known folder keeps that folder's exclusions.

    Raises NeedsUser(FOLDERS) when there is nothing to choose.
    """
    if paths:
        return tuple(Folder(os.path.abspath(path)) for path in paths)  # noqa: PTH100  any bytes
    if not settings.enabled_folders:
        raise NeedsUser(
            phrase("No folder is chosen to be backed up."),
            need=Need.FOLDERS,
            remedy=phrase("Name one: immich-tray backup FOLDER --once, or add it to the settings."),
        )
    return settings.enabled_folders


def check_paths(paths: Sequence[str]) -> str | None:
    """Return what is wrong with paths a person typed, None when all are there."""
    for path in paths:
        if not os.path.lexists(path):
            return phrase("{path} does not exist.", path=shown(path))
    return None


async def back_up(
    workshop: Workshop,
    settings: Settings,
    request: Request,
    hooks: Hooks,
    environ: Mapping[str, str],
    conditions: Conditions | None = None,
) -> RunResult:
    """Sign in, connect, run, and leave nothing open behind.

    Raises NeedsUser or GaveUp when it does not come to a run.
    """
    folders = folders_of(request.paths, settings)
    if conditions and (reasons := await conditions.look()):
        return waiting(reasons)
    try:
        return await _back_up(workshop, settings, folders, request, hooks, environ, conditions)
    except GaveUp as exc:
        if result := await waits_after_all(exc, conditions):
            return result
        raise


async def _back_up(
    workshop: Workshop,
    settings: Settings,
    folders: tuple[Folder, ...],
    request: Request,
    hooks: Hooks,
    environ: Mapping[str, str],
    conditions: Conditions | None,
) -> RunResult:
    options = run_options(
        settings,
        dry_run=request.dry_run,
        retry_parked=not request.background,
        folders=request.folders,
    )
    if request.sign_in:
        loaded, session = Loaded(request.sign_in, Method.API_KEY), None
    else:
        session = open_session(workshop.locations, environ, allow_prompt=not request.background)
        loaded = await _patiently(workshop, session, hooks.announce)
    try:
        return await _run(workshop, settings, folders, options, hooks, loaded, session, conditions)
    finally:
        if session:
            await session.finish(loaded)


async def _patiently(workshop: Workshop, session: Session, announce: Announce) -> Loaded:
    """Load the sign-in, waiting out short trouble with a server named by the environment."""

    async def no_probe() -> None:
        """There is no address to ask before the server was found."""

    trouble = Trouble(workshop.clock, no_probe, announce, CONNECT_PATIENCE)
    return await trouble.call(session.load_sign_in)


async def _run(
    workshop: Workshop,
    settings: Settings,
    folders: tuple[Folder, ...],
    options: RunOptions,
    hooks: Hooks,
    loaded: Loaded,
    session: Session | None,
    conditions: Conditions | None,
) -> RunResult:
    async with connection(workshop, loaded.sign_in, settings, hooks.announce) as server:
        if session:
            session.check(loaded, server.info.account)
        run = server.backup(folders, settings, options, hooks.publish, hooks.announce)
        hooks.begun(run)
        async with held_by(run, conditions):
            result = await run.run()
        if result.portal and conditions:
            await conditions.met_portal()
        notes = (*workshop.notes(), *server.info.notes, *result.notes)
        return replace(result, notes=notes)
