"""The two loops as one, in a process of its own: each starts and ends a whole QApplication."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """
import asyncio, logging, sys
from PySide6.QtCore import qWarning
from tray_app.ui.loop import run_with_qt
logging.basicConfig(format="%(levelname)s %(name)s %(message)s", stream=sys.stdout)

async def main(app, quit_requested):
    print(app.applicationName(), app.desktopFileName(), app.quitOnLastWindowClosed(), flush=True)
    {body}
    return 7

sys.exit(run_with_qt(main))
"""
ROOT = Path(__file__).parents[2]


def program(body: str, *, ignore: bool = False, **environ: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*(["nohup"] if ignore else []), sys.executable, "-c", HEAD.format(body=body)],
        cwd=ROOT,
        env={**os.environ, "SESSION_MANAGER": "local/nobody", **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(running: subprocess.Popen) -> tuple[int, list[str]]:
    out, _ = running.communicate(timeout=20)
    return running.returncode, out.splitlines()


WAIT = 'await quit_requested.wait(); print("ending")'


def test_the_status_of_main_is_returned():
    assert finished(program("pass")) == (7, ["immich-tray immich-tray False"])


def test_windows_are_named_as_the_menu_entry_of_a_flatpak():
    running = program("pass", FLATPAK_ID="io.github.immich_tray.ImmichTray")
    assert finished(running) == (7, ["immich-tray io.github.immich_tray.ImmichTray False"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_main_to_end(number):
    running = program(WAIT)
    running.stdout.readline()
    running.send_signal(number)
    assert finished(running) == (7, ["ending"])


def test_a_second_signal_ends_at_once():
    running = program(
        'await quit_requested.wait(); print("one", flush=True); await asyncio.sleep(60)'
    )
    running.stdout.readline()
    running.send_signal(signal.SIGTERM)
    assert running.stdout.readline() == "one\n"
    running.send_signal(signal.SIGTERM)
    assert finished(running) == (-signal.SIGTERM, [])


@pytest.mark.parametrize("when", ["app.quit()", "asyncio.get_running_loop().call_soon(app.quit)"])
def test_a_quit_of_qt_is_a_request_as_well(when):
    assert finished(program(f"{when}; {WAIT}"))[1][1:] == ["ending"]


def test_nohup_is_respected():
    running = program(
        f"import signal; print(signal.getsignal(signal.SIGHUP), flush=True); {WAIT}", ignore=True
    )
    assert running.stdout.readline()
    assert running.stdout.readline() == "1\n"  # SIG_IGN
    running.send_signal(signal.SIGHUP)
    running.send_signal(signal.SIGTERM)
    assert finished(running) == (7, ["ending"])


def test_a_loop_that_qt_has_left_ends_the_program_in_words():
    leave = "from PySide6.QtCore import QCoreApplication; QCoreApplication.exit(1)"
    status, said = finished(program(f"{leave}; await asyncio.sleep(60)"))
    assert status == 1
    assert [line.partition(",")[0] for line in said[1:]] == [
        "ERROR tray_app.ui.loop The screen has gone away"
    ]


def test_an_error_of_main_is_not_taken_for_that():
    assert "RuntimeError: mine" in finished(program('raise RuntimeError("mine")'))[1][-1]


def test_what_qt_complains_of_is_in_the_log():
    assert "WARNING qt default: hot" in finished(program('qWarning("hot")'))[1]
