"""The tables that mirror a server: key and content of each row (design section 4)."""

from typing import NamedTuple


class Table(NamedTuple):
    """One table; a row of it is the key followed by the content, in this order."""

    name: str
    key: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return all columns in the order of a row."""
        return self.key + self.content


USER = Table(
    "user",
    ("id",),
    ("name", "email", "avatar_color", "deleted_at", "has_profile_image", "profile_changed_at"),
)
PARTNER = Table("partner", ("shared_by_id", "shared_with_id"), ("in_timeline",))
ASSET = Table(
    "asset",
    ("id",),
    (
        "owner_id",
        "checksum",
        "file_name",
        "kind",
        "visibility",
        "is_favorite",
        "deleted_at",
        "local_date_time",
        "file_created_at",
        "file_modified_at",
        "duration_ms",
        "live_video_id",
        "stack_id",
        "library_id",
        "width",
        "height",
        "is_edited",
        "thumbhash",
    ),
)
EXIF = Table(
    "exif",
    ("asset_id",),
    (
        "description",
        "image_width",
        "image_height",
        "file_size",
        "orientation",
        "date_time_original",
        "modify_date",
        "time_zone",
        "latitude",
        "longitude",
        "projection_type",
        "city",
        "state",
        "country",
        "make",
        "model",
        "lens_model",
        "f_number",
        "focal_length",
        "iso",
        "exposure_time",
        "profile_description",
        "rating",
        "fps",
    ),
)
ALBUM = Table(
    "album",
    ("id",),
    (
        "name",
        "description",
        "created_at",
        "updated_at",
        "thumbnail_asset_id",
        "is_activity_enabled",
        "sort_order",
    ),
)
ALBUM_USER = Table("album_user", ("album_id", "user_id"), ("role",))
ALBUM_ASSET = Table("album_asset", ("album_id", "asset_id"), ())
STACK = Table("stack", ("id",), ("owner_id", "primary_asset_id", "created_at", "updated_at"))

TABLES = (USER, PARTNER, ASSET, EXIF, ALBUM, ALBUM_USER, ALBUM_ASSET, STACK)
