"""Hostile files through the whole program: they arrive as they are, and do nothing (issue 6)."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.photos import settled, sha1, stored, sums
from tests.faults import hostile_files
from tests.faults.forked import ROOT, Commands
from tests.faults.test_hostile_server import RAW
from tray_app.demo.faults import ProxyTooLarge
from tray_app.demo.process import serve_in_process

EMAIL = "who@example.org"
SECONDS_A_FILE = 10.0  # on a busy machine; usual are some ms
PEAK_MIB = 900  # of pictures: the largest that is decoded has 64 million pixels
PEAK_CLI_MIB = 300
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as it:
        it.add_user(EMAIL)
        yield it


@pytest.fixture
def run(tmp_path, server):
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "empty"),
        "IMMICH_TRAY_HOME": str(tmp_path / "home"),
        "IMMICH_INSTANCE_URL": server.url,
        "IMMICH_API_KEY": server.add_api_key(email=EMAIL),
        "LANG": "C.UTF-8",
    }
    with Commands(tmp_path / "said", env) as commands:
        assert commands("settings", "set", "backupTriggerDelay", "0").status == 0
        yield commands


def quiet(done, *statuses):
    """Nothing that a terminal obeys, no bug, bounded memory."""
    assert done.status in statuses, done
    assert "Traceback" not in done.said, done.said
    assert not RAW.findall(done.said.replace("\r\n", "\n")), RAW.findall(done.said)
    assert done.peak_mib < PEAK_CLI_MIB
    return done


def cells(path):
    """The rows of an exported table; no cell is a formula and none has a raw order."""
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows:
        for cell in row:
            assert not cell.startswith(FORMULA), cell
            assert not RAW.findall(cell), cell
    return rows


def looked_at(folder):
    env = {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.looked_at", folder],
        env=env,
        capture_output=True,
        check=False,
        cwd=folder.parent,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(200, marks=pytest.mark.timeout(300)),
        pytest.param(5_000, marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
)
def test_hostile_files(tmp_path, server, run, count, record):
    folder = tmp_path / "photos"
    paths = hostile_files.write(folder, count, "files")
    settled()
    before = {path: os.stat(path).st_mtime_ns for path in paths}

    # Some are refused, so that there are rows of failures with such names.
    server.faults.add(ProxyTooLarge(limit=12_000))
    seconds = 120 + count / 5
    done = quiet(run("backup", str(folder), "--once", "--json", seconds=seconds), 1)
    failed = quiet(run("failed"), 0)
    listed = quiet(run("failed", "--json"), 0).json["failures"]
    assert len(listed) == done.json["failedCount"] > count / 100
    assert "failed" in done.err
    assert failed.out.count("\n") >= len(listed)
    quiet(run("failed", "--export", str(tmp_path / "failed.csv")), 0)
    assert len(cells(tmp_path / "failed.csv")) == len(listed) + 1
    table = tmp_path / "verify.csv"
    quiet(run("verify", str(folder), "--export", str(table), seconds=seconds), 1)
    assert len(cells(table)) > len(listed)

    server.faults.clear()
    done = quiet(run("backup", str(folder), "--once", seconds=seconds), 0, 1)
    if done.status:  # the learned limit is tried again when a person asks
        run("failed", "--retry-all")
        quiet(run("backup", str(folder), "--once", seconds=seconds), 0)
    quiet(run("verify", str(folder), seconds=seconds), 0)
    there = set(stored(server, EMAIL))
    assert {sha1(Path(os.fsdecode(path))) for path in paths} <= there <= sums(folder)
    quiet(run("sync", "--once"), 0)
    quiet(run("status"), 0)
    quiet(run("logs"), 0)
    assert {path: os.stat(path).st_mtime_ns for path in paths} == before
    assert not list(tmp_path.rglob("executed")), "a name was executed"

    seen = looked_at(folder)
    assert seen["wrong"] == []
    assert seen["made"] > 0, "some are pictures still"
    assert seen["longest"] < SECONDS_A_FILE, seen
    assert seen["peak"] < PEAK_MIB, seen
    record(files=len(paths), longest_s=round(seen["longest"], 2), peak_mib=round(seen["peak"]))
