"""A Task Scheduler entry as the system job. Written from Microsoft's schema; it has never run."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from tray_app.core.phrase import phrase
from tray_app.core.system_job import BACKUP, JobCommand, JobState, JobStatus
from tray_app.desktop.system_job.commands import Run, run_tool

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
Write = Callable[[Path, bytes], None]


class TaskSchedulerJob:
    """Creates the task NAME through `schtasks`; `draft` is a file for its XML. Blocking."""

    def __init__(self, command: JobCommand, draft: Path, write: Write, run: Run = run_tool) -> None:
        self._name = command.name
        self._action = action(command)
        self._text = task_xml(self._action)
        self._draft = draft
        self._write = write
        self._run = run

    def read(self) -> JobState:
        """Compare the action of the system's task with ours."""
        answer = self._run(["schtasks", "/Query", "/TN", self._name, "/XML"])
        if not answer.ok:
            return JobState(JobStatus.ABSENT, phrase("No backup is scheduled."))
        if action_of(answer.out) != self._action:
            return JobState(
                JobStatus.STALE,
                phrase("The task {name} is of another installation.", name=self._name),
            )
        return JobState(
            JobStatus.PRESENT, phrase("Every hour while the app is closed."), running=True
        )

    def create(self) -> JobState:
        """Hand the task to the system, in place of an older one."""
        self._write(self._draft, self._text)
        try:
            words = ["schtasks", "/Create", "/TN", self._name, "/XML", str(self._draft), "/F"]
            answer = self._run(words)
        finally:
            self._draft.unlink(missing_ok=True)
        if not answer.ok:
            said = answer.out.decode(errors="replace").strip()
            return JobState(
                JobStatus.UNSUPPORTED, phrase("Task Scheduler refused the task: {said}", said=said)
            )
        return self.read()

    def remove(self) -> JobState:
        """Delete the task."""
        if self.read().status is not JobStatus.ABSENT:
            self._run(["schtasks", "/Delete", "/TN", self._name, "/F"])
        return self.read()


def action(command: JobCommand) -> tuple[str, str]:
    """Return program and arguments as Windows wants them.

    A task has no variables of its own, so they go through our option `--home`.
    """
    program, *words = command.words_with_home(BACKUP[0])
    return program, subprocess.list2cmdline(words)


def task_xml(starts: tuple[str, str]) -> bytes:
    """Write the task: hourly, also on battery (the program judges), never two at a time."""
    ET.register_namespace("", NAMESPACE)
    task = ET.Element(_tag("Task"), version="1.3")
    trigger = _below(_below(task, "Triggers"), "TimeTrigger")
    _below(_below(trigger, "Repetition"), "Interval", "PT1H")
    _below(trigger, "StartBoundary", "2000-01-01T00:00:00")
    _below(trigger, "RandomDelay", "PT10M")
    principal = _below(_below(task, "Principals"), "Principal")
    _below(principal, "LogonType", "InteractiveToken")
    settings = _below(task, "Settings")
    for name, value in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", "PT0S"),
        ("Priority", "7"),
    ):
        _below(settings, name, value)
    run = _below(_below(task, "Actions"), "Exec")
    _below(run, "Command", starts[0])
    _below(run, "Arguments", starts[1])
    text = ET.tostring(task, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{text}'.encode("utf-16")


def action_of(found: bytes) -> tuple[str, str] | None:
    """Read program and arguments of a task's XML in any of the codes `schtasks` uses."""
    start = found.find(b"<\0T\0a\0s\0k" if b"<\0T\0a\0s\0k" in found else b"<Task")
    code = "utf-16-le" if found[start + 1 : start + 2] == b"\0" else "utf-8"
    try:
        task = ET.fromstring(found[max(start, 0) :].decode(code, "replace"))  # noqa: S314  the system's own answer
    except ET.ParseError:
        return None
    run = task.find(f".//{_tag('Exec')}")
    if run is None:
        return None
    return run.findtext(_tag("Command"), ""), run.findtext(_tag("Arguments"), "")


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _below(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    return child
