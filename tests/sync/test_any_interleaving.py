"""Any interleaving of changes, cut streams, lost and repeated acks, resets and crashes ends in
tables equal to the server's state, by either way to sync and by both on one library (issue 4;
the promise of design section 3)."""

import asyncio
import tempfile
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.sync.client import Client
from tests.sync.key_client import Faults, KeyClient
from tests.sync.world import CHANGES, PEOPLE, World
from tray_app.core.errors import TryLater
from tray_app.demo.options import Version
from tray_app.demo.server import DemoServer

change = st.tuples(st.sampled_from(CHANGES), st.sampled_from(PEOPLE), st.integers(0, 2))
trouble = st.one_of(
    st.just(("sync",)),
    st.just(("sync",)),
    st.tuples(st.just("cut"), st.integers(0, 6000), st.sampled_from([1, 7, 20_000])),
    st.tuples(
        st.just("ack"),
        st.sampled_from(["crash before ack", "answer lost"]),
        st.sampled_from([1, 7, 20_000]),
    ),
    st.tuples(st.just("repeat"), st.integers(0, 50)),
    st.just(("full",)),
    st.just(("pending reset",)),
    st.just(("sign in again",)),
    st.just(("lost database",)),
    st.just(("upgrade",)),
    st.just(("31 days",)),
)

numbers = st.integers(0, 70)
by_key = st.one_of(
    st.just(("key", "sync")),
    st.just(("key", "sync")),
    st.just(("key", "full")),
    st.just(("key", "new key")),
    st.tuples(st.just("key"), st.sampled_from(["request", "answer", "before", "after"]), numbers),
    st.tuples(st.just("key"), st.just("meanwhile"), st.dictionaries(numbers, change, max_size=4)),
)


async def play(
    steps: list[tuple], folder: Path, version: str, *, filled: bool, key: bool = False
) -> None:
    async with DemoServer(folder / "demo", version=version) as server:
        world, client = World(server), Client(server, folder)
        key_client = KeyClient(server, client.path)
        last = key_client if key else client
        if filled:
            world.fill()
            await last.sync()
        for step in steps:
            if step[0] == "key":
                await key_step(step[1:], world, key_client)
            else:
                await step_of(step, world, client)
        await last.sync()
        last.check(world)


async def key_step(step: tuple, world: World, client: KeyClient) -> None:
    match step:
        case ("sync" | "full" as kind,):
            await client.sync(full=kind == "full")
            client.check(world)
        case ("new key",):
            client.new_key()
        case ("meanwhile", changes):
            happening = {
                at: partial(getattr(world, name), owner, n)
                for at, (name, owner, n) in changes.items()
            }
            await client.sync(faults=Faults(meanwhile=happening))
        case (fault, at):
            with suppress(TryLater):
                await client.sync(faults=Faults(**{fault: at}))


async def step_of(step: tuple, world: World, client: Client) -> None:
    match step:
        case ("sync" | "full" as kind,):
            await client.sync(full=kind == "full")
            client.check(world)
        case ("cut", at, lines):
            with suppress(TryLater):
                await client.sync(cut=at, lines=lines)
        case ("ack", fault, lines):
            with suppress(TryLater):
                await client.sync(fault=fault, lines=lines)
        case ("repeat", n):
            await client.repeat(n)
        case (event,):
            happen(event, world.server, client)
        case (name, owner, n):
            getattr(world, name)(owner, n)


def happen(event: str, server: DemoServer, client: Client) -> None:
    match event:
        case "pending reset":
            session = server.state.accounts.session_by_token(client.session.access_token)
            server.state.accounts.set_pending_reset(session.user_id, session.id, pending=True)
        case "sign in again":
            client.sign_in()
        case "lost database":  # both clients' library
            for path in client.path.parent.glob("library.db*"):
                path.unlink()
        case "31 days":  # the server forgets deletions by then, and resets who stayed away
            server.advance(timedelta(days=31))
            client.clock.ahead += timedelta(days=31)
            server.state.db.run("DELETE FROM deletion")
        case "upgrade":
            object.__setattr__(server.options, "version", Version.parse("3.0.3"))


@pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rounds=st.lists(
        st.tuples(st.lists(change, min_size=2, max_size=8), trouble), min_size=2, max_size=10
    ),
    filled=st.sampled_from([True, True, True, False]),
)
@example(rounds=[([("part", "ann", 0)], ("sync",))], filled=True)
@example(rounds=[([("part", "ann", 0), ("unshare", "ann", 0)], ("pending reset",))], filled=True)
@example(rounds=[([("delete", "me", 0), ("part", "bob", 0)], ("lost database",))], filled=True)
@example(rounds=[([("delete", "me", 0), ("delete", "ann", 1)], ("pending reset",))], filled=True)
@example(rounds=[([("unshare", "ann", 0), ("share", "ann", 0)], ("sync",))], filled=True)
@example(rounds=[([("part", "ann", 0), ("befriend", "ann", 0)], ("sync",))], filled=True)
@example(rounds=[([("delete", "me", 0), ("like", "me", 2)], ("sign in again",))], filled=True)
@example(rounds=[([("like", "me", 0)], ("cut", 2500, 1)), ([], ("upgrade",))], filled=True)
@example(rounds=[([("delete", "me", 0), ("part", "ann", 0)], ("31 days",))], filled=True)
@example(
    rounds=[
        ([("like", "me", 0)], ("sign in again",)),
        ([("like", "me", 0)], ("cut", 3000, 1)),
        ([("delete", "me", 0)], ("31 days",)),
    ],
    filled=True,
)
@example(rounds=[([("like", "me", 0)], ("ack", "crash before ack", 1))], filled=True)
def test_the_tables_equal_the_servers_state(version, rounds, filled):
    steps = [step for changes, then in rounds for step in (*changes, then)]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(steps, Path(folder), version, filled=filled))


CASES = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def rounds_of(troubles: st.SearchStrategy) -> st.SearchStrategy:
    some = st.tuples(st.lists(change, min_size=2, max_size=8), troubles)
    return st.lists(some, min_size=2, max_size=8)


@pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])
@CASES
@given(rounds=rounds_of(by_key), filled=st.sampled_from([True, True, False]))
def test_with_an_api_key_too(version, rounds, filled):
    steps = [step for changes, then in rounds for step in (*changes, then)]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(steps, Path(folder), version, filled=filled, key=True))


@pytest.mark.parametrize("version", ["2.7.5", "3.0.3"])
@CASES
@given(rounds=rounds_of(st.one_of(trouble, by_key, by_key)), key=st.booleans())
def test_by_turns_on_one_library(version, rounds, key):
    steps = [step for changes, then in rounds for step in (*changes, then)]
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(steps, Path(folder), version, filled=True, key=key))
