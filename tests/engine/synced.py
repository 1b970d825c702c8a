"""A computer whose person signed in with a password, so that the library is synced."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tests.engine.rig import Bench
from tray_app.app.sync import sync_as, tell_backup
from tray_app.app.workshop import Workshop
from tray_app.core.server import Account, SignIn
from tray_app.core.sync.standing import SyncResult
from tray_app.demo.server import DemoServer


class SyncedBench(Bench):
    """A bench that also syncs; `sign_in_again` as after a sign-out."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        super().__init__(server, folder)
        self.sign_in_again()

    @property
    def me(self) -> str:
        return self.server.user().id

    @staticmethod
    def blob(ident: str) -> bytes:
        return UUID(ident).bytes

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def sign_in_again(self) -> None:
        self.token = self.server.add_session()

    def sign_in(self, key: str) -> SignIn:
        del key
        return SignIn(f"{self.server.url}/api", access_token=self.token)

    async def sync(self, *, full: bool = False) -> SyncResult:
        user = self.server.user()
        shop = Workshop.open(self.locations)
        try:
            result = await sync_as(shop, self.sign_in(""), user.id, full=full)
            await tell_backup(shop, self.sign_in(""), Account(user.id, user.email, user.name))
        finally:
            shop.close()
        return result

    def lose(self, *names: str) -> None:
        """Lose databases, as on a new computer."""
        for name in names:
            for path in self.locations.data.glob(f"{name}.db*"):
                path.unlink()

    def library(self, sql: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self.locations.library_db)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def roll_back(self, ids: list[str]) -> None:
        """Let the server forget assets as after a restore of an old backup: nothing tells it."""
        marks = ",".join("?" * len(ids))
        run = self.server.state.db.run
        run(f"DELETE FROM asset WHERE id IN ({marks})", ids)  # noqa: S608
        run(f"DELETE FROM deletion WHERE kind = 'asset' AND first IN ({marks})", ids)  # noqa: S608
