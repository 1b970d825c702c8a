"""Automatic backup by the real program: nobody asks, and settings act at once (issue 3)."""

import json

import pytest

from tests.desktop.test_program import home, immich_tray, running_program, server  # noqa: F401
from tests.desktop.test_tray import icon_in_tray
from tests.rig.processes import RigError, wait_until
from tray_app.demo.samples import write_samples

pytestmark = pytest.mark.desktop


@pytest.fixture
def photos(server, home, tmp_path):  # noqa: F811
    samples = write_samples(tmp_path / "photos", 12)
    signed_in = immich_tray(
        home, "login", server.url, "--api-key", text=f"{server.add_api_key()}\n"
    )
    assert signed_in.returncode == 0, signed_in.stderr
    setting(home, "folders", str(tmp_path / "photos"))
    setting(home, "scheduledBackup", "false")
    return samples


def setting(env, key, value):
    done = immich_tray(env, "settings", "set", key, value)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("server", ["3.0.3"], indirect=True)
def test_switched_on_while_it_runs_it_backs_up_by_itself(server, home, photos, screen):  # noqa: F811
    with running_program(home) as program:
        icon_in_tray(screen)
        setting(home, "backgroundBackup", "true")  # with its delay of half an hour
        setting(home, "backupTriggerDelay", "0")
        wait_until("all photos", lambda: len(server.assets()) == photos.asset_count, 30)
        program.terminate()
        assert program.wait(6) == 0
    told = json.loads(immich_tray(home, "status", "--json").stdout.splitlines()[-1])
    assert (told["pending"], told["failed"]) == (0, 0)


@pytest.mark.parametrize("server", ["3.0.3"], indirect=True)
def test_it_waits_for_its_delay_from_the_start_on(server, home, photos, screen):  # noqa: F811
    setting(home, "backgroundBackup", "true")
    with running_program(home) as program:
        icon_in_tray(screen)
        with pytest.raises(RigError):
            wait_until("an upload", server.assets, 3)
        assert not server.log.entries("POST", "/api/assets/bulk-upload-check")
        program.terminate()
        assert program.wait(6) == 0


@pytest.mark.parametrize("server", ["3.0.3"], indirect=True)
def test_other_processes_speak_with_the_running_program(server, home, photos, screen):  # noqa: F811
    def status():
        return json.loads(immich_tray(home, "status", "--json").stdout.splitlines()[-1])

    assert status()["running"] is False
    assert "not running" in immich_tray(home, "show").stderr
    with running_program(home) as program:
        icon_in_tray(screen)
        wait_until("answer", lambda: status()["running"])
        again = immich_tray(home)
        assert (again.returncode, "running already" in again.stdout) == (0, True)
        assert program.poll() is None

        assert immich_tray(home, "pause", "1h").returncode == 0
        wait_until("pause", lambda: status()["state"] == "paused")
        assert status()["resumeAt"]
        assert immich_tray(home, "start").returncode == 0
        wait_until("automatic backup", lambda: status()["automatic"])
        setting(home, "backupTriggerDelay", "0")
        assert immich_tray(home, "resume").returncode == 0
        wait_until("all photos", lambda: len(server.assets()) == photos.asset_count, 30)
        wait_until("rest", lambda: status()["state"] == "idle")
        assert status()["lastSuccess"]
        assert immich_tray(home, "stop").returncode == 0
        wait_until("the end of it", lambda: not status()["automatic"])
        assert immich_tray(home, "pause").returncode == 0
        assert "ends" in immich_tray(home, "quit").stdout
        assert program.wait(6) == 0
    assert status()["running"] is False
    with running_program(home) as program:
        icon_in_tray(screen)
        wait_until("the pause of before", lambda: status()["state"] == "paused")
        program.terminate()
        assert program.wait(6) == 0
    assert immich_tray(home, "resume").returncode == 0
    assert immich_tray(home, "pause", "often").returncode == 2
