"""The real sync over real HTTP and SQLite, against a server whose lines a test writes."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes.changes import Server, change_server, ident
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.blocks import Limits
from tray_app.adapters.immich.http import connected
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.server import SignIn
from tray_app.core.sync.standing import Owner, SyncResult
from tray_app.engine.sync_run import SyncRun

ME = Owner(ident("me"), "session-1")


class Bench:
    """One library and one server."""

    def __init__(self, server: Server, database: Database) -> None:
        self.server = server
        self.database = database
        self.library = Library(database)
        self.owner = ME
        self.limits = Limits(silence=5.0)
        self.batch_lines = 20_000

    async def sync(self, *, full: bool = False) -> SyncResult:
        async with connected(SignIn(self.server.url, access_token="t")) as http:
            changes = ImmichChanges(http, self.limits)
            run = SyncRun(
                changes, self.library, SystemClock(), self.owner, batch_lines=self.batch_lines
            )
            return await run.run(full=full)

    def rows(self, query: str, *values: object) -> list[tuple]:
        """Look into the file as another program would."""
        connection = sqlite3.connect(self.database.path)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def names(self) -> list[str]:
        return [row[0][:-4] for row in self.rows("SELECT file_name FROM asset ORDER BY 1")]


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    database = Database(folder / "library.db", "library", durable=True)
    try:
        async with change_server() as server:
            yield Bench(server, database)
    finally:
        database.close()
