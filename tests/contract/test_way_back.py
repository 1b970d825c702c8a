"""Port `Way`: the same promises by the loopback address and by the scheme of the phone app."""

import asyncio
import tempfile
from pathlib import Path

import httpx
import pytest

from tray_app.adapters.locations import find_locations
from tray_app.adapters.loopback import Loopback
from tray_app.adapters.scheme import Scheme, hand_over
from tray_app.core.oauth import Returned, judge


class Sign:
    def __init__(self, state):
        self.state, self.redirect, self.taken = state, "", []

    def offer(self, text):
        ok = isinstance(judge(text, self.redirect, self.state), Returned) and not self.taken
        self.taken += [text] * ok
        return ok


class ByLoopback:
    def __init__(self, folder):
        self.way = Loopback()

    async def come_back(self, url):
        try:
            async with httpx.AsyncClient() as browser:
                return (await browser.get(url)).status_code == 200
        except httpx.ConnectError:
            return False


class ByScheme:
    def __init__(self, folder):
        self.locations = find_locations({"IMMICH_TRAY_HOME": str(folder)})
        self.locations.create()
        self.registered = 0
        self.way = Scheme(self.locations, {}, self.register)

    async def register(self):
        self.registered += 1

    async def come_back(self, url):
        return await asyncio.to_thread(hand_over, self.locations, {}, url)


@pytest.fixture
def short():
    """A folder in which sockets may be: their paths have 108 bytes."""
    with tempfile.TemporaryDirectory(prefix="way-") as folder:
        yield Path(folder)


@pytest.fixture(params=[ByLoopback, ByScheme])
def means(request, short):
    return request.param(short)


async def test_what_comes_back_is_offered_and_the_bringer_hears_whether_it_was_taken(
    means, both_loops
):
    sign = Sign("S")
    async with means.way.open(sign.offer) as sign.redirect:
        good = f"{sign.redirect}?code=c&state=S"
        assert not await means.come_back(good.replace("state=S", "state=T"))
        assert await means.come_back(good)
        assert not await means.come_back(good)  # a replay
    assert sign.taken == [good]
    assert not await means.come_back(good)  # nobody listens any more


async def test_two_at_once_do_not_take_each_others(means, both_loops):
    first, second = Sign("A"), Sign("B")
    async with (
        means.way.open(first.offer) as first.redirect,
        means.way.open(second.offer) as second.redirect,
    ):
        assert await means.come_back(f"{second.redirect}?code=c&state=B")
        assert await means.come_back(f"{first.redirect}?code=c&state=A")
    assert (len(first.taken), len(second.taken)) == (1, 1)


async def test_it_ends_when_it_is_cancelled(means, both_loops):
    listening = asyncio.Event()

    async def wait():
        async with means.way.open(Sign("S").offer):
            listening.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await listening.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_socket_left_by_a_killed_sign_in_harms_nobody(short):
    means = ByScheme(short)
    sign = Sign("S")
    async with means.way.open(sign.offer) as sign.redirect:
        [socket] = means.locations.cache.glob("immich-tray-back-*.sock")
        assert socket.stat().st_mode & 0o777 == 0o600
        dead = socket.with_name("immich-tray-back-00000000.sock")
        dead.touch()
        assert await means.come_back(f"{sign.redirect}?code=c&state=S")
    assert means.registered == 1
    assert [path.name for path in means.locations.cache.iterdir()] == [dead.name]


async def test_without_a_place_to_listen_pasting_is_left(tmp_path):
    means = ByScheme(tmp_path)
    means.locations.cache.rmdir()
    async with means.way.open(Sign("S").offer) as redirect:
        assert redirect == "app.immich:///oauth-callback"
