"""The fake of `Realtime` keeps the promises of the real one, which talks to the demo server."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from tests.fakes.realtime import FakeRealtime
from tray_app.adapters.immich.realtime import ImmichRealtime
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.realtime import Action
from tray_app.core.server import SignIn
from tray_app.demo.server import DemoServer

PATIENCE = 15


class Fake:
    def __init__(self):
        self.realtime = FakeRealtime()

    async def tell(self, event, *arguments):
        self.realtime.tell(event, *arguments)

    async def end(self):
        self.realtime.end()

    async def connected(self):
        return self.realtime.listeners

    def with_bad_session(self):
        self.realtime.refusal = NeedsUser("Refused.", need=Need.SIGN_IN)
        return self.realtime


class Demo:
    def __init__(self, server):
        self.server = server
        self.url = f"{server.url}/api"
        self.realtime = ImmichRealtime(SignIn(self.url, access_token=server.add_session()))

    async def tell(self, event, *arguments):
        await asyncio.to_thread(self.server.emit, event, *arguments)

    async def end(self):
        await asyncio.to_thread(self.server.drop_sockets)

    async def connected(self):
        return len(self.server.realtime.connected())

    def with_bad_session(self):
        return ImmichRealtime(SignIn(self.url, access_token="nonsense"))


@asynccontextmanager
async def fake(_folder):
    yield Fake()


@asynccontextmanager
async def demo(folder):
    async with DemoServer(folder / "demo") as server:
        yield Demo(server)


@pytest.fixture(params=[fake, demo], ids=lambda it: it.__name__)
def world(request, tmp_path):
    return request.param(tmp_path)


@asynccontextmanager
async def listening(realtime):
    """Yield a queue of what is heard, and the task that listens."""
    heard: asyncio.Queue = asyncio.Queue()
    task = asyncio.create_task(realtime.listen(heard.put_nowait))
    try:
        yield heard, task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def next_of(heard):
    return await asyncio.wait_for(heard.get(), PATIENCE)


async def test_the_greeting_is_first_and_events_follow_in_their_order(world, both_loops):
    async with world as outside, listening(outside.realtime) as (heard, _):
        greeting = await next_of(heard)
        assert (greeting.action, str(greeting.version)) == (Action.GREETED, "3.0.3")
        await outside.tell("on_something_new", "x")
        await outside.tell("on_upload_success", {"id": "1"})
        await outside.tell("on_asset_stack_update")
        await outside.tell("on_session_delete", "2")
        assert [(await next_of(heard)).action for _ in range(3)] == [
            Action.ADDED,
            Action.SYNC,
            Action.SESSION_ENDED,
        ]


async def test_an_end_of_the_connection_is_an_error_that_may_pass(world):
    async with world as outside, listening(outside.realtime) as (heard, task):
        await next_of(heard)
        await outside.end()
        with pytest.raises(TryLater):
            await asyncio.wait_for(task, PATIENCE)


async def test_a_session_that_is_not_accepted_needs_a_person(world):
    async with world as outside, listening(outside.with_bad_session()) as (heard, task):
        with pytest.raises(NeedsUser) as caught:
            await asyncio.wait_for(task, PATIENCE)
        assert caught.value.need is Need.SIGN_IN
        assert heard.empty()


async def test_cancelling_disconnects(world, both_loops):
    async with world as outside:
        async with listening(outside.realtime) as (heard, task):
            await next_of(heard)
            assert await outside.connected() == 1
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(task, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await outside.connected():
                await asyncio.sleep(0.01)


async def test_one_port_may_listen_again(world):
    async with world as outside:
        for _ in range(2):
            async with listening(outside.realtime) as (heard, _):
                assert (await next_of(heard)).action is Action.GREETED
