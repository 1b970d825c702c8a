"""24 hours of a laptop's life: everything is backed up as soon as the rules allow, never outside.

Each minute is held against the rules by `tests/engine/laptop.py`.
"""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.engine.laptop import NETWORKS, SYNC_MINUTES, laptop
from tray_app.demo.server import DemoServer

DAY = 24 * 60


async def ends_well(it):
    """The rest of the day at home: nothing is left, nothing is there twice."""
    it.network("home")
    it.charger(on=True)
    if it.server_is_down:
        it.restart_server()
    await it.minutes(max(60, int(DAY - it.minute)))
    names = sorted(asset.file_name for asset in it.server.assets())
    assert names == sorted(f"{number}.jpg" for number in range(1, it.count + 1))
    assert it.minute > DAY - 1
    assert len(it.syncs) <= 1 + DAY / SYNC_MINUTES + it.knocks + it.failed_syncs


async def test_a_day_of_work_travel_and_home(tmp_path):
    with DemoServer(tmp_path / "demo") as server:
        async with laptop(server, tmp_path) as it:
            await it.minutes(60)  # the first look at everything, then idle
            assert it.idle_minutes > 20
            assert len(it.syncs) in (4, 5)  # the start, and every quarter of an hour
            it.photo()
            await it.minutes(40)
            assert it.backlog == 0
            await it.sleep(6 * 60)  # the night
            it.photo()
            it.charger(on=False, percent=60)  # breakfast
            await it.minutes(10)
            it.network("metered")  # in the train
            for _ in range(5):
                it.photo()
                await it.minutes(11)
            assert it.backlog == 6
            it.network("captive")  # at the station
            await it.minutes(35)
            it.network("offline")
            await it.sleep(30)
            assert it.backlog == 6
            it.network("home")  # at work, the battery nearly empty
            it.charger(on=False, percent=12)
            await it.minutes(50)
            assert it.backlog == 6
            it.charger(on=True, percent=12)
            await it.minutes(3)
            assert it.backlog == 0
            it.photo()
            it.restart_server()
            await it.minutes(60)
            assert it.backlog == 1
            it.restart_server()
            await it.minutes(20)
            assert it.backlog == 0
            for _ in range(30):  # a new photo every ten minutes: the cap of five hours
                it.photo()
                await it.minutes(10)
            await it.minutes(3)
            assert it.backlog <= 1
            await ends_well(it)


events = st.one_of(
    st.tuples(st.just("photos"), st.integers(1, 4)),
    st.tuples(st.just("network"), st.sampled_from(sorted(NETWORKS))),
    st.tuples(st.just("charger"), st.sampled_from([None, 5.0, 50.0])),
    st.tuples(st.just("server"), st.none()),
    st.tuples(st.just("sleep"), st.integers(5, 300)),
)


async def live(script, folder):
    with DemoServer(folder / "demo") as server:
        async with laptop(server, folder) as it:
            for (what, how), pause in script:
                if it.minute > DAY - 120:
                    break
                match what:
                    case "photos":
                        for _ in range(how):
                            it.photo()
                    case "network":
                        it.network(how)
                    case "charger":
                        it.charger(on=how is None, percent=how or 80.0)
                    case "server":
                        it.restart_server()
                    case "sleep":
                        await it.sleep(how)
                await it.minutes(pause)
            await ends_well(it)


@pytest.mark.timeout(60)
@settings(
    max_examples=5,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # a failing day takes seconds: no shrinking
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(events, st.integers(0, 90)), min_size=20, max_size=40))
def test_any_day(script):
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(script, Path(folder)))
