"""Files called backed up whose asset is gone are found, told, and wait for a person."""

from datetime import timedelta

from tests.engine.rig import sha1
from tray_app.adapters.clock import SystemClock
from tray_app.engine.run import audit
from tray_app.engine.run.checking import LARGEST_CHECK


class Later(SystemClock):
    """A clock that is hours ahead."""

    def __init__(self, hours):
        self._ahead = timedelta(hours=hours)

    def now(self):
        return super().now() + self._ahead


async def lost_one(bench):
    """One of what was backed up is gone, and nothing tells it."""
    bench.put("lost.jpg", "lost")
    bench.put("kept.jpg", "kept")
    await bench.backup()
    bench.roll_back([bench.asset("lost.jpg").id])


async def test_once_a_day_although_every_run_has_something_to_send(synced):
    await lost_one(synced)
    found = []
    for hours in (1, 20, 25, 30, 50):
        synced.put(f"{hours}.jpg", f"new {hours}")
        result = await synced.backup(clock=Later(hours))
        found.append((result.checked, result.missing))
    assert found == [(0, 0), (0, 0), (4, 1), (0, 1), (6, 1)]
    assert synced.states()[sha1(b"lost")] == "missing"
    assert synced.names().count("lost.jpg") == 0


async def test_an_asset_that_is_back_is_backed_up_again(synced):
    await lost_one(synced)
    assert (await synced.backup()).missing == 1
    synced.upload_elsewhere("lost.jpg", b"lost")
    assert (await synced.backup()).missing == 0
    assert synced.states()[sha1(b"lost")] == "duplicate"


async def test_what_the_library_lacks_is_asked_about_first(bench_synced, monkeypatch):
    """Of a million files a rolling look would take months to come to it."""
    bench = bench_synced
    for n in range(12):
        bench.put(f"{n}.jpg", f"photo {n}")
    await bench.backup()
    bench.roll_back([bench.asset("11.jpg").id])
    bench.lose("library")
    bench.sign_in_again()
    await bench.sync()
    bench.rows("UPDATE confirmation SET checked_at = '2020-01-01T00:00:00+00:00'")
    recent = bench.now().isoformat()
    bench.library("UPDATE meta SET value = ? WHERE key = 'since'", recent)
    bench.rows("UPDATE confirmation SET checked_at = '2021' WHERE sha1 = ?", sha1(b"photo 11"))
    monkeypatch.setattr(audit, "LARGEST_CHECK", 3)
    result = await bench.backup()
    assert (result.checked, result.missing) == (3, 1)
    assert LARGEST_CHECK == 5000


async def test_a_dry_run_asks_nothing_more_than_it_must(synced):
    await lost_one(synced)
    synced.put("new.jpg", "new")
    result = await synced.backup(clock=Later(25), dry_run=True)
    assert (result.checked, result.missing) == (0, 0)
