"""The window of the real program, and the command line that works through it (issue 3, part 6)."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.acceptance.photos import holds_once, photo, photos, settled
from tests.desktop.test_program import ROOT, immich_tray, running_program
from tests.desktop.test_terminate import EMAIL, folder, home, server  # noqa: F401
from tests.desktop.test_tray import icon_in_tray
from tests.rig.desktop import running_desktop
from tests.rig.processes import wait_until
from tray_app.adapters.channel.place import Claim, socket_path
from tray_app.adapters.locations import find_locations
from tray_app.demo.faults import ProxyTooLarge, SlowAnswer, SlowRead

pytestmark = pytest.mark.desktop


def last_json(done):
    return json.loads(done.stdout.splitlines()[-1])


def status(env):
    return last_json(immich_tray(env, "status", "--json"))


def answers(env):
    return wait_until("answer", lambda: (said := status(env))["running"] and said)


def shown(screen):
    return [title for title in screen.window_titles() if title == "Immich Tray"]


def following(env, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "tray_app", "backup", "--once", "--json", *words],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_and_show_raise_the_window_and_keys_hide_it(home, screen):  # noqa: F811
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        assert shown(screen) == []
        for words in ((), ("show",)):
            assert immich_tray(home, *words).returncode == 0
            wait_until("window", lambda: shown(screen))
            screen.key("Escape")
            wait_until("hidden window", lambda: not shown(screen))
        assert immich_tray(home, "show").returncode == 0
        wait_until("window", lambda: shown(screen))
        screen.key("ctrl+q")
        assert program.wait(7) == 0


def test_a_hidden_window_does_not_stop_a_backup(home, server, folder, screen):  # noqa: F811
    photos(folder, 6)
    settled()
    server.faults.add(SlowAnswer(seconds=0.3, match=".jpg"))
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        assert immich_tray(home, "show").returncode == 0
        wait_until("window", lambda: shown(screen))
        screen.key("alt+b")
        wait_until("first photo", lambda: server.assets(EMAIL))
        screen.key("Escape")
        wait_until("hidden window", lambda: not shown(screen))
        wait_until("all photos", lambda: len(server.assets(EMAIL)) == 6)
        program.terminate()
        assert program.wait(7) == 0
    holds_once(server, EMAIL, folder)


def test_backup_of_named_files_goes_through_the_running_program(home, server, tmp_path, screen):  # noqa: F811
    elsewhere = tmp_path / "elsewhere"
    odd = os.fsencode(elsewhere) + b"/\xff \xc3\xa4.jpg"
    os.rename(photo(elsewhere / "x.jpg", "odd", 500), odd)
    photos(elsewhere / "many", 3)
    (elsewhere / "many" / "notes.txt").write_text("no photo")
    settled()
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        done = immich_tray(home, "backup", "--once", "--json", os.fsdecode(odd))
        assert (done.returncode, last_json(done)["completedCount"]) == (0, 1), done.stderr
        done = immich_tray(home, "backup", str(elsewhere / "many"), "--once")
        assert done.returncode == 0, done.stderr
        assert "3 files uploaded and verified" in done.stdout
        assert "1 file skipped: 1 no photo or video (.txt 1)" in done.stdout
        again = last_json(immich_tray(home, "backup", str(elsewhere), "--once", "--json"))
        assert (again["totalCount"], again["skippedCount"]) == (0, 1)
        log = (tmp_path / "home" / "logs" / "immich-tray.log").read_text()
        assert log.count("Asked by another process: backUpNow") == 3
        program.terminate()
        assert program.wait(7) == 0
    assert len(server.assets(EMAIL)) == 4


def test_its_exit_status_is_that_of_a_run_of_its_own(home, server, folder, tmp_path, screen):  # noqa: F811
    photo(tmp_path / "large.jpg", 1, 300_000)
    settled()
    server.faults.add(ProxyTooLarge(limit=200_000))
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        done = immich_tray(home, "backup", "--once", "--json", str(tmp_path / "large.jpg"))
        assert done.returncode == 1, done.stderr
        assert [it["status"] for it in last_json(done)["failures"]] == [413]
        assert immich_tray(home, "backup", str(tmp_path / "nowhere"), "--once").returncode == 2
        done = immich_tray(home, "backup", "--once")  # the folder of the settings is not there
        assert (done.returncode, "not available now" in done.stdout) == (4, True), done.stdout
        program.terminate()
        assert program.wait(7) == 0
    wrong = home | {"IMMICH_API_KEY": "not-a-key"}
    with running_program(wrong) as program:
        icon_in_tray(screen)
        answers(wrong)
        photos(folder, 1)
        done = immich_tray(wrong, "backup", "--once")
        assert (done.returncode, "it needs you" in done.stdout) == (3, True), done.stderr
        program.terminate()
        assert program.wait(7) == 0


def test_ctrl_c_cancels_the_run_it_asked_for(home, server, folder, screen):  # noqa: F811
    photos(folder, 40)
    settled()
    server.faults.add(SlowAnswer(seconds=0.2, match=".jpg"))
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        with following(home) as asked:
            wait_until("first photo", lambda: server.assets(EMAIL))
            asked.send_signal(signal.SIGINT)
            out, err = asked.communicate(timeout=20)
        assert asked.returncode == 1, err
        assert "Stopping after the current files" in err
        told = json.loads(out.splitlines()[-1])
        assert 0 < told["completedCount"] < 40
        wait_until("rest", lambda: status(home)["state"] in ("idle", "stopped"))
        assert program.poll() is None
        program.terminate()
        assert program.wait(7) == 0


def test_the_end_of_the_program_is_told_to_those_who_follow(home, server, folder, screen):  # noqa: F811
    photo(folder / "large.jpg", 1, 2_000_000)
    settled()
    server.faults.add(SlowRead(bytes_per_second=50_000))
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        with following(home) as asked:
            wait_until("upload", lambda: status(home)["state"] == "uploading")
            program.kill()
            _, err = asked.communicate(timeout=20)
        assert asked.returncode == 1
        assert "Immich Tray has ended." in err


def test_the_system_job_defers_to_the_running_program(home, server, folder, screen):  # noqa: F811
    photos(folder, 1)
    assert immich_tray(home, "settings", "set", "backgroundBackup", "true").returncode == 0
    assert immich_tray(home, "settings", "set", "backupTriggerDelay", "30").returncode == 0
    with running_program(home) as program:
        icon_in_tray(screen)
        done = immich_tray(home, "backup", "--once", "--background")
        assert (done.returncode, done.stderr) == (0, "")
        assert "running and takes care of it" in done.stdout
        program.terminate()
        assert program.wait(7) == 0
    assert server.assets(EMAIL) == []


def test_another_account_in_the_environment_is_not_taken_for_ours(home, server, folder, screen):  # noqa: F811
    photos(folder, 1)
    settled()
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        other = home | {"IMMICH_API_KEY": server.add_api_key(email=EMAIL)}
        done = immich_tray(other, "backup", "--once")
        assert (done.returncode, "another sign-in" in done.stderr) == (1, True)
        assert server.assets(EMAIL) == []
        program.terminate()
        assert program.wait(7) == 0


def test_at_the_end_the_rest_is_left_to_the_system_job(home, server, screen):  # noqa: F811
    own = {name: value for name, value in home.items() if not name.startswith("IMMICH_INSTANCE")}
    key = own.pop("IMMICH_API_KEY")
    done = immich_tray(own, "login", server.url, "--api-key", text=f"{key}\n")
    assert done.returncode == 0, done.stderr
    assert immich_tray(own, "settings", "set", "backgroundBackup", "true").returncode == 0
    units = Path(own["XDG_CONFIG_HOME"], "systemd", "user")
    try:
        assert len(list(units.glob("immich-tray-backup-*.*"))) == 2
        with running_program(own) as program:
            icon_in_tray(screen)
            answers(own)
            for unit in units.glob("immich-tray-backup-*.*"):
                unit.unlink()
            program.terminate()
            assert program.wait(7) == 0
        assert len(list(units.glob("immich-tray-backup-*.*"))) == 2
    finally:
        immich_tray(own, "logout")


def test_upload_again_is_done_by_the_running_program(home, server, folder, screen):  # noqa: F811
    """What was deleted on the server stays so, until a person asks for it."""
    photos(folder, 2)
    settled()
    key = {"x-api-key": home["IMMICH_API_KEY"]}
    with running_program(home) as program:
        icon_in_tray(screen)
        answers(home)
        assert immich_tray(home, "backup", "--once").returncode == 0
        gone = {"ids": [asset.id for asset in server.assets(EMAIL)], "force": True}
        httpx.request("DELETE", f"{server.url}/api/assets", headers=key, json=gone)
        lost = immich_tray(home, "verify", "--quick", "--json")
        assert (lost.returncode, last_json(lost)["missing"]) == (1, 2)
        assert last_json(immich_tray(home, "backup", "--once", "--json"))["totalCount"] == 0
        done = immich_tray(home, "upload-again", str(folder / "IMG_0001.jpg"), "--json")
        assert (last_json(done)["count"], last_json(done)["handedOver"]) == (1, True)
        wait_until("the photo", lambda: len(server.assets(EMAIL)) == 1)
        kept = immich_tray(home, "keep-deleted", "--all", "--json")
        assert last_json(kept)["count"] == 1
        program.terminate()
        assert program.wait(7) == 0
    assert len(server.assets(EMAIL)) == 1


def test_a_backup_during_the_start_of_the_program_waits_for_it(home, server, folder, screen):  # noqa: F811
    photos(folder, 2)
    settled()
    with running_program(home) as program:
        claim = Claim(socket_path(find_locations(home), home))
        wait_until("claim", claim.is_taken)
        done = immich_tray(home, "backup", "--once", "--json")
        assert (done.returncode, last_json(done)["completedCount"]) == (0, 2), done.stderr
        program.terminate()
        assert program.wait(7) == 0
    log = (folder.parent / "home" / "logs" / "immich-tray.log").read_text()
    assert "Asked by another process: backUpNow" in log


def test_without_a_tray_in_the_session_the_window_is_shown(home):  # noqa: F811
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="desk-"))
        desk = stack.enter_context(running_desktop(Path(place), panel=None))
        program = stack.enter_context(running_program(home | desk.env))
        wait_until("window", lambda: shown(desk.screen), 30)
        desk.screen.key("ctrl+q")
        assert program.wait(7) == 0
