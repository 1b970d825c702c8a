"""A computer with photos, a server that wants them, and the product between them."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from tests.demo.rig import Client
from tray_app.adapters.clock import SystemClock
from tray_app.adapters.locations import Locations, find_locations
from tray_app.app.workshop import Workshop, connection, run_options
from tray_app.core.run import RunResult
from tray_app.core.server import SignIn
from tray_app.core.setting_specs import Folder
from tray_app.core.settings import Settings
from tray_app.core.way import Way
from tray_app.demo.records import StoredAsset
from tray_app.demo.server import DemoServer

CHECK = "/api/assets/bulk-upload-check"
UPLOAD = "/api/assets"


def sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def put(path: Path, data: bytes | str, mtime: float | None = None) -> Path:
    """Write a file, its folders too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return path


class Bench:
    """The real engine over real files, SQLite and HTTP; one home folder, one server."""

    def __init__(self, server: DemoServer, folder: Path) -> None:
        self.server = server
        self.photos = folder / "photos"
        self.photos.mkdir()
        self.settings = Settings()
        self.key = server.add_api_key()
        self.near: str | None = None  # a second address of the same server
        self.locations: Locations = find_locations({"IMMICH_TRAY_HOME": str(folder / "home")})
        self.announced: list[str] = []
        self.published: list[object] = []
        self.on_publish: Callable[[object], None] = lambda _state: None
        self.run: object = None

    def put(self, name: str, data: bytes | str, mtime: float | None = None) -> Path:
        return put(self.photos / name, data, mtime)

    async def backup(
        self,
        *roots: Path | Folder,
        key: str | None = None,
        clock: SystemClock | None = None,
        **options: object,
    ) -> RunResult:
        """Do one run of one program from start to end; the counts must add up all the time."""
        shop = Workshop.open(self.locations)
        shop = replace(shop, clock=clock or shop.clock)
        folders = [
            root if isinstance(root, Folder) else Folder(path=os.fspath(root))
            for root in roots or (self.photos,)
        ]
        try:
            return await self._backup(shop, folders, key or self.key, options)
        finally:
            shop.close()

    async def _backup(
        self, shop: Workshop, folders: list[Folder], key: str, options: dict[str, object]
    ) -> RunResult:
        sign_in = self.sign_in(key)
        if self.near:
            way, user = Way(near=(f"{self.near}/api",)), self.server.user()
            sign_in = msgspec.structs.replace(sign_in, way=way, user_id=user.id)
        chosen = replace(run_options(self.settings), **{"quiet": 0.0, "patience": 10.0, **options})
        async with connection(shop, sign_in, self.settings, self._announce) as connected:
            self.run = connected.backup(
                folders, self.settings, chosen, self._publish, self._announce
            )
            result = await self.run.run()
        assert_adds_up(result, ended=result.outcome == "done" and not chosen.dry_run)
        return result

    def sign_in(self, key: str) -> SignIn:
        return SignIn.with_key(f"{self.server.url}/api", key)

    def _announce(self, reason: str, _until: object) -> None:
        self.announced.append(reason)

    def _publish(self, _phase: object, state: object) -> None:
        assert state.remaining >= 0, state
        self.published.append(state)
        self.on_publish(state)

    # What came of it.

    def assets(self) -> list[StoredAsset]:
        return self.server.assets()

    def names(self) -> list[str]:
        return sorted(asset.file_name for asset in self.assets())

    def asset(self, name: str) -> StoredAsset:
        (found,) = [asset for asset in self.assets() if asset.file_name == name]
        return found

    def stored(self) -> list[bytes]:
        """Return the bytes of everything on the server."""
        return sorted(asset.path.read_bytes() for asset in self.assets())

    def checks(self) -> int:
        return self.server.log.count("POST", CHECK)

    def uploads(self) -> int:
        return self.server.log.count("POST", UPLOAD)

    def rows(self, sql: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self.locations.backup_db)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def states(self) -> dict[bytes, str]:
        return dict(self.rows("SELECT sha1, state FROM confirmation"))

    def client(self) -> Client:
        """Return another device of the same person."""
        version = str(self.server.options.version)
        return Client(self.server, version, headers={"x-api-key": self.key})

    def call(self, method: str, path: str, **options: object) -> None:
        with self.client() as client:
            answer = client.request(method, path, **options)
            assert answer.is_success, answer.text

    def upload_elsewhere(self, name: str, data: bytes, **extra: str) -> str:
        """Let another device of the same person send a file; returns its id."""
        with self.client() as client:
            return client.upload(name, data, **extra).json()["id"]

    def delete_elsewhere(self, *ids: str, force: bool = False) -> None:
        """Let another device delete assets: into the trash, or for good."""
        self.call("DELETE", "/api/assets", json={"ids": list(ids), "force": force})


def assert_adds_up(result: RunResult, *, ended: bool) -> None:
    state = result.upload
    found = state.completed_count + state.duplicate_count + state.failed_count + state.remaining
    assert state.total_count == found
    assert state.remaining >= 0
    assert len(result.failures) == state.failed_count
    if ended:
        assert state.remaining == 0


def counts(result: RunResult) -> tuple[int, int, int, int]:
    """Return total, completed, duplicates, failed."""
    state = result.upload
    return state.total_count, state.completed_count, state.duplicate_count, state.failed_count
