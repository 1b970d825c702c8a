"""What the running program noticed reaches a person: `status`, `doctor` and their JSON."""

import asyncio
import os
from datetime import UTC, datetime

import pytest

from tray_app.adapters.locations import find_locations
from tray_app.app.channel import only_instance, open_to_others
from tray_app.cli import checks
from tray_app.engine.foreground import Foreground
from tray_app.engine.notes import Notes
from tray_app.engine.store import Store

FULL = "/photos: That is used up. To allow more, type: sudo sysctl fs.inotify.max_user_watches=9"


@pytest.fixture
def told(run):
    """Ask by the command line while a program with this note runs."""

    def tell(*words):
        async def main():
            locations = find_locations(run.environ)
            locations.create()
            store = Store()
            Notes(store).say("watching", (FULL,))
            async with (
                only_instance(locations, run.environ),
                open_to_others(
                    locations,
                    run.environ,
                    store,
                    None,
                    None,
                    Foreground(),
                    lambda: datetime.now(UTC),
                ),
            ):
                return await asyncio.to_thread(run, *words)

        return asyncio.run(main())

    return tell


def test_status_tells(told):
    assert f"Note: {FULL}" in told("status").out
    assert told("status", "--json").json["notes"] == [FULL]


def test_doctor_tells(run, told):
    run("settings", "set", "backgroundBackup", "true")
    assert f"note    Running program: {FULL}" in told("doctor").out


def test_doctor_without_a_running_program_looks_whether_there_is_room(run):
    run("settings", "set", "backgroundBackup", "true")
    found = {check["name"]: check["state"] for check in run("doctor", "--json").json["checks"]}
    assert found["Folder watching"] == "ok"


@pytest.mark.skipif(os.name == "nt", reason="Linux's limit")
def test_too_many_folders_are_said_with_the_line_to_type():
    finding = checks.room_to_watch(3_000_000_000)
    assert finding.state is checks.State.NOTE
    assert finding.remedy.startswith("To allow more, type: sudo sysctl fs.inotify.")
    assert int(finding.remedy.rpartition("=")[2]) >= 3_000_000_000


def test_each_source_replaces_only_its_own():
    store = Store()
    notes = Notes(store)
    notes.say("watching", ("one",))
    notes.say("cards", ("two", "three"))
    notes.say("watching", ())
    assert store.snapshot.notes == ("two", "three")
