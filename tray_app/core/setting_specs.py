"""What a setting is: its type, unit, range and words, and how a raw value is checked.

The settings themselves are the fields of `core.settings.Settings`: that is the one table.
"""

import re
from collections.abc import Callable
from dataclasses import Field, dataclass, field
from enum import StrEnum
from typing import Any, TypeVar, cast

import msgspec

from tray_app.core.phrase import join, phrase

T = TypeVar("T")

_META = "spec"
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class Refused(ValueError):
    """A value is not allowed; the text says which part of it."""


class Group(StrEnum):
    """The pages of the settings dialog, in their order."""

    ACCOUNT = phrase("Account")
    FOLDERS = phrase("Folders")
    WHEN = phrase("When to back up")
    UPLOADS = phrase("Uploads")
    NOTIFICATIONS = phrase("Notifications")
    SYNC = phrase("Sync")
    GENERAL = phrase("General")
    TROUBLESHOOTING = phrase("Troubleshooting")


class Shape(StrEnum):
    """How a setting is edited where its type alone does not say it."""

    PLAIN = "plain"
    SHOWN = "shown"
    HOURS = "hours"
    FILE = "file"
    LINES = "lines"
    HEADERS = "headers"
    PINS = "pins"
    FOLDERS = "folders"


class AlbumMode(StrEnum):
    """Which album uploaded photos go into."""

    OFF = "off"
    FOLDER = "folder"
    SINGLE = "single"


class Language(StrEnum):
    """What the windows speak."""

    SYSTEM = "system"
    EN = "en"
    DE = "de"


class Folder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder to back up; `path` absolute, `exclude` gitignore lines relative to it."""

    path: str
    enabled: bool = True
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One setting. `check` returns the value or raises ValueError; `allowed` says what it takes.

    `words` are spelled-out numbers (`auto` = 0). `key` is the name on disk, `name` in Python;
    `title` names it for a person. `needs`: it means something only while the setting of that
    Python name has that value.
    """

    name: str
    key: str
    default: Any
    group: Group
    title: str
    sentence: str
    unit: str
    allowed: str
    check: Callable[[object], Any]
    words: dict[str, int]
    low: int | None
    high: int | None
    choices: tuple[str, ...]
    shape: Shape
    needs: tuple[str, object] | None

    def plain(self, value: Any) -> Any:
        """Return the value as it stands in the file: bool, int, str, list or list of dicts."""
        for word, number in self.words.items():
            if type(value) is int and value == number:
                return word
        return msgspec.json.decode(msgspec.json.encode(value))

    def from_text(self, text: str) -> object:
        """Turn what a person typed into a raw value for `check`; lists take one line each."""
        text = text.strip()
        if isinstance(self.default, bool):
            return _typed_bool(text)
        if isinstance(self.default, int):
            return int(text) if re.fullmatch(r"-?\d+", text) else text
        if isinstance(self.default, tuple):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            return [{"path": line} for line in lines] if self.name == "folders" else lines
        return text


def _typed_bool(text: str) -> object:
    if text.lower() in _TRUE:
        return True
    return False if text.lower() in _FALSE else text


def setting(
    default: T,
    group: Group,
    title: str,
    sentence: str,
    *,
    unit: str = "",
    low: int | None = None,
    high: int | None = None,
    words: dict[str, int] | None = None,
    check: Callable[[object], T] | None = None,
    allowed: str = "",
    shape: Shape = Shape.PLAIN,
    needs: tuple[str, object] | None = None,
) -> T:
    """Declare a field of `Settings` together with everything that is known about it."""
    words = words or {}
    choices: tuple[str, ...] = ()
    if isinstance(default, bool):
        allowed, check = phrase("true or false"), cast("Callable[[object], T]", check_bool)
    elif isinstance(default, StrEnum):
        choices = tuple(type(default))
        allowed = _either(choices)
        check = type(default)
    elif isinstance(default, int):
        allowed = _either([phrase("{low} to {high}", low=low, high=high), *words])
        check = cast("Callable[[object], T]", _int_check(low, high, words))
    meta = {
        "group": group,
        "title": title,
        "sentence": sentence,
        "unit": unit,
        "low": low,
        "high": high,
        "words": words,
        "choices": choices,
        "shape": shape,
        "needs": needs,
        "allowed": allowed or phrase("text"),
        "check": check or check_text,
    }
    return field(default=default, metadata={_META: meta})


def spec_of(declared: "Field[Any]") -> Spec:
    """Read back what `setting` declared."""
    first, *rest = declared.name.split("_")
    key = first + "".join(part.capitalize() for part in rest)
    return Spec(name=declared.name, key=key, default=declared.default, **declared.metadata[_META])


def check_bool(raw: object) -> bool:
    """Accept only true and false."""
    if isinstance(raw, bool):
        return raw
    raise ValueError


def _int_check(low: int | None, high: int | None, words: dict[str, int]) -> Callable[[object], int]:
    def check(raw: object) -> int:
        if isinstance(raw, str) and raw in words:
            return words[raw]
        if type(raw) is not int:
            raise ValueError
        inside = (low is None or raw >= low) and (high is None or raw <= high)
        if inside or raw in words.values():
            return raw
        raise ValueError

    return check


def check_text(raw: object) -> str:
    """Accept one line of text."""
    if isinstance(raw, str) and raw.isprintable():
        return raw.strip()
    raise ValueError


def check_hours(raw: object) -> str:
    """Accept nothing, or two different times of day."""
    text = check_text(raw)
    start, _, end = text.partition("-")
    if text and (not _HOURS.fullmatch(text) or start == end):
        raise ValueError
    return text


def check_patterns(raw: object) -> tuple[str, ...]:
    """Accept lines in gitignore syntax; the error names the line that is not."""
    if not isinstance(raw, (list, tuple)):
        raise ValueError  # noqa: TRY004  a wrong type is a wrong value to the person
    if not raw:
        return ()
    from tray_app.core.exclusion import require_valid  # noqa: PLC0415  `status` starts without it

    for line in raw:
        if not isinstance(line, str) or "\n" in line or not _is_unicode(line):
            raise Refused(phrase("{line} is not a line of text", line=repr(line)))
        try:
            require_valid(line)
        except ValueError as exc:
            raise Refused(phrase("{line} is not a gitignore pattern", line=repr(line))) from exc
    return tuple(raw)


def check_folders(raw: object) -> tuple[Folder, ...]:
    """Accept a list of tables `path`, `enabled`, `exclude`; the error names the folder."""
    if not isinstance(raw, (list, tuple)):
        raise ValueError  # noqa: TRY004  a wrong type is a wrong value to the person
    folders = tuple(_folder(one) for one in raw)
    paths = [folder.path for folder in folders]
    for path in paths:
        if paths.count(path) > 1:
            raise Refused(phrase("{path} is listed twice", path=repr(path)))
    return folders


def _folder(raw: object) -> Folder:
    try:
        found = msgspec.convert(msgspec.to_builtins(raw), Folder)
    except (msgspec.ValidationError, TypeError) as exc:
        raise Refused(str(exc)) from exc
    if not is_absolute(found.path):
        raise Refused(phrase("{path} is not an absolute path", path=repr(found.path)))
    if not _is_unicode(found.path):
        raise Refused(phrase("the path is not UTF-8; add the folder above it"))
    path = found.path if re.fullmatch(r"/+|[A-Za-z]:[\\/]", found.path) else found.path.rstrip("/")
    return msgspec.structs.replace(found, path=path, exclude=check_patterns(found.exclude))


def is_absolute(path: str) -> bool:
    """Tell whether a path names one place, on whichever system."""
    return bool(re.match(r"/|[A-Za-z]:[\\/]|\\\\", path))


def _is_unicode(text: str) -> bool:
    """Tell whether the text can be written to a file of UTF-8 (paths may hold other bytes)."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _either(parts: "list[str] | tuple[str, ...]") -> str:
    *most, last = parts
    return phrase("{what} or {words}", what=join(", ", most), words=last) if most else last
