"""Small pictures: a store that stays within its limit, and a server that may send anything."""

import asyncio
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.fakes.clock import FakeClock
from tray_app.adapters.immich.thumbnails import MOST_BYTES, ServerThumbnails
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.pictures import PictureStore
from tray_app.core.errors import AssetRejected, NeedsUser, TryLater
from tray_app.core.server import SignIn
from tray_app.demo.server import DemoServer

DAY = 86400


@pytest.fixture
def database(tmp_path):
    it = Database(tmp_path / "pictures.db", "pictures")
    yield it
    it.close()


class TestStore:
    async def test_what_is_kept_comes_back_also_after_a_restart(self, database):
        store = PictureStore(database, FakeClock())
        await store.put("a", b"1")
        await store.put("a", b"22")
        assert await store.get("a") == b"22"
        assert await PictureStore(database, FakeClock()).get("a") == b"22"
        assert await store.get("b") is None

    async def test_the_longest_unused_go_first(self, database):
        clock = FakeClock()
        store = PictureStore(database, clock, limit=1000)
        for number in range(10):
            await store.put(f"{number}", bytes(100))
            await clock.advance(1)
        await clock.advance(2 * DAY)
        assert await store.get("0")  # used again
        await store.put("new", bytes(100))
        left = [name for name in map(str, range(10)) if await store.get(name)]
        assert left == ["0", *map(str, range(3, 10))]

    async def test_it_never_grows_beyond_its_limit(self, database):
        clock = FakeClock()
        for run in range(3):
            store = PictureStore(database, clock, limit=10_000)
            for number in range(50):
                await store.put(f"{run}-{number % 30}", bytes(number * 20))
                await clock.advance(1)
                held = database.run_now(
                    lambda conn: conn.execute("SELECT sum(length(data)) FROM picture").fetchone()[0]
                )
                assert held == store._held <= 10_000


@pytest.fixture
def demo(tmp_path):
    with DemoServer(tmp_path / "demo") as server:
        yield server


def upload(demo, name, data):
    fields = {"fileCreatedAt": "2024-05-06T07:08:09.123Z", "fileModifiedAt": "2024-05-06T07:08:09Z"}
    fields |= {"deviceAssetId": name, "deviceId": "t", "isFavorite": "false"}
    answer = httpx.post(
        f"{demo.url}/api/assets",
        headers={"x-api-key": demo.add_api_key()},
        data=fields,
        files={"assetData": (name, data)},
    )
    return answer.json()["id"]


@asynccontextmanager
async def fetching(sign_in):
    asked = []

    async def ask():
        asked.append(1)
        return sign_in

    thumbnails = ServerThumbnails(ask)
    thumbnails.asked = asked
    try:
        yield thumbnails
    finally:
        await thumbnails.close()


class TestServer:
    async def test_a_thumbnail_comes_and_the_sign_in_is_asked_once(self, demo):
        ids = [upload(demo, f"{n}.jpg", b"\xff\xd8 %d" % n) for n in range(4)]
        async with fetching(SignIn.with_key(f"{demo.url}/api", demo.add_api_key())) as it:
            found = await asyncio.gather(*map(it.fetch, ids))
            assert found == [b"\xff\xd8 %d" % n for n in range(4)]
            assert len(it.asked) == 1

    async def test_what_has_none_and_what_is_refused_are_told(self, demo):
        video = upload(demo, "a.mp4", b"video")
        async with fetching(SignIn.with_key(f"{demo.url}/api", demo.add_api_key())) as it:
            with pytest.raises(AssetRejected):
                await it.fetch("00000000-0000-4000-8000-000000000000")
        async with fetching(SignIn(f"{demo.url}/api", access_token="wrong")) as it:
            for _ in range(2):
                with pytest.raises(NeedsUser):
                    await it.fetch(video)
            assert len(it.asked) == 2  # the person may have signed in again

    async def test_an_endless_picture_is_cut(self, demo):
        large = upload(demo, "a.jpg", bytes(MOST_BYTES + 1))
        async with fetching(SignIn.with_key(f"{demo.url}/api", demo.add_api_key())) as it:
            with pytest.raises(TryLater, match="more than"):
                await it.fetch(large)
