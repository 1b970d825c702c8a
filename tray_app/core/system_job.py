"""What the system starts for us: the hourly job, and the tray at login (design section 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tray_app.core.account import Identity
from tray_app.core.settings import Settings

BACKUP = ("backup", "--once", "--background")
AT_LOGIN = ("--hidden",)
_CONSOLE = re.compile(r"(?i)(^|[\\/])python(\d[\d.]*)?\.exe$")
_OWN_CONSOLE = re.compile(r"(?i)(^|[\\/])immich-tray\.exe$")


class JobStatus(StrEnum):
    """Whether the system has our job, or starts us at login."""

    ABSENT = "absent"
    PRESENT = "present"
    STALE = "stale"
    UNSUPPORTED = "unsupported"


class JobState(NamedTuple):
    """What the system says of the job; `words` is a sentence for a person.

    `status` STALE: it is there, but starts something else than this installation, or not at
    all. `running`: the system keeps its time now; False: from the next login, None: unknown.
    """

    status: JobStatus
    words: str = ""
    running: bool | None = None


@dataclass(frozen=True, slots=True)
class JobCommand:
    """What the job starts: an absolute program with its words, and variables it needs.

    `name` tells the jobs of several IMMICH_TRAY_HOME apart.
    """

    name: str
    words: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)

    def words_with_home(self, before: str) -> list[str]:
        """Return the words with the home as our option `--home`, in front of the word `before`.

        For what sets no variables for the programs it starts.
        """
        words = list(self.words)
        if home := self.variables.get("IMMICH_TRAY_HOME"):
            at = words.index(before)
            words[at:at] = ["--home", home]
        return words


def program_words(
    executable: str, platform: str, *, frozen: bool, image: str = ""
) -> tuple[str, ...] | None:
    """Return the words that start this installation; None where they cannot be known.

    `executable`, `platform`: of `sys`. `frozen`: it is our own program, not a Python. `image`:
    the AppImage we run from, whose inside is mounted elsewhere at each start.
    """
    if image:
        return (image,)
    if not executable:
        return None
    if frozen and platform == "win32":  # a console window every hour would surprise
        return (_OWN_CONSOLE.sub(r"\1immich-trayw.exe", executable),)
    if frozen:
        return (executable,)
    if platform == "win32":  # likewise
        executable = _CONSOLE.sub(r"\1pythonw.exe", executable)
    return (executable, "-m", "tray_app")


def is_wanted(settings: Settings, identity: Identity | None) -> bool:
    """Tell whether there shall be a job.

    Who signs in by environment variables starts backups by means of their own: the job would
    not have the variables, and no secret is written into it.
    """
    signed_in = identity is not None and not identity.method.from_environment
    return signed_in and settings.background_backup and settings.scheduled_backup
