"""The text fields of an upload: what 2.x and 3.x demand of them. Pure decisions."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tray_app.demo import clock
from tray_app.demo.options import Version

STRICT_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
LOOSE_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?([T ].*)?")
UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
VISIBILITIES = ("archive", "timeline", "hidden", "locked")
MAX_INTEGER = 2**53 - 1


@dataclass(frozen=True, slots=True)
class UploadFields:
    """Valid fields; times are as the server writes them."""

    file_created_at: str
    file_modified_at: str
    device_asset_id: str
    device_id: str
    is_favorite: bool
    duration: str | None
    visibility: str
    live_photo_video_id: str | None
    metadata: str
    filename: str


class InvalidFieldsError(Exception):
    """Validation failed; `problems` are (field, what it must be)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def read_fields(fields: Mapping[str, str], version: Version) -> UploadFields:
    """Return the fields of an upload; raises InvalidFieldsError with every problem."""
    if problems := list(_problems(fields, version)):
        raise InvalidFieldsError(problems)
    return UploadFields(
        clock.iso(clock.parse(fields["fileCreatedAt"])),
        clock.iso(clock.parse(fields["fileModifiedAt"])),
        fields.get("deviceAssetId", ""),
        fields.get("deviceId", ""),
        fields.get("isFavorite") == "true",
        fields.get("duration") or None,
        fields.get("visibility") or "timeline",
        fields.get("livePhotoVideoId") or None,
        _as_array(fields.get("metadata", "")),
        fields.get("filename", ""),
    )


def _problems(fields: Mapping[str, str], version: Version) -> Iterator[tuple[str, str]]:
    """Yield every (field, what it must be) that does not hold."""
    for name in REQUIRED_V3 if version.is_v3 else REQUIRED_V2:
        if not fields.get(name):
            yield name, "should not be empty"
    for name, (holds, must_be) in (RULES_V3 if version.is_v3 else RULES_V2).items():
        if fields.get(name, "") != "" and not holds(fields[name]):
            yield name, must_be


def _is_date(text: str) -> bool:
    if not LOOSE_DATE.fullmatch(text):
        return False
    try:
        clock.parse(text)
    except ValueError:
        return False
    return True


def _is_strict_date(text: str) -> bool:
    return STRICT_DATE.fullmatch(text) is not None and _is_date(text)


def _is_boolean(text: str) -> bool:
    return text in ("true", "false")


def _is_visibility(text: str) -> bool:
    return text in VISIBILITIES


def _is_uuid(text: str) -> bool:
    return UUID.fullmatch(text) is not None


def _is_milliseconds(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= MAX_INTEGER


def _as_array(metadata: str) -> str:
    return metadata if metadata.lstrip().startswith("[") else f"[{metadata}]"


def _is_metadata(text: str) -> bool:
    try:
        items: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return isinstance(items, list) and all(
        isinstance(item, dict)
        and isinstance(item.get("key"), str)
        and isinstance(item.get("value"), dict)
        for item in items
    )


def _is_loose_metadata(text: str) -> bool:
    return _is_metadata(text) or _is_metadata(f"[{text}]")


Rule = tuple[Callable[[str], bool], str]
REQUIRED_V3 = ("fileCreatedAt", "fileModifiedAt")
REQUIRED_V2 = ("deviceAssetId", "deviceId", *REQUIRED_V3)
RULES_V2: Mapping[str, Rule] = {
    "fileCreatedAt": (_is_date, "must be a date"),
    "fileModifiedAt": (_is_date, "must be a date"),
    "isFavorite": (_is_boolean, "must be a boolean value"),
    "visibility": (_is_visibility, f"must be one of: {', '.join(VISIBILITIES)}"),
    "livePhotoVideoId": (_is_uuid, "must be a UUID"),
    "metadata": (_is_loose_metadata, "must be an array of key and value"),
}
RULES_V3: Mapping[str, Rule] = {
    **RULES_V2,
    "fileCreatedAt": (_is_strict_date, "expected ISO 8601 datetime string"),
    "fileModifiedAt": (_is_strict_date, "expected ISO 8601 datetime string"),
    "isFavorite": (_is_boolean, "expected true or false"),
    "duration": (_is_milliseconds, "expected integer milliseconds"),
    "metadata": (_is_metadata, "expected an array of key and value"),
}
