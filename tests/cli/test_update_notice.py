"""`doctor` says which version this is, and what was read of a newer one, without asking."""

import asyncio
from datetime import UTC, datetime

from tests.fakes.machine import FakeMachine
from tests.fakes.site import Answer, serving
from tray_app.adapters.locations import find_locations
from tray_app.adapters.updates import CheckFile
from tray_app.app.updates import looking_for_updates
from tray_app.app.workshop import Workshop
from tray_app.core.settings import Settings
from tray_app.core.updates import Announcement, Checked
from tray_app.engine.notes import Notes
from tray_app.engine.store import Store
from tray_app.ui.window_view import window_view


def version_line(run):
    return next(row for row in run("doctor", "--json").json["checks"] if row["name"] == "Version")


def test_doctor_tells_of_a_newer_version_only_where_wanted_and_asks_nobody(run):
    assert version_line(run)["state"] == "ok"
    home = find_locations({"IMMICH_TRAY_HOME": str(run.home)})
    CheckFile(home.update_file).save(
        Checked(datetime.now(UTC), found=Announcement("99.0.0", "https://example.org/99"))
    )
    assert version_line(run)["state"] == "ok"
    with serving({"/new": Answer({"version": "99.0.0"})}) as site:
        assert run("settings", "set", "updateCheckUrl", f"{site.url}/new").code == 0
        assert run("settings", "set", "updateCheck", "on").code == 0
        line = version_line(run)
    assert site.asked == []
    assert line["state"] == "note"
    assert "Version 99.0.0" in line["words"]
    assert "https://example.org/99" in line["words"]
    run("settings", "set", "updateMuted", "99.0.0")
    assert version_line(run)["state"] == "ok"


async def test_the_running_program_asks_a_real_server_and_notes_it_in_its_window(tmp_path):
    store = Store()
    noted = asyncio.Event()
    store.subscribe(lambda snapshot: noted.set() if snapshot.notes else None)
    workshop = Workshop.open(find_locations({"IMMICH_TRAY_HOME": str(tmp_path)}))
    with serving({"/new": Answer({"version": "99.0.0"})}) as site:
        wanted = Settings(update_check=True, update_check_url=f"{site.url}/new")
        async with looking_for_updates(workshop, FakeMachine(), Notes(store)) as check:
            check.settings_changed(wanted)
            await asyncio.wait_for(noted.wait(), 20)
    workshop.close()
    assert len(site.asked) == 1
    assert "Version 99.0.0" in window_view(store.snapshot, datetime.now(UTC)).history[-1]
