"""A published client of others drives the demo server; what it sees is what our tables hold.

The client (immichpy, generated from the official specifications) has one release for each server
version, each with an environment of its own that `make setup-test` makes. It checks every answer
with its own models; so the demo server is held against somebody else's reading of the protocol.
"""

import base64
import json
import os
import sqlite3
import subprocess
import sys
import uuid
from datetime import datetime
from pathlib import Path

import pytest

from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer

ROOT = Path(__file__).parents[2]
AGENT = Path(__file__).with_name("agent.py")
PHOTO = ROOT / "tray_app" / "demo" / "samples" / "photo.jpg"
ANN = "ann@example.org"
PASSWORDS = {DEMO_EMAIL: DEMO_PASSWORD, ANN: "ann-123"}

ASSET = """SELECT id, owner_id, checksum, file_name, kind, visibility, is_favorite,
  deleted_at IS NOT NULL, local_date_time, file_created_at, file_modified_at, width, height,
  thumbhash FROM asset"""
TABLES = {
    "user": "SELECT id, name, email FROM user",
    "partner": "SELECT shared_by_id, shared_with_id FROM partner",
    "asset": ASSET,
    "exif": "SELECT asset_id, file_size, description FROM exif",
    "album": "SELECT id, name, description FROM album",
    "album_user": "SELECT album_id, user_id, role FROM album_user",
    "album_asset": "SELECT album_id, asset_id FROM album_asset",
    "stack": "SELECT id, primary_asset_id FROM stack",
}
# A listing shows the own assets but locked ones, the own stacks, and of albums what is neither
# trashed nor hidden.
LISTED = TABLES | {
    "asset": f"{ASSET} WHERE owner_id = :me AND visibility <> 'locked'",
    "stack": f"{TABLES['stack']} WHERE owner_id = :me",
    "shown_in_album": f"{TABLES['album_asset']} JOIN asset ON asset.id = asset_id"
    " WHERE deleted_at IS NULL AND visibility IN ('timeline', 'archive')",
}


class Client:
    """The client of others, as a process with packages of its own."""

    def __init__(self, version: str, folder: Path) -> None:
        self._python = Path(sys.prefix) / "clients" / version / "bin" / "python"
        self._folder = folder
        assert self._python.exists(), "the client is not installed; please run `make setup-test`"

    def __call__(self, order: str, url: str, email: str, photos: Path) -> dict:
        done = subprocess.run(
            [self._python, AGENT, order, url, email, photos],
            input=PASSWORDS[email],
            env={"PATH": os.environ["PATH"], "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def photos_of(name: str, folder: Path) -> Path:
    """Return a folder with seven photos like no other."""
    (made := folder / name).mkdir()
    for n in range(7):
        (made / f"{name}-{n}.jpg").write_bytes(PHOTO.read_bytes() + f"{name}{n}".encode())
    return made


def synced(url: str, email: str, folder: Path) -> dict:
    """Let `immich-tray sync` fill a library; return its last line of JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "tray_app", "sync", "--json"],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            "IMMICH_TRAY_HOME": str(folder / "home"),
            "TEST_KEYRING": str(folder / "keyring.json"),
            "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
            "IMMICH_INSTANCE_URL": url,
            "IMMICH_EMAIL": email,
            "IMMICH_PASSWORD": PASSWORDS[email],
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def ours(folder: Path, queries: dict[str, str], me: str) -> dict[str, list[tuple]]:
    """Return what our tables hold, with ids as they are written."""
    connection = sqlite3.connect(folder / "home" / "data" / "library.db")
    try:
        values = {"me": uuid.UUID(me).bytes}
        return {
            name: sorted(map(_written, connection.execute(sql, values)), key=repr)
            for name, sql in queries.items()
        }
    finally:
        connection.close()


def theirs(tables: dict[str, list[list]]) -> dict[str, list[tuple]]:
    """Return what the client found in the same form."""
    return {name: sorted(map(_counted, rows), key=repr) for name, rows in tables.items()}


def _written(row: tuple) -> tuple:
    def value(one):
        if not isinstance(one, bytes):
            return one
        return str(uuid.UUID(bytes=one)) if len(one) == 16 else base64.b64encode(one).decode()

    return tuple(map(value, row))


def _counted(row: list) -> tuple:
    return tuple(_moment(one) if isinstance(one, str) else one for one in row)


def _moment(text: str) -> str | int:
    """Return a time in milliseconds, and any other text as it is."""
    if not text.endswith("+00:00"):
        return text
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.timeout(600)  # five programs one after another, on a machine that may be busy
@pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])
def test_a_client_of_others_sees_what_our_tables_hold(tmp_path, version):
    client = Client(version, tmp_path)
    with DemoServer(tmp_path / "demo", version=version) as server:
        server.add_user(ANN, PASSWORDS[ANN])
        me = server.user().id
        for email in (DEMO_EMAIL, ANN):
            client("act", server.url, email, photos_of(email[:3], tmp_path))
        first = synced(server.url, DEMO_EMAIL, tmp_path)
        found = client("list", server.url, DEMO_EMAIL, tmp_path)
    assert first["assets"] == 7
    listed, streamed = theirs(found["listed"]), theirs(found["streamed"])
    assert len(listed["asset"]) == 6
    assert len(streamed["asset"]) == 14  # with what ann shares
    assert {name: len(rows) for name, rows in listed.items()} | {"asset": 0} == {
        "user": 3,
        "partner": 3,
        "asset": 0,
        "album": 1,
        "album_user": 2,
        "shown_in_album": 2,
        "stack": 1,
    }
    assert ours(tmp_path, {name: LISTED[name] for name in listed}, me) == listed
    assert ours(tmp_path, {name: TABLES[name] for name in streamed}, me) == streamed
