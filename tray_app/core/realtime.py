"""What a server's events ask of us, and when it is done (requirement; protocol 5.2).

Events are wake-ups and the change stream is the truth: most mean "sync soon", whatever their
arguments say. Only `AssetUploadReady` brings all that is needed to show the asset at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from tray_app.core.server import ServerVersion

QUIET_SECONDS = 5.0
LONGEST_SECONDS = 10.0
MOST_READY = 200
"""Assets that are applied directly in one batch; more of them are one sync."""

_LARGEST_READY = 64 * 1024  # bytes of JSON for one asset
_BACKGROUND_SECONDS = 60.0


class Action(StrEnum):
    """What an event asks for."""

    SYNC = "sync"
    ADDED = "added"
    READY = "ready"
    GREETED = "greeted"
    SETTINGS = "settings"
    SESSION_ENDED = "sessionEnded"
    REFUSED = "refused"
    RESTART = "restart"
    NOTHING = "nothing"


ACTIONS = {
    "on_upload_success": Action.ADDED,  # add the asset to the timeline
    "on_asset_delete": Action.SYNC,  # remove it from the database
    "on_asset_trash": Action.SYNC,  # move it to the trash
    "on_asset_restore": Action.SYNC,  # take it back from there
    "on_asset_update": Action.SYNC,  # refresh what is known of it
    "on_asset_hidden": Action.SYNC,  # remove it from the visible timeline
    "AssetUploadReadyV1": Action.READY,
    "AssetUploadReadyV2": Action.READY,
    "AssetEditReadyV1": Action.SYNC,
    "AssetEditReadyV2": Action.SYNC,
    "on_asset_stack_update": Action.SYNC,
    "on_album_update": Action.SYNC,
    "on_user_delete": Action.SYNC,
    "on_notification": Action.SYNC,  # in 2.x all that is told of an album shared with us
    "on_config_update": Action.SETTINGS,
    "on_server_version": Action.GREETED,
    "on_session_delete": Action.SESSION_ENDED,
    "error": Action.REFUSED,
    "AppRestartV1": Action.RESTART,
    "on_new_release": Action.NOTHING,
    "on_person_thumbnail": Action.NOTHING,  # we keep no people
}

_ALBUM_NOTES = frozenset({"AlbumInvite", "AlbumUpdate"})


@dataclass(frozen=True, slots=True)
class Ready:
    """An asset with its details as JSON, in the shape of the stream's `AssetV<generation>`."""

    generation: int
    asset_id: str
    asset: bytes
    exif: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """One event, understood. `subject`: id of the asset or session that it is about."""

    action: Action
    subject: str = ""
    ready: Ready | None = None
    version: ServerVersion | None = None


_Id = Annotated[str, Meta(min_length=1, max_length=64)]
_Part = Annotated[int, Meta(ge=0, le=1_000_000)]


class _Asset(msgspec.Struct):
    id: _Id


class _Note(msgspec.Struct):
    type: str


class _Version(msgspec.Struct):
    major: _Part
    minor: _Part
    patch: _Part


class _Payload(msgspec.Struct):
    asset: dict[str, object]
    exif: dict[str, object]


def understood(event: str, arguments: Sequence[object]) -> Heard:
    """Say what an event asks for; unknown ones ask for nothing, and nothing is ever raised.

    An event of ours with arguments we cannot read still means that something changed.
    """
    action = ACTIONS.get(event, Action.NOTHING)
    read = _READERS.get(event)
    if read is None:
        return Heard(action)
    try:
        return read(event, arguments[0] if arguments else None)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        return Heard(Action.SYNC if action in (Action.ADDED, Action.READY) else action)


def _added(_event: str, told: object) -> Heard:
    return Heard(Action.ADDED, msgspec.convert(told, _Asset).id)


def _ready(event: str, told: object) -> Heard:
    payload = msgspec.convert(told, _Payload)
    asset_id = msgspec.convert(payload.asset, _Asset).id
    asset, exif = msgspec.json.encode(payload.asset), msgspec.json.encode(payload.exif)
    if len(asset) + len(exif) > _LARGEST_READY:
        return Heard(Action.SYNC)
    return Heard(Action.READY, asset_id, Ready(int(event[-1]), asset_id, asset, exif))


def _greeted(_event: str, told: object) -> Heard:
    version = msgspec.convert(told, _Version)
    return Heard(Action.GREETED, version=ServerVersion(version.major, version.minor, version.patch))


def _session_ended(_event: str, told: object) -> Heard:
    return Heard(Action.SESSION_ENDED, msgspec.convert(told, _Id))


def _refused(_event: str, told: object) -> Heard:
    return Heard(Action.REFUSED if told == "unauthorized" else Action.NOTHING)


def _noted(_event: str, told: object) -> Heard:
    note = msgspec.convert(told, _Note)
    return Heard(Action.SYNC if note.type in _ALBUM_NOTES else Action.NOTHING)


_READERS: dict[str, Callable[[str, object], Heard]] = {
    "on_upload_success": _added,
    "AssetUploadReadyV1": _ready,
    "AssetUploadReadyV2": _ready,
    "on_server_version": _greeted,
    "on_session_delete": _session_ended,
    "error": _refused,
    "on_notification": _noted,
}


@dataclass(frozen=True, slots=True)
class Pending:
    """What events asked for and is not done yet; times are monotonic seconds.

    `announced`: assets told by `on_upload_success`, which normally become ready at once.
    """

    first: float | None = None
    last: float = 0.0
    sync: bool = False
    full: bool = False
    announced: frozenset[str] = frozenset()
    ready: tuple[Ready, ...] = ()

    def adding(self, heard: Heard, now: float) -> "Pending":
        """Take in an event of `now`; those that ask for no sync change nothing."""
        if heard.action not in (Action.SYNC, Action.ADDED, Action.READY):
            return self
        first = now if self.first is None else self.first
        if self.full or heard.action is Action.SYNC:
            return replace(self, first=first, last=now, sync=True)
        if len(self.announced) + len(self.ready) >= 2 * MOST_READY or (
            heard.ready and len(self.ready) >= MOST_READY
        ):
            return Pending(first=first, last=now, sync=True, full=True)
        ready = (*self.ready, heard.ready) if heard.ready else self.ready
        announced = self.announced if heard.ready else self.announced | {heard.subject}
        return replace(self, first=first, last=now, announced=announced, ready=ready)

    @property
    def due_at(self) -> float | None:
        """When to act: after 5 s of quiet, at most 10 s after the first; None: nothing to do."""
        if self.first is None:
            return None
        return min(self.last + QUIET_SECONDS, self.first + LONGEST_SECONDS)

    @property
    def needs_sync(self) -> bool:
        """Tell whether the assets that came along are not all there is to know."""
        return self.sync or not self.announced <= {ready.asset_id for ready in self.ready}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides whether we listen; None: unknown. `in_background`: `realtimeInBackground`."""

    visible: bool
    on_ac: bool | None = None
    online: bool | None = None
    in_background: bool = True


def wants_to_listen(around: Circumstances) -> bool:
    """Listen while a window is open, else on mains power where the setting allows it.

    A computer without any network does not try (design section 2).
    """
    if around.online is False:
        return False
    return around.visible or (around.in_background and around.on_ac is not False)


def leaves_at(unwanted_since: float) -> float:
    """When to stop listening after nothing wants it any more: windows come and go."""
    return unwanted_since + _BACKGROUND_SECONDS
