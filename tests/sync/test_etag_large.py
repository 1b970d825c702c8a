"""50,000 assets with an API key: all 304 the second time, and one month for one change."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.sync.key_client import KeyClient
from tests.sync.test_etag_sync import trace
from tray_app.demo.server import DemoServer


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("number", "version"),
    [
        (5_000, "2.7.5"),
        (5_000, "3.0.3"),
        pytest.param(50_000, "2.7.5", marks=pytest.mark.long),
        pytest.param(50_000, "3.0.3", marks=pytest.mark.long),
    ],
)
async def test_a_large_library_that_did_not_change(tmp_path, record, number, version):
    async with DemoServer(tmp_path / "demo", version=version) as server:
        server.fill(number)
        server.state.db.run("UPDATE asset SET updated_at = '2024-01-01T00:00:00.000Z'")
        client = KeyClient(server, tmp_path / "library.db")
        first = await client.sync()
        assert first.counts.assets == number
        before = trace(client)
        server.log.clear()
        again = await client.sync()
        asked = server.log.entries()
        assert {entry.status for entry in asked} == {304}
        assert again.not_modified == len(asked)
        assert trace(client) == before
        server.log.clear()
        (one, *_) = server.assets()
        server.state.library.change([one.id], {"is_favorite": 1 - one.is_favorite})
        start = time.perf_counter()
        changed = await client.sync()
        seconds = time.perf_counter() - start
        assert changed.applied == (1, 0)
        new = [entry.path for entry in server.log.entries() if entry.status == 200]
        months = [path for path in new if path.startswith("/api/timeline/")]
        assert months == ["/api/timeline/bucket"]
        assert sorted(set(new) - set(months)) == [
            f"/api/assets/{one.id}",
            "/api/search/metadata",  # which details changed besides
        ]
        record(
            assets=number,
            first_s=first.seconds,
            again_s=again.seconds,
            conditional_requests=again.not_modified,
            one_change_s=seconds,
        )
        with closing(sqlite3.connect(client.path)) as connection:
            ((liked,),) = connection.execute(
                "SELECT sum(is_favorite) FROM asset WHERE file_name = ?", (one.file_name,)
            )
        assert liked == 1 - one.is_favorite
