"""What the REST resources answer that an API key reads, as rows of our tables (protocol 4.9).

Fields that only one generation has are optional, the rest is skipped while decoding.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta

from tray_app.core.sync import payloads as p
from tray_app.core.sync.batch import OWNER
from tray_app.core.sync.columns import Duration, Id, Int, Row, Sha1, milliseconds

MOST_MONTHS = 20_000
_NO_DURATION = "0:00:00.00000"  # what 2.x says of a photo


class Answer(msgspec.Struct, rename="camel", frozen=True):
    """Base of answers; unknown fields are skipped."""


class Person(Answer, frozen=True):
    """An account as others see it."""

    id: UUID
    name: str
    email: str
    avatar_color: str | None = None
    profile_image_path: str = ""
    profile_changed_at: datetime | None = None

    def row(self) -> Row:
        """Return a row of `user`."""
        pictured, changed = bool(self.profile_image_path), self.profile_changed_at
        return p.User(
            str(self.id), self.name, self.email, self.avatar_color, None, pictured, changed
        ).row()


class Partner(Answer, frozen=True):
    """The other side of a partnership."""

    id: UUID
    in_timeline: bool = False


class Month(Answer, frozen=True):
    """One line of `timeline/buckets`."""

    time_bucket: Annotated[str, Meta(pattern=r"^\d{4,6}-\d\d-\d\d[T\d:.Z+]{0,24}$")]


class Entry(NamedTuple):
    """What a month tells of an asset; enough to see that it has changed."""

    id: bytes
    owner_id: bytes
    visibility: str
    is_favorite: bool
    trashed: bool
    file_created_at: int | None
    thumbhash: str | None
    live_video_id: bytes | None
    city: str | None
    country: str | None


class MonthList(Answer, frozen=True):
    """`timeline/bucket`: parallel lists."""

    id: list[UUID]
    owner_id: list[UUID]
    visibility: list[str]
    is_favorite: list[bool]
    is_trashed: list[bool]
    file_created_at: list[datetime | None]
    thumbhash: list[str | None]
    live_photo_video_id: list[UUID | None]
    city: list[str | None] | None = None
    country: list[str | None] | None = None

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self._columns()}
        if len(lengths) != 1:
            raise ValueError("the columns of a month differ in length")

    def _columns(self) -> tuple[list[Any], ...]:
        nothing = [None] * len(self.id)
        return (
            self.id,
            self.owner_id,
            self.visibility,
            self.is_favorite,
            self.is_trashed,
            self.file_created_at,
            self.thumbhash,
            self.live_photo_video_id,
            nothing if self.city is None else self.city,
            nothing if self.country is None else self.country,
        )

    def entries(self) -> Iterator[Entry]:
        """Yield the rows."""
        for one, owner, seen, liked, trashed, at, thumb, live, city, country in zip(
            *self._columns(), strict=True
        ):
            yield Entry(
                one.bytes,
                owner.bytes,
                seen,
                liked,
                trashed,
                milliseconds(at),
                thumb,
                live.bytes if live else None,
                city,
                country,
            )


class FullAsset(Answer, frozen=True):
    """An asset with all details: of a search, or asked for by its id."""

    id: UUID
    owner_id: Id
    original_file_name: str
    checksum: Sha1
    type: str
    visibility: str
    is_favorite: bool
    is_trashed: bool
    updated_at: datetime
    local_date_time: datetime | None = None
    file_created_at: datetime | None = None
    file_modified_at: datetime | None = None
    duration: Duration | None = None
    live_photo_video_id: Id | None = None
    library_id: Id | None = None
    width: Int | None = None
    height: Int | None = None
    is_edited: bool = False
    thumbhash: str | None = None
    exif_info: p.ExifFields | None = None

    def row(self) -> Row:
        """Return a row of `asset`; the stack is not told, and of the trash only since when."""
        return p.Asset(
            id=str(self.id),
            owner_id=self.owner_id,
            original_file_name=self.original_file_name,
            checksum=self.checksum,
            type=self.type,
            visibility=self.visibility,
            is_favorite=self.is_favorite,
            deleted_at=self.updated_at if self.is_trashed else None,
            local_date_time=self.local_date_time,
            file_created_at=self.file_created_at,
            file_modified_at=self.file_modified_at,
            duration=None if self.duration == _NO_DURATION else self.duration,
            live_photo_video_id=self.live_photo_video_id,
            library_id=self.library_id,
            width=self.width,
            height=self.height,
            is_edited=self.is_edited,
            thumbhash=self.thumbhash,
        ).row()

    def exif_row(self) -> Row | None:
        """Return a row of `exif`; None: nothing is known yet."""
        return p.exif_of(str(self.id), self.exif_info).row() if self.exif_info else None


class Found(Answer, frozen=True):
    """One page of a search; `next_page` None on the last."""

    items: list[FullAsset]
    next_page: str | None = None


class SearchAnswer(Answer, frozen=True):
    """`search/metadata`."""

    assets: Found


class _Named(Answer, frozen=True):
    id: UUID


class Member(Answer, frozen=True):
    """Somebody who sees an album."""

    user: _Named
    role: str


class Album(Answer, frozen=True):
    """One album of the list; 2.x names the owner, 3.x has them among the members."""

    id: UUID
    album_name: str
    description: str
    created_at: datetime
    updated_at: datetime
    is_activity_enabled: bool
    album_users: list[Member]
    order: str = "desc"
    album_thumbnail_asset_id: Id | None = None
    owner_id: UUID | None = None

    def row(self) -> Row:
        """Return a row of `album`."""
        return p.Album(
            id=str(self.id),
            name=self.album_name,
            description=self.description,
            created_at=self.created_at,
            updated_at=self.updated_at,
            is_activity_enabled=self.is_activity_enabled,
            order=self.order,
            thumbnail_asset_id=self.album_thumbnail_asset_id,
        ).row()

    def members(self) -> list[Row]:
        """Return rows of `album_user`, the owner among them as in 3.x."""
        roles = {member.user.id: member.role for member in self.album_users}
        if self.owner_id:
            roles[self.owner_id] = OWNER
        return [(self.id.bytes, user.bytes, role) for user, role in roles.items()]


class Stack(Answer, frozen=True):
    """One of the own stacks."""

    id: UUID
    primary_asset_id: UUID
    assets: list[_Named]


class ApiKey(Answer, frozen=True):
    """The key in use."""

    permissions: frozenset[str]


class Version(Answer, frozen=True):
    """`server/version`."""

    major: int
    minor: int
    patch: int
