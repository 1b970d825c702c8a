"""Autostart of macOS and Windows against fakes; neither has ever run for real."""

import plistlib

from tray_app.adapters.private_file import write_private
from tray_app.core.system_job import AT_LOGIN, JobCommand, JobStatus
from tray_app.desktop.autostart.launch_agent import LaunchAgentAutostart
from tray_app.desktop.autostart.run_key import APPROVED, RUN, RunKeyAutostart
from tray_app.desktop.system_job.commands import Ran

ON, OFF, STALE = JobStatus.PRESENT, JobStatus.ABSENT, JobStatus.STALE
HOME = {"IMMICH_TRAY_HOME": "/h o<m>e"}
NAME = "immich-tray"


class Launchctl:
    """Keeps what is disabled, as launchd does beside the files."""

    def __init__(self):
        self.disabled = set()

    def __call__(self, words):
        if words[1] == "enable":
            self.disabled.discard(words[2].split("/")[-1])
            return Ran(0)
        assert words[1:] == ["print-disabled", "gui/501"]
        rows = [f'\t\t"{name}" => disabled' for name in sorted(self.disabled)]
        return Ran(0, "\n".join(["\tdisabled services = {", *rows, "\t}"]).encode())


def test_the_agent_of_a_mac(tmp_path):
    tool = Launchctl()

    def made(program="/Applications/I.app/run"):
        command = JobCommand(NAME, (program, *AT_LOGIN), HOME)
        return LaunchAgentAutostart(command, tmp_path, 501, write_private, tool)

    assert made().read().status is OFF
    assert made().create().status is ON
    (file,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == ["/Applications/I.app/run", "--hidden"]
    assert (agent["RunAtLoad"], agent["EnvironmentVariables"]) == (True, HOME)
    assert made("/moved").read().status is STALE
    assert made("/moved").create().status is ON
    tool.disabled.add(NAME)
    assert made("/moved").read().status is OFF
    assert made("/moved").create().status is ON
    assert made("/moved").remove().status is OFF
    assert not file.exists()


class Registry:
    def __init__(self):
        self.values = {}

    def get(self, key, name):
        return self.values.get((key, name))

    def set(self, key, name, value):
        self.values[key, name] = value

    def delete(self, key, name):
        self.values.pop((key, name), None)


def test_the_run_key_of_windows():
    registry = Registry()

    def made(program=r"C:\P y\pythonw.exe"):
        return RunKeyAutostart(JobCommand(NAME, (program, "-m", "tray_app", *AT_LOGIN)), registry)

    assert made().read().status is OFF
    assert made().create().status is ON
    assert registry.values == {(RUN, NAME): r'"C:\P y\pythonw.exe" -m tray_app --hidden'}
    assert made("D:\\x.exe").read().status is STALE
    registry.values[APPROVED, NAME] = b"\x03" + bytes(11)  # the Task Manager's "Disable"
    assert made().read().status is OFF
    registry.values[APPROVED, NAME] = b"\x02" + bytes(11)
    assert made().read().status is ON
    registry.values[APPROVED, NAME] = b"\x03" + bytes(11)
    assert made().create().status is ON
    assert made().remove().status is OFF
    assert registry.values == {}


def test_a_home_of_its_own_goes_with_the_line():
    registry = Registry()
    RunKeyAutostart(JobCommand(NAME, (r"C:\i.exe", *AT_LOGIN), HOME), registry).create()
    assert registry.values[RUN, NAME] == r'C:\i.exe --home "/h o<m>e" --hidden'
