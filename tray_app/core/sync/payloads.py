"""What the lines of the change stream carry (protocol 4.4), as rows of our tables.

The fields of a payload are the columns of its table, in this order. Ids become 16 bytes and times
milliseconds since 1970 UTC; `localDateTime` is a wall clock that the server writes as if it were
UTC. Fields we do not keep are skipped while decoding.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

import msgspec
from msgspec.structs import astuple, fields

from tray_app.core.sync.columns import Column, Duration, Id, Int, Row, Rows, Sha1, converter


class Payload(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """The `data` of a line that makes or changes a row."""

    @classmethod
    def stored(cls) -> tuple[str, ...]:
        """Name the fields that are columns, in the order of the table."""
        return cls.__struct_fields__

    def row(self) -> Row:
        """Return key and content in the order of the table's columns."""
        return next(iter(rows([self])))


def rows(payloads: Sequence[Payload]) -> Rows:
    """Return what payloads of one type, at least one, put into their table.

    Raises ValueError where a field is not what its column holds.
    """
    told: list[Column] = [*zip(*map(astuple, payloads), strict=True)]
    return Rows([convert(told[at]) for at, convert in _plan(type(payloads[0]))])


@cache
def _plan(kind: type[Payload]) -> list[tuple[int, Callable[[Column], Column]]]:
    """Say for each column which field it is, and what converts it."""
    types = {field.name: field.type for field in fields(kind)}
    names = kind.__struct_fields__
    return [(names.index(name), converter(types[name])) for name in kind.stored()]


class User(Payload, frozen=True, gc=False):
    """`UserV1` and `AuthUserV1`."""

    id: Id
    name: str
    email: str
    avatar_color: str | None = None
    deleted_at: datetime | None = None
    has_profile_image: bool = False
    profile_changed_at: datetime | None = None


class Partner(Payload, frozen=True, gc=False):
    """`PartnerV1`; both directions."""

    shared_by_id: Id
    shared_with_id: Id
    in_timeline: bool


class Asset(Payload, frozen=True, gc=False):
    """Every line that carries an asset, of either generation."""

    id: Id
    owner_id: Id
    checksum: Sha1
    original_file_name: str
    type: str
    visibility: str
    is_favorite: bool
    deleted_at: datetime | None = None
    local_date_time: datetime | None = None
    file_created_at: datetime | None = None
    file_modified_at: datetime | None = None
    duration: Duration | None = None
    live_photo_video_id: Id | None = None
    stack_id: Id | None = None
    library_id: Id | None = None
    width: Int | None = None
    height: Int | None = None
    is_edited: bool = False
    thumbhash: str | None = None


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


class Exif(ExifFields, Payload, frozen=True, gc=False, kw_only=True):
    """`AssetExifV1` and its variants for partners and albums."""

    asset_id: Id

    @classmethod
    def stored(cls) -> tuple[str, ...]:
        """Name the fields with the key before the content."""
        return ("asset_id", *ExifFields.__struct_fields__)


def exif_of(asset_id: str, known: ExifFields) -> Exif:
    """Say whose file these details are of."""
    return Exif(*astuple(known), asset_id=asset_id)


class Album(Payload, frozen=True, gc=False, kw_only=True):
    """`AlbumV1` and `AlbumV2`; only the first names the owner (protocol 8.1)."""

    id: Id
    name: str
    description: str
    created_at: datetime
    updated_at: datetime
    thumbnail_asset_id: Id | None = None
    is_activity_enabled: bool
    order: str
    owner_id: Id | None = None

    @classmethod
    def stored(cls) -> tuple[str, ...]:
        """Name the fields without the owner, who is a member of the album."""
        return cls.__struct_fields__[:-1]


class AlbumUser(Payload, frozen=True, gc=False):
    """`AlbumUserV1`; `role` is editor, viewer or, from 3.x, owner."""

    album_id: Id
    user_id: Id
    role: str


class AlbumAsset(Payload, frozen=True, gc=False):
    """`AlbumToAssetV1` and its delete."""

    album_id: Id
    asset_id: Id


class Stack(Payload, frozen=True, gc=False):
    """`StackV1` and `PartnerStackV1`."""

    id: Id
    owner_id: Id
    primary_asset_id: Id
    created_at: datetime
    updated_at: datetime


class UserGone(Payload, frozen=True, gc=False):
    """`UserDeleteV1`."""

    user_id: Id


class PartnerGone(Payload, frozen=True, gc=False):
    """`PartnerDeleteV1`."""

    shared_by_id: Id
    shared_with_id: Id


class AssetGone(Payload, frozen=True, gc=False):
    """`AssetDeleteV1` and `PartnerAssetDeleteV1`."""

    asset_id: Id


class AlbumGone(Payload, frozen=True, gc=False):
    """`AlbumDeleteV1`: deleted, or no longer shared with us."""

    album_id: Id


class AlbumUserGone(Payload, frozen=True, gc=False):
    """`AlbumUserDeleteV1`."""

    album_id: Id
    user_id: Id


class StackGone(Payload, frozen=True, gc=False):
    """`StackDeleteV1` and `PartnerStackDeleteV1`."""

    stack_id: Id
