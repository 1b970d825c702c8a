"""What the lines of the change stream carry (protocol 4.4), as rows of our tables.

Ids become 16 bytes and times milliseconds since 1970 UTC; `localDateTime` is a wall clock that
the server writes as if it were UTC. Fields we do not keep are skipped while decoding.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

Row = tuple[Any, ...]
Sha1 = Annotated[bytes, Meta(min_length=20, max_length=20)]
Int = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""What JSON numbers hold exactly; SQLite takes no more than 64 bits."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_CLOCK = re.compile(r"(\d{1,4}):(\d\d):(\d\d)(?:\.(\d{1,6}))?", re.ASCII)


def milliseconds(moment: datetime | None) -> int | None:
    """Count from 1970 UTC; a time without a zone is UTC (protocol 0.2)."""
    if moment is None:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MILLISECOND


def duration_ms(value: int | str | None) -> int | None:
    """Read a duration: 3.x says milliseconds, 2.x `HH:MM:SS.mmm` or words nobody can read."""
    if not isinstance(value, str):
        return value
    found = _CLOCK.fullmatch(value)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups(default="")
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0")[:3])


def _bytes(value: UUID | None) -> bytes | None:
    return value.bytes if value else None


class Payload(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The `data` of a line that makes or changes a row."""

    def row(self) -> Row:
        """Return key and content in the order of the table's columns."""
        raise NotImplementedError


class User(Payload, frozen=True, gc=False):
    """`UserV1` and `AuthUserV1`."""

    id: UUID
    name: str
    email: str
    avatar_color: str | None = None
    deleted_at: datetime | None = None
    has_profile_image: bool = False
    profile_changed_at: datetime | None = None

    def row(self) -> Row:
        """Return a row of `user`."""
        return (
            self.id.bytes,
            self.name,
            self.email,
            self.avatar_color,
            milliseconds(self.deleted_at),
            self.has_profile_image,
            milliseconds(self.profile_changed_at),
        )


class Partner(Payload, frozen=True, gc=False):
    """`PartnerV1`; both directions."""

    shared_by_id: UUID
    shared_with_id: UUID
    in_timeline: bool

    def row(self) -> Row:
        """Return a row of `partner`."""
        return (self.shared_by_id.bytes, self.shared_with_id.bytes, self.in_timeline)


class Asset(Payload, frozen=True, gc=False):
    """Every line that carries an asset, of either generation."""

    id: UUID
    owner_id: UUID
    original_file_name: str
    checksum: Sha1
    type: str
    visibility: str
    is_favorite: bool
    deleted_at: datetime | None = None
    local_date_time: datetime | None = None
    file_created_at: datetime | None = None
    file_modified_at: datetime | None = None
    duration: Int | str | None = None
    live_photo_video_id: UUID | None = None
    stack_id: UUID | None = None
    library_id: UUID | None = None
    width: Int | None = None
    height: Int | None = None
    is_edited: bool = False
    thumbhash: str | None = None

    def row(self) -> Row:
        """Return a row of `asset`."""
        return (
            self.id.bytes,
            self.owner_id.bytes,
            self.checksum,
            self.original_file_name,
            self.type,
            self.visibility,
            self.is_favorite,
            milliseconds(self.deleted_at),
            milliseconds(self.local_date_time),
            milliseconds(self.file_created_at),
            milliseconds(self.file_modified_at),
            duration_ms(self.duration),
            _bytes(self.live_photo_video_id),
            _bytes(self.stack_id),
            _bytes(self.library_id),
            self.width,
            self.height,
            self.is_edited,
            self.thumbhash,
        )


class ExifFields(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """What is known of an asset's file; fields that API keys are not told are None."""

    description: str | None = None
    exif_image_width: Int | None = None
    exif_image_height: Int | None = None
    file_size_in_byte: Int | None = None
    orientation: str | None = None
    date_time_original: datetime | None = None
    modify_date: datetime | None = None
    time_zone: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    projection_type: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    make: str | None = None
    model: str | None = None
    lens_model: str | None = None
    f_number: float | None = None
    focal_length: float | None = None
    iso: Int | None = None
    exposure_time: str | None = None
    profile_description: str | None = None
    rating: Int | None = None
    fps: float | None = None

    def content(self) -> Row:
        """Return a row of `exif` without its key."""
        return (
            self.description,
            self.exif_image_width,
            self.exif_image_height,
            self.file_size_in_byte,
            self.orientation,
            milliseconds(self.date_time_original),
            milliseconds(self.modify_date),
            self.time_zone,
            self.latitude,
            self.longitude,
            self.projection_type,
            self.city,
            self.state,
            self.country,
            self.make,
            self.model,
            self.lens_model,
            self.f_number,
            self.focal_length,
            self.iso,
            self.exposure_time,
            self.profile_description,
            self.rating,
            self.fps,
        )


class Exif(ExifFields, Payload, frozen=True, gc=False, kw_only=True):
    """`AssetExifV1` and its variants for partners and albums."""

    asset_id: UUID

    def row(self) -> Row:
        """Return a row of `exif`."""
        return (self.asset_id.bytes, *self.content())


class Album(Payload, frozen=True, gc=False):
    """`AlbumV1` and `AlbumV2`; only the first names the owner (protocol 8.1)."""

    id: UUID
    name: str
    description: str
    created_at: datetime
    updated_at: datetime
    is_activity_enabled: bool
    order: str
    thumbnail_asset_id: UUID | None = None
    owner_id: UUID | None = None

    def row(self) -> Row:
        """Return a row of `album`."""
        return (
            self.id.bytes,
            self.name,
            self.description,
            milliseconds(self.created_at),
            milliseconds(self.updated_at),
            _bytes(self.thumbnail_asset_id),
            self.is_activity_enabled,
            self.order,
        )


class AlbumUser(Payload, frozen=True, gc=False):
    """`AlbumUserV1`; `role` is editor, viewer or, from 3.x, owner."""

    album_id: UUID
    user_id: UUID
    role: str

    def row(self) -> Row:
        """Return a row of `album_user`."""
        return (self.album_id.bytes, self.user_id.bytes, self.role)


class AlbumAsset(Payload, frozen=True, gc=False):
    """`AlbumToAssetV1` and its delete."""

    album_id: UUID
    asset_id: UUID

    def row(self) -> Row:
        """Return a row of `album_asset`, which is its key."""
        return (self.album_id.bytes, self.asset_id.bytes)


class Stack(Payload, frozen=True, gc=False):
    """`StackV1` and `PartnerStackV1`."""

    id: UUID
    owner_id: UUID
    primary_asset_id: UUID
    created_at: datetime
    updated_at: datetime

    def row(self) -> Row:
        """Return a row of `stack`."""
        return (
            self.id.bytes,
            self.owner_id.bytes,
            self.primary_asset_id.bytes,
            milliseconds(self.created_at),
            milliseconds(self.updated_at),
        )


class UserGone(Payload, frozen=True, gc=False):
    """`UserDeleteV1`."""

    user_id: UUID

    def row(self) -> Row:
        """Return the key of `user`."""
        return (self.user_id.bytes,)


class PartnerGone(Payload, frozen=True, gc=False):
    """`PartnerDeleteV1`."""

    shared_by_id: UUID
    shared_with_id: UUID

    def row(self) -> Row:
        """Return the key of `partner`."""
        return (self.shared_by_id.bytes, self.shared_with_id.bytes)


class AssetGone(Payload, frozen=True, gc=False):
    """`AssetDeleteV1` and `PartnerAssetDeleteV1`."""

    asset_id: UUID

    def row(self) -> Row:
        """Return the key of `asset`."""
        return (self.asset_id.bytes,)


class AlbumGone(Payload, frozen=True, gc=False):
    """`AlbumDeleteV1`: deleted, or no longer shared with us."""

    album_id: UUID

    def row(self) -> Row:
        """Return the key of `album`."""
        return (self.album_id.bytes,)


class AlbumUserGone(Payload, frozen=True, gc=False):
    """`AlbumUserDeleteV1`."""

    album_id: UUID
    user_id: UUID

    def row(self) -> Row:
        """Return the key of `album_user`."""
        return (self.album_id.bytes, self.user_id.bytes)


class StackGone(Payload, frozen=True, gc=False):
    """`StackDeleteV1` and `PartnerStackDeleteV1`."""

    stack_id: UUID

    def row(self) -> Row:
        """Return the key of `stack`."""
        return (self.stack_id.bytes,)
