"""The systemd user timer: real files, the real `systemd-analyze`, a stand-in `systemctl`."""

import os
import subprocess
from pathlib import Path

import pytest

from tray_app.adapters.private_file import write_private
from tray_app.core.system_job import JobCommand, JobStatus
from tray_app.desktop.system_job.commands import MISSING, Ran, run_tool
from tray_app.desktop.system_job.pick import pick_job
from tray_app.desktop.system_job.systemd import SystemdJob
from tray_app.desktop.system_job.units import exec_start

NAME = "immich-tray-backup"
SYSTEMCTL = """#!/bin/sh
echo "$*" >> "$0.log"
case "$*" in *is-active*) test -e "$0.active" ;; *restart*) : > "$0.active" ;;
*stop*) rm -f "$0.active" ;; esac
"""


class Manager:
    """What a systemd that answers would do."""

    def __init__(self):
        self.asked = []
        self.active = False
        self.answers = True

    def __call__(self, words):
        assert words[:2] == ["systemctl", "--user"]
        self.asked.append(" ".join(words[2:]))
        if not self.answers:
            return Ran(1, b"Failed to connect to bus")
        if "restart" in words:
            self.active = True
        if "stop" in words:
            self.active = False
        return Ran(0 if "is-active" not in words or self.active else 3)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def manager():
    return Manager()


@pytest.fixture
def make(home, manager):
    def make(*words, **variables):
        command = JobCommand(NAME, words or ("/bin/true", "backup"), variables)
        return SystemdJob(command, {"HOME": os.fspath(home)}, write_private, manager)

    return make


@pytest.fixture
def units(home):
    return home / ".config" / "systemd" / "user"


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


ALL = [f"{NAME}.service", f"{NAME}.timer", f"timers.target.wants/{NAME}.timer"]


def test_created_read_back_and_removed_without_a_trace(make, units, home, manager):
    job = make()
    assert job.read().status is JobStatus.ABSENT
    assert job.create() == (JobStatus.PRESENT, "Every hour while the app is closed.", True)
    assert files(units) == ALL
    assert (units / ALL[2]).resolve() == (units / ALL[1]).resolve()
    assert "daemon-reload" in manager.asked
    stamp = home / ".local/share/systemd/timers" / f"stamp-{NAME}.timer"
    stamp.parent.mkdir(parents=True)
    stamp.touch()
    assert job.remove().status is JobStatus.ABSENT
    assert not manager.active
    assert (files(units), stamp.exists()) == ([], False)
    asked = len(manager.asked)
    assert job.remove().status is JobStatus.ABSENT
    assert len(manager.asked) == asked


def test_without_an_answering_systemd_it_says_from_when(make, units, manager):
    manager.answers = False
    state = make().create()
    assert (state.status, state.running) == (JobStatus.PRESENT, False)
    assert "from your next login on" in state.words
    assert files(units) == ALL
    assert make().remove().status is JobStatus.ABSENT


def test_a_program_that_moved_is_stale_and_corrected(make):
    make("/old/place", "backup").create()
    moved = make("/new/place", "backup")
    assert moved.read().status is JobStatus.STALE
    assert moved.create().status is JobStatus.PRESENT
    assert make("/old/place", "backup").read().status is JobStatus.STALE


def test_switched_off_or_half_deleted_is_stale(make, units):
    job = make()
    job.create()
    (units / ALL[2]).unlink()
    assert job.read().status is JobStatus.STALE
    assert job.create().status is JobStatus.PRESENT
    (units / ALL[0]).unlink()
    assert job.read().status is JobStatus.STALE
    assert job.remove().status is JobStatus.ABSENT
    assert files(units) == []


def test_a_masked_unit_is_left_alone(make, units):
    units.mkdir(parents=True)
    (units / ALL[1]).symlink_to("/dev/null")
    for state in (make().read(), make().create(), make().remove()):
        assert state.status is JobStatus.UNSUPPORTED
        assert "systemctl --user unmask" in state.words
    assert files(units) == [ALL[1]]


ODD = ("a b%h $HOME ${X} é 🌻", "quo\"te's", "back\\slash", "tab\tand\nline", "x;y#z", "%%n")


@pytest.mark.parametrize("odd", ODD)
def test_systemd_takes_the_units_whatever_the_path(make, units, tmp_path, odd):
    program = tmp_path / odd
    program.write_text("#!/bin/sh\n")
    program.chmod(0o700)
    make(os.fspath(program), "-m", odd, IMMICH_TRAY_HOME=f"/home/{odd}").create()
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *(units / name for name in ALL[:2])],
        env={"PATH": os.environ["PATH"], "HOME": "/", "XDG_RUNTIME_DIR": os.fspath(runtime)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("odd", ODD)
def test_a_word_comes_back_as_it_was(odd):
    """Undo the quoting by the rules of systemd.syntax and systemd.unit."""
    line = exec_start(("/bin/true", odd))
    assert line.startswith(':"/bin/true" "')
    text = line.removeprefix(':"/bin/true" "').removesuffix('"')
    assert text.replace("%%", "%").encode().decode("unicode_escape").encode("latin-1") == (
        odd.encode()
    )


def test_the_shell_hands_an_odd_program_its_words(tmp_path):
    line = exec_start(('/od"d', "a b"))
    assert line == ':"/bin/sh" "-c" "exec \\"$0\\" \\"$@\\"" "/od\\"d" "a b"'
    program = tmp_path / 'od"d'
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    program.chmod(0o700)
    words = ["/bin/sh", "-c", 'exec "$0" "$@"', program, "a b", "$c"]
    assert subprocess.run(words, capture_output=True, check=True).stdout == b"a b|$c|"


def test_waiting_and_needing_the_person_are_no_failed_unit(make, units):
    make(IMMICH_TRAY_HOME="/h").create()
    service = (units / ALL[0]).read_text().splitlines()
    for line in (
        "Type=oneshot",
        'Environment="IMMICH_TRAY_HOME=/h"',
        "SuccessExitStatus=3 4",
        "IOSchedulingClass=idle",
    ):
        assert line in service
    timer = (units / ALL[1]).read_text().splitlines()
    assert {"OnCalendar=hourly", "Persistent=true", "WantedBy=timers.target"} < set(timer)
    assert any(line.startswith("RandomizedDelaySec=") for line in timer)


async def test_the_picked_job_asks_the_real_tool(tmp_path, monkeypatch, both_loops):
    tool = tmp_path / "bin" / "systemctl"
    tool.parent.mkdir()
    tool.write_text(SYSTEMCTL)
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    environ = {"PATH": os.environ["PATH"], "HOME": os.fspath(tmp_path)}
    job = pick_job(JobCommand(NAME, ("/bin/true",)), environ, write_private)
    assert (await job.create()).running is True
    assert f"--user restart {NAME}.timer" in Path(f"{tool}.log").read_text()
    assert (await job.remove()).status is JobStatus.ABSENT


async def test_without_systemd_it_is_unsupported(tmp_path):
    environ = {"PATH": os.fspath(tmp_path), "HOME": os.fspath(tmp_path)}
    job = pick_job(JobCommand(NAME, ("/bin/true",)), environ, write_private)
    for state in (await job.read(), await job.create(), await job.remove()):
        assert state.status is JobStatus.UNSUPPORTED
        assert "no systemd" in state.words
    assert list(tmp_path.iterdir()) == []


def test_a_missing_tool_is_an_answer():
    assert run_tool(["/nowhere/at/all"]).code == MISSING
