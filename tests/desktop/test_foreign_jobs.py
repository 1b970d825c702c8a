"""launchd and Task Scheduler against fakes of their tools; neither has ever run for real."""

import plistlib
from xml.etree import ElementTree as ET

import pytest

from tray_app.adapters.private_file import write_private
from tray_app.core.system_job import JobCommand, JobStatus
from tray_app.desktop.system_job.commands import Ran
from tray_app.desktop.system_job.launchd import LaunchdJob
from tray_app.desktop.system_job.task_scheduler import NAMESPACE, TaskSchedulerJob

NAME = "immich-tray-backup"
WORDS = ("/Users/é & me/python", "-m", "tray_app", "backup", "--once", "--background")
HOME = {"IMMICH_TRAY_HOME": "/h o<m>e"}


class Launchctl:
    def __init__(self):
        self.loaded = set()

    def __call__(self, words):
        assert words[0] == "launchctl"
        if words[1] == "bootstrap":
            with open(words[3], "rb") as file:
                self.loaded.add(f"{words[2]}/{plistlib.load(file)['Label']}")
        elif words[1] == "bootout":
            self.loaded.discard(words[2])
        else:
            return Ran(0 if words[2] in self.loaded else 113)
        return Ran(0)


def test_the_agent_is_created_corrected_and_removed(tmp_path):
    tool = Launchctl()

    def job(words=WORDS):
        return LaunchdJob(JobCommand(NAME, words, HOME), tmp_path, 501, write_private, tool)

    assert job().read().status is JobStatus.ABSENT
    assert job().create() == (JobStatus.PRESENT, "Every hour while the app is closed.", True)
    (file,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    agent = plistlib.loads(file.read_bytes())
    assert agent["ProgramArguments"] == list(WORDS)
    assert agent["EnvironmentVariables"] == HOME
    assert agent["StartInterval"] == 3600
    assert job(("/moved",)).read().status is JobStatus.STALE
    assert job(("/moved",)).create().status is JobStatus.PRESENT
    assert job(("/moved",)).remove().status is JobStatus.ABSENT
    assert (tool.loaded, file.exists()) == (set(), False)


class Schtasks:
    def __init__(self, code):
        self.tasks = {}
        self.code = code

    def __call__(self, words):
        assert words[0] == "schtasks"
        options = dict(zip(words[2::2], words[3::2], strict=False))
        name = options["/TN"]
        if words[1] == "/Create":
            with open(options["/XML"], "rb") as file:
                self.tasks[name] = file.read().decode("utf-16")
        elif words[1] == "/Delete":
            del self.tasks[name]
        elif name not in self.tasks:
            return Ran(1, b"ERROR: The system cannot find the file specified.")
        else:
            return Ran(0, b"\r\n" + self.tasks[name].encode(self.code))
        return Ran(0)


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le"])
def test_the_task_is_created_corrected_and_removed(tmp_path, code):
    tool = Schtasks(code)
    draft = tmp_path / "draft.xml"

    def job(words=WORDS):
        return TaskSchedulerJob(JobCommand(NAME, words, HOME), draft, write_private, tool)

    assert job().read().status is JobStatus.ABSENT
    assert job().create().status is JobStatus.PRESENT
    assert not draft.exists()
    task = ET.fromstring(tool.tasks[NAME].split("\n", 1)[1])  # noqa: S314  our own text
    where = f"{{{NAMESPACE}}}"
    assert task.findtext(f".//{where}Command") == WORDS[0]
    arguments = '-m tray_app --home "/h o<m>e" backup --once --background'
    assert task.findtext(f".//{where}Arguments") == arguments
    assert task.findtext(f".//{where}StopIfGoingOnBatteries") == "false"
    assert job(("C:/moved", "backup")).read().status is JobStatus.STALE
    assert job(("C:/moved", "backup")).create().status is JobStatus.PRESENT
    assert job(("C:/moved", "backup")).remove().status is JobStatus.ABSENT
    assert tool.tasks == {}


def test_a_refusal_is_told(tmp_path):
    refuse = lambda words: Ran(1, b"Access is denied.")  # noqa: E731
    job = TaskSchedulerJob(JobCommand(NAME, WORDS), tmp_path / "d.xml", write_private, refuse)
    state = job.create()
    assert state.status is JobStatus.UNSUPPORTED
    assert "Access is denied." in state.words
