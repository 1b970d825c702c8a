"""Where our files are: the folders of the operating system, or all under IMMICH_TRAY_HOME."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase

HOME_VARIABLE = "IMMICH_TRAY_HOME"
APP_NAME = "immich-tray"


@dataclass(frozen=True, slots=True)
class Locations:
    """Our folders; `own_home`: they were moved by IMMICH_TRAY_HOME."""

    config: Path
    data: Path
    cache: Path
    logs: Path
    own_home: bool = False

    @property
    def settings_file(self) -> Path:
        """The settings, editable by hand."""
        return self.config / "settings.toml"

    @property
    def account_file(self) -> Path:
        """Who signed in where; holds no secret."""
        return self.data / "account.json"

    @property
    def choices_file(self) -> Path:
        """A pause and the networks a person allowed."""
        return self.data / "choices.json"

    @property
    def window_file(self) -> Path:
        """Where the window was and what it has said."""
        return self.config / "window.ini"

    @property
    def onboarding_file(self) -> Path:
        """What is kept of an onboarding that is not finished."""
        return self.data / "onboarding.json"

    @property
    def told_file(self) -> Path:
        """What notifications have told."""
        return self.data / "told.json"

    @property
    def update_file(self) -> Path:
        """When a new version was last asked for, and what was found."""
        return self.data / "update.json"

    @property
    def backup_db(self) -> Path:
        """Hash cache, queue and history; survives sign-out."""
        return self.data / "backup.db"

    @property
    def library_db(self) -> Path:
        """The mirror of the server; can be rebuilt."""
        return self.data / "library.db"

    @property
    def pictures_db(self) -> Path:
        """Small pictures of the timeline; may be deleted."""
        return self.cache / "pictures.db"

    @property
    def keychain_service(self) -> str:
        """The name of our keychain entries, its own for each IMMICH_TRAY_HOME."""
        return self._own(APP_NAME)

    @property
    def job_name(self) -> str:
        """The name of our system job, likewise."""
        return self._own(f"{APP_NAME}-backup")

    @property
    def autostart_name(self) -> str:
        """The name of our autostart entry, likewise."""
        return self._own(APP_NAME)

    @property
    def autostart_answer(self) -> Path:
        """What a desktop that cannot be asked twice said about autostart."""
        return self.data / "autostart"

    def _own(self, name: str) -> str:
        if not self.own_home:
            return name
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return f"{name}-{digest}"

    def create(self) -> None:
        """Create what is missing, for us alone; raises NeedsUser(DISK)."""
        for folder in (self.config, self.data, self.cache, self.logs):
            try:
                _make_private(folder)
            except OSError as exc:
                raise NeedsUser(
                    phrase(
                        "The folder {folder} cannot be created: {error}.",
                        folder=folder,
                        error=exc.strerror,
                    ),
                    need=Need.DISK,
                    remedy=phrase(
                        "Make it writable, or set {variable} to another folder.",
                        variable=HOME_VARIABLE,
                    ),
                ) from exc


def _make_private(folder: Path) -> None:
    """Create a folder and what is missing above it, all for us alone (mkdir's parents are not)."""
    if not folder.parent.exists():
        _make_private(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)


def find_locations(environ: Mapping[str, str]) -> Locations:
    """Choose the folders; creates nothing."""
    if home := environ.get(HOME_VARIABLE, "").strip():
        base = Path(home).expanduser().resolve()
        return Locations(base / "config", base / "data", base / "cache", base / "logs", True)
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Locations(
        dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path
    )
