"""The settings in one TOML file that a person may edit: comments, order and unknown keys stay."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tray_app.adapters.private_file import write_private
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.setting_specs import Spec
from tray_app.core.settings import (
    SPECS,
    InvalidSettings,
    Loaded,
    Settings,
    changed,
    read_settings,
)

_HEADER = """\
# Settings of Immich Tray. Edit freely: the file is read again when it changes.
# A value that is not allowed is named, and the last good settings stay in force.
"""
# A version whose settings mean something else than today's writes a higher number under this key.
_FORMAT, _NEWEST_FORMAT = "format", 1
_FOLDERS_EXAMPLE = """\
# [[folders]]
# path = "/home/me/Pictures"
# enabled = true
# exclude = ["*.tmp", "Screenshots/"]
"""


class SettingsFile:
    """Reads and writes the settings; a broken file is never overwritten."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Loaded:
        """Read the file; defaults where there is none yet.

        Raises InvalidSettings with every problem, or NeedsUser(SETTINGS) naming the line when
        it is not TOML, or that a newer version wrote it.
        """
        return self._understood(self._text())

    def create(self) -> None:
        """Write the documented defaults unless there is a file."""
        if not self.path.exists():
            write_private(self.path, first_text(Settings()).encode())

    def save(self, settings: Settings) -> None:
        """Write the values that differ from the file; all else in it stays as it is.

        Raises like `load` when the file is broken, and NeedsUser(DISK).
        """
        text = self._text() or first_text(Settings())
        write_private(self.path, self._edited(text, settings).encode())

    def change(self, key: str, raw: object) -> Settings:
        """Change one raw value in the newest state of the file and return the settings."""
        settings = changed(self.load().settings, key, raw)
        self.save(settings)
        return settings

    def _text(self) -> str:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return ""
        except OSError as exc:
            raise NeedsUser(
                phrase(
                    "The settings file {path} cannot be read: {error}.",
                    path=self.path,
                    error=exc.strerror,
                ),
                need=Need.SETTINGS,
                remedy=phrase("Make it readable for you."),
            ) from exc
        try:
            return raw.removeprefix(b"\xef\xbb\xbf").decode()
        except UnicodeDecodeError as exc:
            line = raw.count(b"\n", 0, exc.start) + 1
            raise self._broken(phrase("line {line} is not UTF-8 text", line=line)) from exc

    def _understood(self, text: str) -> Loaded:
        try:
            data = tomllib.loads(text)
        except RecursionError as exc:
            raise self._broken(phrase("it is nested too deeply")) from exc
        except ValueError as exc:  # TOMLDecodeError, and Python's own of a number too long
            raise self._broken(str(exc)) from exc
        if data.pop(_FORMAT, _NEWEST_FORMAT) != _NEWEST_FORMAT:
            raise self._newer()
        try:
            return Loaded(*read_settings(_with_home(data)))
        except InvalidSettings as exc:
            raise InvalidSettings(exc.problems, str(self.path)) from exc

    def _edited(self, text: str, settings: Settings) -> str:
        import tomlkit  # noqa: PLC0415  only writing needs it
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

        old = self._understood(text).settings.plain()
        new = settings.plain()
        try:
            document = tomlkit.parse(text)
        except (TOMLKitError, ValueError, RecursionError) as exc:
            raise self._broken(str(exc)) from exc
        for spec in SPECS:
            if new[spec.key] != old[spec.key]:
                document[spec.key] = _item(spec, new[spec.key])
        edited = tomlkit.dumps(document)
        if self._understood(edited).settings != settings:
            raise self._broken(phrase("the new values could not be put into it"))
        return edited

    def _newer(self) -> NeedsUser:
        return NeedsUser(
            phrase("The settings file {path} was written by a newer Immich Tray.", path=self.path),
            need=Need.SETTINGS,
            remedy=phrase("Install the newer version again, or move the file away to begin anew."),
        )

    def _broken(self, why: str) -> NeedsUser:
        return NeedsUser(
            phrase(
                "The settings file {path} cannot be understood: {why}.", path=self.path, why=why
            ),
            need=Need.SETTINGS,
            remedy=phrase("Correct that line, or move the file away to begin with the defaults."),
        )


def first_text(settings: Settings) -> str:
    """Write all settings as a new file, each with its sentence, unit, range and default."""
    ordered = sorted(SPECS, key=lambda spec: spec.name == "folders")  # tables end a TOML file
    return _HEADER + "".join(
        f"\n# {spec.sentence}\n# {_facts(spec)}\n{_entry(spec, settings)}" for spec in ordered
    )


def _facts(spec: Spec) -> str:
    unit = f" ({spec.unit})" if spec.unit else ""
    return f"Takes {spec.allowed}{unit}; default {default_of(spec)}."


def default_of(spec: Spec) -> str:
    """Write the default as it stands in the file."""
    import tomlkit  # noqa: PLC0415  only writing needs it

    return str(tomlkit.item(spec.plain(spec.default)).as_string())


def _entry(spec: Spec, settings: Settings) -> str:
    value = spec.plain(getattr(settings, spec.name))
    if spec.name == "folders" and not value:
        return _FOLDERS_EXAMPLE
    import tomlkit  # noqa: PLC0415  only writing needs it

    document = tomlkit.document()
    document[spec.key] = _item(spec, value)
    return tomlkit.dumps(document)


def _item(spec: Spec, value: Any) -> Any:
    if spec.name != "folders" or not value:
        return value
    import tomlkit  # noqa: PLC0415  only writing needs it

    tables = tomlkit.aot()
    for folder in value:
        table = tomlkit.table()
        table.update(folder)
        tables.append(table)
    return tables


def _with_home(data: Mapping[str, Any]) -> dict[str, Any]:
    """Let a person write `~/Pictures`."""
    folders = data.get("folders")
    if not isinstance(folders, list):
        return dict(data)
    return {**data, "folders": [_folder_with_home(folder) for folder in folders]}


def _folder_with_home(folder: Any) -> Any:
    if not isinstance(folder, dict) or not isinstance(folder.get("path"), str):
        return folder
    return {**folder, "path": os.path.expanduser(folder["path"])}  # noqa: PTH111  keeps the text
