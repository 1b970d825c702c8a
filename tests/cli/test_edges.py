"""Edges of the command line: lost output, folders and their rules, what was skipped, and why."""

import sqlite3
import subprocess
from contextlib import closing

import pytest

from tray_app.demo.faults import MissingPermission
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
    (folder / "one.jpg").write_bytes(b"\xff\xd8\xff one")
    return folder


@pytest.mark.parametrize("args", [("settings",), ("--help",), ("logout",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_nobody_can_take_is_told_in_one_line(run, args, unbuffered):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            run.command(*args),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=run.environ | {"PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    words = "The output could not be written to its end: No space left on device.\n"
    assert (done.returncode, done.stderr) == (1, words)


def test_a_reader_that_left_is_told_in_one_line(run):
    with subprocess.Popen(
        run.command("settings"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=run.environ,
    ) as program:
        program.stdout.close()
        said = program.stderr.read()
    words = "The output could not be written to its end: Broken pipe.\n"
    assert (program.returncode, said) == (1, words)


def test_known_folders_keep_their_rules(run, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    run("settings", "set", "syncInterval", "20")
    with run.settings.open("a") as file:
        file.write(f'[[folders]]\npath = "{tmp_path}/a"\nenabled = false\nexclude = ["*.tmp"]\n')
    done = run("settings", "set", "folders", f"{tmp_path}/b", f"{tmp_path}/a/")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{tmp_path}/b\n{tmp_path}/a (switched off; without *.tmp)\n"
    assert run("settings", "get", "folders", "--json").json["folders"] == [
        {"path": f"{tmp_path}/b", "enabled": True, "exclude": []},
        {"path": f"{tmp_path}/a", "enabled": False, "exclude": ["*.tmp"]},
    ]
    listed = run("settings").out
    assert f"folders = {tmp_path}/b\n" in listed
    assert "{" not in listed


def test_a_folder_that_is_not_there_is_kept_and_told(run, tmp_path):
    done = run("settings", "set", "folders", f"{tmp_path}/drive")
    assert (done.code, done.out) == (0, f"{tmp_path}/drive\n")
    assert f"Note: {tmp_path}/drive is not there now" in done.err


def test_skipped_files_are_told_by_kind_and_counted_as_before(signed_in, photos):
    signed_in("settings", "set", "excludePatterns", "*.png")
    names = ["a.png", "b.png", "README", "empty.jpg"]
    kinds = {"txt": 3, "pdf": 2, "doc": 2, "zip": 1, "iso": 1, "bak": 1}
    names += [f"{number}.{kind}" for kind, count in kinds.items() for number in range(count)]
    for name in names:
        (photos / name).write_bytes(b"" if name == "empty.jpg" else b"x")
    done = signed_in("backup", str(photos), "--json")
    assert done.json["skippedCount"] == len(names)
    assert (
        "14 files skipped: 2 excluded, 11 no photo or video (.txt 3, .doc 2, .pdf 2,"
        " no extension 1, .bak 1, other kinds), 1 not usable." in done.err
    )


def test_an_unreadable_folder_is_listed(signed_in, photos):
    assert signed_in("backup", str(photos)).code == 0
    with closing(sqlite3.connect(signed_in.home / "data" / "backup.db")) as database, database:
        rows = [(f"/p/{number}".encode(), "Permission denied") for number in range(6)]
        database.executemany("INSERT INTO unreadable VALUES (?, ?, '')", rows)
    said = signed_in("status").out
    assert "Cannot be read: /p/0\n" in said
    assert "... and 1 more: immich-tray failed" in said
    assert "/p/5\n    The folder could not be read: Permission denied." in signed_in("failed").out


def test_a_forbidden_session_hears_nothing_of_keys(signed_in, photos, demo):
    demo.faults.add(MissingPermission(permission="asset.upload"))
    done = signed_in("backup", str(photos))
    assert done.code == 3
    assert "API key" not in done.out + done.err
    assert "refuses access" in done.out
    assert "asset.upload" in done.out
