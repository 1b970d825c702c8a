"""The tray program: Qt and the engine on one loop."""

import asyncio
from collections.abc import Mapping

from PySide6.QtWidgets import QApplication

from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.locations import Locations
from tray_app.app.backup import Request, back_up, load_settings
from tray_app.app.conditions import opened_conditions
from tray_app.app.overview import overview
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity
from tray_app.core.run import RunResult
from tray_app.core.snapshot import Overview
from tray_app.desktop.opener import open_page
from tray_app.engine.conditions import Conditions
from tray_app.engine.store import Store
from tray_app.engine.supervisor import Hooks, Supervisor
from tray_app.ui.shell import run_tray


class TrayProgram:
    """Everything the tray needs, built once; `identity` stands in for the saved one (demo)."""

    def __init__(
        self,
        locations: Locations,
        environ: Mapping[str, str],
        request: Request | None = None,
        identity: Identity | None = None,
    ) -> None:
        self._locations = locations
        self._environ = environ
        self._request = request or Request()
        self._identity = identity

    async def main(self, app: QApplication, quit_requested: asyncio.Event) -> int:
        """Show the tray until quit; raises NeedsUser when the databases cannot be opened."""
        workshop = Workshop.open(self._locations)
        try:
            await self._serve(workshop, app, quit_requested)
        finally:
            workshop.close()
        return 0

    async def _serve(
        self, workshop: Workshop, app: QApplication, quit_requested: asyncio.Event
    ) -> None:
        async with opened_conditions(
            workshop, lambda: load_settings(self._locations), self._environ, background=False
        ) as (conditions, machine):
            store = Store()
            supervisor = self._supervisor(workshop, store, conditions, quit_requested)
            end = machine.on_change(supervisor.conditions_changed)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(supervisor.serve(), name="supervisor")
                await run_tray(app, store, supervisor, quit_requested, workshop.clock.now)
            end()

    def _supervisor(
        self,
        workshop: Workshop,
        store: Store,
        conditions: Conditions,
        quit_requested: asyncio.Event,
    ) -> Supervisor:
        held = None if self._request.unconditional else conditions

        async def backup(hooks: Hooks) -> RunResult:
            settings = load_settings(self._locations)
            return await back_up(workshop, settings, self._request, hooks, self._environ, held)

        async def look() -> Overview:
            saved = AccountFile(self._locations.account_file)
            return await overview(workshop.backup_db, self._identity or saved.load())

        async def hold() -> tuple[str, ...]:
            return await held.reasons() if held else ()

        return Supervisor(store, workshop.clock, backup, look, hold, open_page, quit_requested)
