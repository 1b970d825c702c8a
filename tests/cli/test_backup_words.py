"""What a person reads after `backup`, and that it never claims more than was done."""

import sqlite3
import subprocess

import pytest

from tray_app.demo.faults import ProxyTooLarge
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer


@pytest.fixture
def demo(tmp_path):
    with DemoServer(tmp_path / "demo") as server:
        yield server


@pytest.fixture
def signed_in(run, demo):
    run.environ |= {
        "IMMICH_INSTANCE_URL": demo.url,
        "IMMICH_EMAIL": DEMO_EMAIL,
        "IMMICH_PASSWORD": DEMO_PASSWORD,
    }
    return run


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "one.jpg").write_bytes(b"\xff\xd8\xff one" + bytes(2_400))
    return folder


def first_line(done):
    return done.out.splitlines()[0]


def test_an_empty_folder_is_not_called_backed_up(signed_in, photos):
    (photos / "one.jpg").rename(photos / "letter.txt")
    done = signed_in("backup", str(photos))
    assert (done.code, first_line(done)) == (0, "No photo or video was found there.")


def test_a_second_run_says_that_all_was_backed_up_before(signed_in, photos):
    assert first_line(signed_in("backup", str(photos))) == "Everything is backed up."
    done = signed_in("backup", str(photos))
    assert first_line(done) == "Nothing to do: everything was backed up before."


def test_a_folder_that_is_gone_is_an_unmet_condition_and_no_success(signed_in, photos):
    signed_in.settings.parent.mkdir(parents=True)
    signed_in.settings.write_text('[[folders]]\npath = "/gone"\n')
    done = signed_in("backup")
    assert done.code == 4
    assert "Not every folder is available now" in done.out
    assert "/gone: The folder is not available now" in done.out
    assert signed_in("status", "--json").json["lastSuccess"] is None
    assert signed_in("backup", str(photos)).code == 0
    assert signed_in("status", "--json").json["lastSuccess"]


def test_a_learned_limit_is_named_in_a_size_a_person_understands(signed_in, photos, demo):
    (photos / "two.jpg").write_bytes(b"\xff\xd8\xff two" + bytes(9_000))
    demo.faults.add(ProxyTooLarge(limit=1_000))
    signed_in("settings", "set", "uploadConcurrency", "1")
    done = signed_in("backup", str(photos))
    assert done.code == 1
    done = signed_in("backup", str(photos))
    assert "files of 2.4 kB and more" in done.out, done.out
    assert "immich-tray failed --retry-all" in done.out


def test_status_before_signing_in_says_so(run):
    assert "You are not signed in. Sign in: immich-tray login URL" in run("status").out


def test_a_damaged_database_is_told_by_the_first_command_that_meets_it(signed_in, photos):
    assert signed_in("backup", str(photos)).code == 0
    status = signed_in("status")
    assert "Backed up: 1 file" in status.out
    (signed_in.home / "data" / "backup.db").write_bytes(b"no database " * 400)
    status = signed_in("status")
    assert "backup.db was damaged; it was set aside as backup.db.damaged-" in status.err
    assert signed_in("status").err == ""


def test_a_closed_stderr_does_not_end_a_backup(signed_in, photos):
    line = subprocess.list2cmdline(signed_in.command("backup", str(photos), "--json"))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{line} 2>&-"],
        env=signed_in.environ,
        stdout=subprocess.PIPE,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert '"completedCount": 1' in done.stdout.splitlines()[-1]


def test_any_name_is_backed_up_whatever_the_locale(signed_in, photos):
    (photos / "sun 🌻.jpg").write_bytes(b"\xff\xd8\xff sun")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = signed_in("backup", str(photos), "--json", **plain)
    assert done.code == 0, done.err
    assert done.json["completedCount"] == 2
    library = sqlite3.connect(signed_in.home / "data" / "backup.db")
    assert ("sun 🌻.jpg".encode(),) in library.execute("SELECT name FROM file").fetchall()
    library.close()


def test_the_demo_finds_a_home_folder_and_names_a_missing_one(run, photos, tmp_path):
    assert photos == tmp_path / "photos"
    done = run("demo", "~/photos", "--headless")
    assert done.code == 0, done.err
    assert f"Photos:      {photos}" in done.out
    done = run("demo", "~/nowhere", "--headless")
    assert (done.code, f"{tmp_path}/nowhere does not exist." in done.err) == (2, True)


def test_an_empty_log_says_that_it_is_empty(run):
    assert run("logs").err == "The log is empty.\n"
