"""What becomes of a server while the real program runs, and who answers there (issue 6)."""

import pytest

from tests.faults.trial import another_identity, trial
from tests.rig.processes import RigError, wait_until
from tray_app.demo.faults import Maintenance, MissingPermission, SlowRead
from tray_app.demo.process import serve_in_process

TIMEOUT = pytest.mark.timeout(300)


def said_in_status(it, words):
    """Wait until the program tells it; return all it tells."""

    def told():
        status = it.status()
        told = " ".join([*status["reasons"], *status["syncReasons"]])
        return told if words in told else ""

    try:
        return wait_until(words, told, 60)
    except RigError:
        raise AssertionError((words, it.status(), it.said()[-2000:])) from None


@TIMEOUT
def test_another_identity_at_the_address_gets_nothing_until_confirmed(tmp_path):
    """The same name, password and even token, but another user: told, and nothing is sent."""
    with trial(tmp_path / "t", "identity", files=20) as it:
        wait_until("running program", it.running, 30)
        assert it.command("backup", "--once").returncode == 0
        port = int(it.server.url.rpartition(":")[2])
        it.server.stop()
        folder = another_identity(it.place / "server", it.place / "other")
        with serve_in_process(folder, version=it.version, port=port) as other:
            it.on_add(8)
            done = it.command("backup", "--once", "--json")
            assert done.returncode == 3, done
            it.command("sync", "--once")
            assert "Another account" in done.stderr + said_in_status(it, "Another account")
            sent = {(one.method, one.path) for one in other.log.entries() if one.method != "GET"}
            assert not {path for _, path in sent if path.startswith(("/api/assets", "/api/sync"))}
            assert other.assets("who@example.org") == []
        it.server = serve_in_process(it.place / "server", version=it.version, port=port)
        before = it.looks()
        it.calm()
        it.verdict(before)


@pytest.mark.long
@TIMEOUT
def test_an_upgrade_a_sign_out_and_lost_permissions_in_the_middle_of_a_run(tmp_path):
    with trial(tmp_path / "t", "upgrade", files=30, version="2.7.5") as it:
        it.server.faults.add(SlowRead(bytes_per_second=100_000))
        wait_until("upload under way", lambda: it.server.log.count("POST", "/api/assets"), 60)
        it.on_upgrade(0)
        it.server.faults.add(MissingPermission(permission="asset.upload"))
        it.on_add(3)
        it.command("backup", "--once")
        said_in_status(it, "asset.upload")
        it.server.faults.clear()
        it.server.faults.add(Maintenance(times=None))
        it.command("sync", "--once", seconds=120)
        it.server.faults.clear()
        it.on_sign_out(0)
        it.command("backup", "--once")
        said_in_status(it, "no longer accepts")
        before = it.looks()
        it.calm()
        it.verdict(before)
