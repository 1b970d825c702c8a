"""A client of the demo server whose syncs go wrong in a chosen way."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx

from tests.sync.world import IN_THE_LIBRARY, World, ordered
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.immich.blocks import Limits
from tray_app.adapters.immich.http import Http, connected
from tray_app.adapters.immich.stream import ImmichChanges
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.errors import TryLater
from tray_app.core.server import SignIn
from tray_app.core.sync.standing import Owner, SyncResult
from tray_app.demo.server import DemoServer
from tray_app.engine.sync_run import SyncRun


class Cut:
    """A response whose connection breaks after some bytes."""

    def __init__(self, response: httpx.Response, at: int) -> None:
        self.headers, self.status_code = response.headers, response.status_code
        self._response, self._left = response, at
        self.aclose = response.aclose

    async def aiter_raw(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_raw():
            yield piece[: self._left]
            if (left := self._left - len(piece)) <= 0:
                raise httpx.ReadError("cut")
            self._left = left


class CutHttp:
    """The way to the server, cut once."""

    def __init__(self, http: Http, at: int | None) -> None:
        self._http, self._at = http, at
        self.address, self.get, self.send = http.address, http.get, http.send

    @asynccontextmanager
    async def streamed(self, *arguments):
        async with self._http.streamed(*arguments) as response:
            at, self._at = self._at, None
            yield response if at is None else Cut(response, at)


class FaultyChanges(ImmichChanges):
    """Acks that do not arrive, whose answer is lost, or that come again."""

    def __init__(self, http, limits, fault: str, sent: list[str]) -> None:
        super().__init__(http, limits)
        self._fault, self.sent = fault, sent

    async def acknowledge(self, acks: Sequence[str]) -> None:
        fault, self._fault = self._fault, ""
        if fault == "crash before ack":
            raise TryLater("crashed")
        await super().acknowledge(acks)
        self.sent += acks
        if fault == "answer lost":
            raise TryLater("the answer was lost")


class LaterClock(SystemClock):
    """The clock of this computer, moved along with the server's."""

    ahead = timedelta()

    def now(self):
        return super().now() + self.ahead


class Client:
    """One computer: a library, a session, and syncs that go wrong in a chosen way."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        self.server = server
        self.path = folder / "library.db"
        self.sent: list[str] = []
        self.clock = LaterClock()
        self.limits = Limits(silence=20, block=200)
        self.sign_in()

    def sign_in(self) -> None:
        self.session = SignIn(f"{self.server.url}/api", access_token=self.server.add_session())
        self.sent.clear()

    async def sync(
        self, *, full: bool = False, cut: int | None = None, fault: str = "", lines: int = 20_000
    ) -> SyncResult:
        database = Database(self.path, "library")
        owner = Owner(self.server.user().id, self.session.fingerprint)
        try:
            async with connected(self.session) as http:
                changes = FaultyChanges(CutHttp(http, cut), self.limits, fault, self.sent)
                run = SyncRun(changes, Library(database), self.clock, owner, batch_lines=lines)
                return await run.run(full=full)
        finally:
            database.close()

    async def repeat(self, n: int) -> None:
        """Acknowledge something again that was acknowledged before."""
        if self.sent:
            await self.acknowledge(self.sent[n % len(self.sent)])

    async def acknowledge(self, ack: str) -> None:
        async with connected(self.session) as http:
            await ImmichChanges(http).acknowledge([ack])

    def tables(self) -> dict[str, list[tuple]]:
        connection = sqlite3.connect(self.path)
        try:
            return {
                name: ordered(connection.execute(sql).fetchall())
                for name, sql in IN_THE_LIBRARY.items()
            }
        finally:
            connection.close()

    def check(self, world: World) -> None:
        ours, theirs = self.tables(), world.seen_by_me()
        for name, rows in theirs.items():
            assert ours[name] == rows, name
