"""The rows that a stream is made of: one query for each kind, and its JSON shape.

Every query is ordered by an update id and read page by page, so that a library of any size streams
with little memory. `{mine}` and its like are fragments below; values are named parameters.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from tray_app.demo.database import Database
from tray_app.demo.pictures import thumbhash

PAGE = 1000
Data = dict[str, Any]
Shape = Callable[[tuple[Any, ...]], Data]

MY_ALBUMS = (
    "(SELECT id FROM album WHERE owner_id = :user"
    " UNION SELECT album_id FROM album_user WHERE user_id = :user)"
)
MY_PARTNERS = "(SELECT shared_by_id FROM partner WHERE shared_with_id = :user)"


@dataclass(frozen=True, slots=True)
class Rows:
    """A query: `key` is its update id, the first column; `shape` sees the others."""

    columns: str
    source: str
    where: str
    shape: Shape
    key: str = "update_id"

    def read(
        self, db: Database, *, after: str, until: str, start: str = "", **params: str
    ) -> Iterator[tuple[str, Data]]:
        """Yield update id and JSON of the rows with `after` < id, `start` <= id < `until`."""
        sql = (
            f"SELECT {self.key}, {self.columns} FROM {self.source}"  # noqa: S608 - constants
            f" WHERE {self.where} AND {self.key} > :after AND {self.key} >= :start"
            f" AND {self.key} < :until ORDER BY {self.key} LIMIT {PAGE}"
        )
        while True:
            values = params | {"after": after, "until": until, "start": start}
            page = db.named(sql, values)
            for row in page:
                yield row[0], self.shape(row[1:])
            if len(page) < PAGE:
                return
            after = page[-1][0]


def plain(*names: str) -> Shape:
    """Return a shape that names the columns and no more."""
    return lambda row: dict(zip(names, row, strict=True))


def deleted(kind: str, where: str, *names: str) -> Rows:
    """Return the log of one kind of deletion; one name tells `first`, two tell both."""
    columns = ("first", "second")[: len(names)]
    return Rows(
        ", ".join(columns), "deletion", f"kind = '{kind}' AND {where}", plain(*names), key="id"
    )


def user(row: tuple[Any, ...]) -> Data:
    """Shape a user as others see it."""
    user_id, email, name, created, *_ = row
    return {
        "id": user_id,
        "name": name,
        "email": email,
        "avatarColor": None,
        "deletedAt": None,
        "hasProfileImage": False,
        "profileChangedAt": created,
    }


def auth_user(row: tuple[Any, ...]) -> Data:
    """Shape the own account."""
    is_admin, quota, usage = row[4:]
    return user(row) | {
        "isAdmin": bool(is_admin),
        "pinCode": None,
        "oauthId": "",
        "storageLabel": None,
        "quotaSizeInBytes": quota,
        "quotaUsageInBytes": usage,
    }


USER_COLUMNS = "id, email, name, created_at, is_admin, quota_bytes, usage_bytes"
ASSET_COLUMNS = (
    "asset.id, asset.owner_id, checksum, file_name, type, visibility, is_favorite, duration,"
    " live_photo_video_id, file_created_at, file_modified_at, asset.created_at, deleted_at,"
    " stack_id, width, height"
)
# 3.0.3 tells nobody what others like.
MASKED_COLUMNS = ASSET_COLUMNS.replace("is_favorite", "is_favorite AND owner_id = :user")


def asset_v1(row: tuple[Any, ...]) -> Data:
    """Shape an asset of 2.x: the duration is a text, and null for stills."""
    return {
        "id": row[0],
        "ownerId": row[1],
        "originalFileName": row[3],
        "thumbhash": thumbhash(row[2]) if row[4] in ("IMAGE", "VIDEO") else None,
        "checksum": base64.b64encode(row[2]).decode(),
        "fileCreatedAt": row[9],
        "fileModifiedAt": row[10],
        "localDateTime": row[9],
        "duration": row[7],
        "type": row[4],
        "deletedAt": row[12],
        "isFavorite": bool(row[6]),
        "visibility": row[5],
        "livePhotoVideoId": row[8],
        "stackId": row[13],
        "libraryId": None,
        "width": row[14],
        "height": row[15],
        "isEdited": False,
    }


def asset_v2(row: tuple[Any, ...]) -> Data:
    """Shape an asset of 3.x: the duration in milliseconds, and when it was uploaded."""
    duration = int(row[7]) if (row[7] or "").isdigit() else None
    return asset_v1(row) | {"duration": duration, "createdAt": row[11]}


EXIF_NAMES = [
    "description",
    "exifImageWidth",
    "exifImageHeight",
    "fileSizeInByte",
    "orientation",
    "dateTimeOriginal",
    "modifyDate",
    "timeZone",
    "latitude",
    "longitude",
    "projectionType",
    "city",
    "state",
    "country",
    "make",
    "model",
    "lensModel",
    "fNumber",
    "focalLength",
    "iso",
    "exposureTime",
    "profileDescription",
    "rating",
    "fps",
]
EXIF_COLUMNS = "asset_exif.asset_id, size, file_created_at, told, width, height"
NO_EXIF: Data = dict.fromkeys(EXIF_NAMES)


def exif(row: tuple[Any, ...]) -> Data:
    """Shape what is known of an asset's file, and what was told about it."""
    asset_id, size, taken, told, width, height = row
    known = {"assetId": asset_id, "description": "", "fileSizeInByte": size}
    known |= {"dateTimeOriginal": taken, "exifImageWidth": width, "exifImageHeight": height}
    return NO_EXIF | known | (msgspec.json.decode(told) if told != "{}" else {})


def album_v2(row: tuple[Any, ...]) -> Data:
    """Shape an album of 3.x."""
    return {
        "id": row[0],
        "name": row[2],
        "description": row[3],
        "createdAt": row[4],
        "updatedAt": row[5],
        "thumbnailAssetId": row[6],
        "isActivityEnabled": bool(row[7]),
        "order": row[8],
    }


def album_v1(row: tuple[Any, ...]) -> Data:
    """Shape an album of 2.x, which names its owner."""
    return album_v2(row) | {"ownerId": row[1]}


ALBUM_COLUMNS = (
    "id, owner_id, name, description, created_at, updated_at, thumbnail_asset_id,"
    " is_activity_enabled, sort_order"
)


def stack(row: tuple[Any, ...]) -> Data:
    """Shape a stack."""
    names = ("id", "createdAt", "updatedAt", "primaryAssetId", "ownerId")
    return dict(zip(names, row, strict=True))


STACK_COLUMNS = "id, created_at, updated_at, primary_asset_id, owner_id"


def partner(row: tuple[Any, ...]) -> Data:
    """Shape a partnership."""
    return {"sharedById": row[0], "sharedWithId": row[1], "inTimeline": bool(row[2])}


def metadata(*names: str) -> Shape:
    """Return a shape whose last column is JSON."""

    def shape(row: tuple[Any, ...]) -> Data:
        return dict(zip(names, (*row[:-1], msgspec.json.decode(row[-1])), strict=True))

    return shape
