"""The syncing of the tray program as it is wired, without its windows: all parts real."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.demo.rig import FIELDS
from tests.fakes.machine import FakeMachine
from tray_app.adapters.locations import find_locations
from tray_app.app.session import open_session
from tray_app.app.sync_accounts import Accounts, pick_accounts
from tray_app.app.syncing import serving, syncing_parts
from tray_app.app.workshop import Workshop
from tray_app.core.account import Identity, Method
from tray_app.core.conditions import Medium, Readings, Rules
from tray_app.core.server import SignIn
from tray_app.core.settings import Settings
from tray_app.core.sync_schedule import SyncState
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer
from tray_app.engine.conditions import Conditions
from tray_app.engine.foreground import Foreground
from tray_app.engine.syncing import Syncing

PATIENCE = 30.0  # seconds, for a busy machine
AT_HOME = Readings(online=True, captive=False, medium=Medium.WIFI, network_id="home", on_ac=True)


class Program:
    """One computer; `states` are what a person was shown, newest last."""

    def __init__(self, folder: Path) -> None:
        self.locations = find_locations({"IMMICH_TRAY_HOME": str(folder)})
        self.workshop = Workshop.open(self.locations)
        self.machine = FakeMachine(AT_HOME)
        self.conditions = Conditions(self.machine, Rules, self.workshop.clock)
        self.foreground = Foreground()
        self.settings = Settings()
        self.states: list[SyncState | None] = []
        self.changes = 0  # how often the library was said to have changed
        self.full: list[bool] = []
        self.syncing: Syncing

    def begin(self, accounts: Accounts) -> None:
        parts = syncing_parts(
            self.workshop,
            accounts,
            lambda: self.settings,
            self.conditions,
            self.foreground,
            self.states.append,
        )
        self.workshop.library_db.listen(lambda _touched: self._count())
        self.syncing = Syncing(parts)

    def _count(self) -> None:
        self.changes += 1

    @property
    def state(self) -> SyncState | None:
        return self.states[-1] if self.states else None

    @property
    def syncs(self) -> int:
        """Count the syncs that began."""
        pairs = zip([None, *self.states], self.states, strict=False)
        return sum(1 for old, new in pairs if new and new.running and not (old and old.running))

    async def until(self, met: Callable[[], Any], what: str = "") -> Any:
        """Wait until it is so; a busy machine may take its time."""
        async with asyncio.timeout(PATIENCE):
            while not (found := met()):
                await asyncio.sleep(0.01)
        return found

    async def until_synced(self, count: int = 1) -> None:
        await self.until(lambda: self.syncs >= count and self.state and not self.state.running)

    async def until_listening(self) -> None:
        await self.until(lambda: self.syncing._listening and self.syncing._listening.connected)

    async def until_quiet(self) -> int:
        """Wait for the syncs of the start: one at once, one as the server lets us listen."""
        await self.until_listening()
        await self.until(lambda: self.state and not self.state.running and self._nothing_asked())
        return self.syncs

    def _nothing_asked(self) -> bool:
        service = self.syncing._service
        return service is not None and not service._schedule.asked

    def rows(self, query: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self.locations.library_db)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def names(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT file_name FROM asset ORDER BY 1")]


@asynccontextmanager
async def running(
    folder: Path,
    server: DemoServer | None = None,
    environ: Mapping[str, str] | None = None,
    **readings: Any,
) -> AsyncIterator[Program]:
    """Let it run; with a `server` as a session there, else as whoever is signed in."""
    program = Program(folder)
    program.machine.change(**readings)
    try:
        accounts = pick_accounts(program.workshop, environ or {}, *_signed_in(server))
        program.begin(accounts)
        async with serving(program.syncing, accounts):
            yield program
    finally:
        program.workshop.close()


def _signed_in(server: DemoServer | None) -> tuple[SignIn, Identity] | tuple[()]:
    if server is None:
        return ()
    user, token = server.user(), server.add_session()
    url = f"{server.url}/api"
    identity = Identity(url, user.id, user.email, user.name, Method.PASSWORD)
    return SignIn(url, access_token=token), identity


class Phone:
    """Another client of the same person."""

    def __init__(self, server: DemoServer) -> None:
        self._server = server
        self._headers = {"Authorization": f"Bearer {server.add_session()}"}

    async def upload(self, name: str) -> str:
        answer = await self._post(
            "assets", data=FIELDS, files={"assetData": (name, f"photo {name}".encode())}
        )
        return str(answer["id"])

    async def make_album(self, name: str) -> str:
        return str((await self._post("albums", json={"albumName": name}))["id"])

    async def _post(self, path: str, **content: Any) -> Any:
        async with httpx.AsyncClient(headers=self._headers) as http:
            answer = await http.post(f"{self._server.url}/api/{path}", **content)
        answer.raise_for_status()
        return answer.json()

    async def delete(self, asset_id: str) -> None:
        async with httpx.AsyncClient(headers=self._headers) as http:
            body = {"ids": [asset_id], "force": True}
            answer = await http.request("DELETE", f"{self._server.url}/api/assets", json=body)
        answer.raise_for_status()


async def sign_in(
    program: Program, server: DemoServer, email: str = DEMO_EMAIL, password: str = DEMO_PASSWORD
) -> None:
    """Do what `immich-tray login` does."""
    session = open_session(program.locations, {})
    await session.sign_in_with_password(f"{server.url}/api", email, password)
    program.syncing.account_changed()


async def sign_out(program: Program) -> None:
    await open_session(program.locations, {}).sign_out()
    program.syncing.account_changed()
