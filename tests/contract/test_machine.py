"""The fake machine keeps the promises of the real ones."""

import asyncio
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from dbus_fast import Variant

from tests.fakes.machine import FakeMachine
from tests.rig.system_bus import UPOWER, running_bus, upower
from tray_app.core.conditions import Readings
from tray_app.desktop.pick import pick_machine


@asynccontextmanager
async def fake(monkeypatch):
    machine = FakeMachine(Readings(on_ac=True))
    yield machine, lambda: machine.change(on_ac=not machine.readings.on_ac)


@asynccontextmanager
async def linux(monkeypatch):
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,
        running_bus(Path(folder, "bus")) as address,
    ):
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        async with (
            upower(address, on_battery=False, percent=80) as power,
            pick_machine() as machine,
        ):

            def unplug_or_plug():
                now = power.properties[UPOWER]["OnBattery"].value
                power.change(*UPOWER, OnBattery=Variant("b", not now))

            yield machine, unplug_or_plug


@pytest.fixture(params=[fake, linux], ids=lambda it: it.__name__)
def any_machine(request, monkeypatch):
    return request.param(monkeypatch)


async def test_it_tells_what_changed(any_machine):
    async with any_machine as (machine, change):
        assert (await machine.read()).on_ac is True
        heard = asyncio.Event()
        machine.on_change(heard.set)
        change()
        await asyncio.wait_for(heard.wait(), 1)
        assert (await machine.read()).on_ac is False


async def test_who_has_ended_hears_nothing_and_the_others_do(any_machine):
    async with any_machine as (machine, change):
        await machine.read()
        gone, there = [], asyncio.Event()
        end = machine.on_change(lambda: gone.append(1))
        machine.on_change(there.set)
        end()
        end()
        change()
        await asyncio.wait_for(there.wait(), 1)
        assert not gone


async def test_one_listener_twice_is_two(any_machine):
    async with any_machine as (machine, change):
        await machine.read()
        heard = asyncio.Event()
        end = machine.on_change(heard.set)
        machine.on_change(heard.set)
        end()
        change()
        await asyncio.wait_for(heard.wait(), 1)


async def test_a_listener_may_end_itself(any_machine):
    async with any_machine as (machine, change):
        await machine.read()
        first, second = asyncio.Event(), asyncio.Event()

        def once():
            end()
            first.set()

        end = machine.on_change(once)
        machine.on_change(second.set)
        change()
        await asyncio.wait_for(asyncio.gather(first.wait(), second.wait()), 1)


async def test_many_may_read_at_once_and_within_a_second(any_machine):
    async with any_machine as (machine, _):
        begin = time.monotonic()
        answers = await asyncio.gather(*(machine.read() for _ in range(20)))
        assert time.monotonic() - begin < 1
        assert {it.on_ac for it in answers} == {True}
