"""What `immich-tray sync` costs against a server that means harm: memory of a real process."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer
from tray_app.demo.stream_faults import GarbageLine, GzipBomb, HugeLine

ROOT = Path(__file__).parents[2]
MORE = 48  # MiB that harm may cost on top of a sync of 20,000 photos
HARM = {
    "a line of 100 MB": (HugeLine(after_lines=3, size=100_000_000), "more than 4,194,304 bytes"),
    "10 GB packed into 10 MB": (GzipBomb(size=10_000_000_000), "more than 4,194,304 bytes"),
    "deep JSON": (
        GarbageLine(after_lines=3, text='{"type":"x","data":' + "[" * 500_000, times=1),
        "that Immich does not send",
    ),
}


@pytest.fixture
def sync(tmp_path):
    """Run a sync as a person does; return its exit code, its words and its peak in MiB."""

    def run(url):
        said = tmp_path / "said"
        with said.open("wb") as out:
            child = subprocess.Popen(
                [sys.executable, "-m", "tray_app", "sync", "--json", "--full"],
                env={
                    "PATH": os.environ["PATH"],
                    "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SYSTEM_BUS_ADDRESS"],
                    "HOME": str(tmp_path),
                    "PYTHONPATH": str(ROOT),
                    "IMMICH_TRAY_HOME": str(tmp_path / "home"),
                    "TEST_KEYRING": str(tmp_path / "keyring.json"),
                    "PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring",
                    "IMMICH_INSTANCE_URL": url,
                    "IMMICH_EMAIL": DEMO_EMAIL,
                    "IMMICH_PASSWORD": DEMO_PASSWORD,
                },
                stdout=out,
                stderr=out,
            )
            _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode, said.read_text(), _mebibytes(used)

    return run


def _mebibytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024


def rows(folder):
    connection = sqlite3.connect(folder / "home" / "data" / "library.db")
    try:
        return connection.execute("SELECT * FROM asset ORDER BY id").fetchall()
    finally:
        connection.close()


@pytest.mark.timeout(600)  # five programs one after another, on a machine that may be busy
def test_harm_costs_little_memory_and_no_rows(tmp_path, sync, record):
    with DemoServer(tmp_path / "demo", version="3.0.3") as server:
        server.fill(20_000)
        code, said, plain = sync(server.url)
        assert code == 0, said
        before, peaks = rows(tmp_path), {}
        assert len(before) == 20_000
        for name, (fault, words) in HARM.items():
            number = server.faults.add(fault)
            code, said, peaks[name] = sync(server.url)
            server.faults.remove(number)
            assert code == 1, said
            assert words in said
            assert rows(tmp_path) == before, name
        code, said, _ = sync(server.url)
        assert code == 0, said
        assert rows(tmp_path) == before
    record(plain_mib=round(plain), **{name: round(peak) for name, peak in peaks.items()})
    assert max(peaks.values()) < plain + MORE, (plain, peaks)
