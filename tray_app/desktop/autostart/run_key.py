"""Start at login by the Run key of Windows. Written from Microsoft's manual; it has never run."""

import importlib
import subprocess
from typing import Any, Protocol

from tray_app.core.phrase import phrase
from tray_app.core.system_job import AT_LOGIN, JobCommand, JobState, JobStatus
from tray_app.desktop.autostart.xdg import OFF, ON

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


class Registry(Protocol):
    """Values of this person's part of the registry."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """Return a value; None where there is none."""
        ...

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text value."""
        ...

    def delete(self, key: str, name: str) -> None:
        """Delete a value; no error where there is none."""
        ...


class RunKeyAutostart:
    """Keeps one value of the Run key, and obeys the Task Manager's switch beside it; blocking."""

    def __init__(self, command: JobCommand, registry: Registry | None = None) -> None:
        words = command.words_with_home(AT_LOGIN[0])
        self._name = command.name
        self._line = subprocess.list2cmdline(words)
        self._registry = registry or UserRegistry()

    def read(self) -> JobState:
        """Read what the next login will do; of the switch's first byte odd means off."""
        found = self._registry.get(RUN, self._name)
        if found is None:
            return OFF
        switch = self._registry.get(APPROVED, self._name)
        if isinstance(switch, bytes) and switch[:1] and switch[0] % 2:
            return JobState(JobStatus.ABSENT, phrase("It is switched off in the Task Manager."))
        if found != self._line:
            return JobState(JobStatus.STALE, phrase("The Run key starts another installation."))
        return ON

    def create(self) -> JobState:
        """Write the value, and undo it being switched off."""
        self._registry.delete(APPROVED, self._name)
        self._registry.set(RUN, self._name, self._line)
        return self.read()

    def remove(self) -> JobState:
        """Delete the value and its switch."""
        self._registry.delete(RUN, self._name)
        self._registry.delete(APPROVED, self._name)
        return self.read()


class UserRegistry:
    """`Registry` over HKEY_CURRENT_USER."""

    def __init__(self) -> None:
        self._winreg: Any = importlib.import_module("winreg")  # there is none elsewhere

    def get(self, key: str, name: str) -> str | bytes | None:
        """Return a value; None where there is none."""
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
                found = self._winreg.QueryValueEx(opened, name)[0]
        except FileNotFoundError:
            return None
        return found if isinstance(found, (str, bytes)) else None

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text value."""
        with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
            self._winreg.SetValueEx(opened, name, 0, self._winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Delete a value; no error where there is none."""
        reg = self._winreg
        try:
            with reg.OpenKey(reg.HKEY_CURRENT_USER, key, access=reg.KEY_SET_VALUE) as opened:
                reg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
