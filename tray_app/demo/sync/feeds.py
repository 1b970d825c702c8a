"""Which lines each request type sends."""

from dataclasses import dataclass
from typing import Literal

from tray_app.demo.options import Version
from tray_app.demo.sync import rows
from tray_app.demo.sync.rows import MY_ALBUMS, MY_PARTNERS, Rows, deleted, plain
from tray_app.demo.sync.types import UNUSED_ENTITIES


@dataclass(frozen=True, slots=True)
class Lines:
    """The type of some lines, and the rows they tell."""

    type: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Feed:
    """All lines of one request type; `backfill` rows belong to one `:parent`."""

    upserts: Lines
    deletes: Lines | None = None
    member: Literal["", "partner", "album"] = ""
    backfill: Lines | None = None
    updates: Lines | None = None


def entity_types(version: Version) -> frozenset[str]:
    """Return the types that a line or an ack may have."""
    names = {"SyncAckV1", "SyncResetV1", "SyncCompleteV1"} | set(UNUSED_ENTITIES)
    if version.is_v3:
        names |= {"AssetOcrV1", "AssetOcrDeleteV1"}
    for feed in feeds(version).values():
        parts = (feed.upserts, feed.deletes, feed.backfill, feed.updates)
        names |= {part.type for part in parts if part}
    return frozenset(names)


LINK = "album_asset JOIN asset ON asset.id = album_asset.asset_id"
EXIF = "asset_exif JOIN asset ON asset.id = asset_exif.asset_id"
LINK_EXIF = f"{LINK} JOIN asset_exif ON asset_exif.asset_id = album_asset.asset_id"
IN_MINE = f"album_asset.album_id IN {MY_ALBUMS}"
IN_PARENT = "album_asset.album_id = :parent"
# An asset that the client knows through an album: its link is not newer than the last one acked.
KNOWN_LINK = (
    "asset.id IN (SELECT asset_id FROM album_asset"  # noqa: S608 - constants
    f" WHERE update_id <= :known AND album_id IN {MY_ALBUMS})"
)


def feeds(version: Version) -> dict[str, Feed]:
    """Return what each request type sends; types that the demo has nothing of are absent."""
    found = _people() | _assets("V1") | _albums(version) | _exifs() | _metadata()
    return found | _assets("V2") if version.is_v3 else found


def _people() -> dict[str, Feed]:
    own = Rows(rows.USER_COLUMNS, "user", "id = :user", rows.auth_user)
    everybody = Rows(rows.USER_COLUMNS, "user", "1", rows.user)
    partners = Rows(
        "shared_by_id, shared_with_id, in_timeline",
        "partner",
        ":user IN (shared_by_id, shared_with_id)",
        rows.partner,
    )
    return {
        "AuthUsersV1": Feed(Lines("AuthUserV1", own)),
        "UsersV1": Feed(
            Lines("UserV1", everybody), Lines("UserDeleteV1", deleted("user", "1", "userId"))
        ),
        "PartnersV1": Feed(
            Lines("PartnerV1", partners),
            Lines(
                "PartnerDeleteV1",
                deleted("partner", ":user IN (first, second)", "sharedById", "sharedWithId"),
            ),
        ),
    }


def _assets(version: str) -> dict[str, Feed]:
    old = version == "V1"
    shape = rows.asset_v1 if old else rows.asset_v2
    columns = rows.ASSET_COLUMNS if old else rows.MASKED_COLUMNS

    def assets(where: str) -> Rows:
        return Rows(columns, "asset", where, shape, key="asset.update_id")

    def linked(where: str) -> Rows:
        return Rows(columns, LINK, where, shape, key="album_asset.update_id")

    return {
        f"Assets{version}": Feed(
            Lines(f"Asset{version}", assets("owner_id = :user")),
            Lines("AssetDeleteV1", deleted("asset", "audience = :user", "assetId")),
        ),
        f"PartnerAssets{version}": Feed(
            Lines(f"PartnerAsset{version}", assets(f"owner_id IN {MY_PARTNERS}")),
            Lines(
                "PartnerAssetDeleteV1", deleted("asset", f"audience IN {MY_PARTNERS}", "assetId")
            ),
            "partner",
            Lines(f"PartnerAssetBackfill{version}", assets("owner_id = :parent")),
        ),
        f"AlbumAssets{version}": Feed(
            Lines(f"AlbumAssetCreate{version}", linked(IN_MINE)),
            member="album",
            backfill=Lines(f"AlbumAssetBackfill{version}", linked(IN_PARENT)),
            updates=Lines(f"AlbumAssetUpdate{version}", assets(KNOWN_LINK)),
        ),
    }


def _stacks() -> dict[str, Feed]:
    def stacks(where: str) -> Rows:
        return Rows(rows.STACK_COLUMNS, "stack", where, rows.stack)

    return {
        "StacksV1": Feed(
            Lines("StackV1", stacks("owner_id = :user")),
            Lines("StackDeleteV1", deleted("stack", "audience = :user", "stackId")),
        ),
        "PartnerStacksV1": Feed(
            Lines("PartnerStackV1", stacks(f"owner_id IN {MY_PARTNERS}")),
            Lines(
                "PartnerStackDeleteV1", deleted("stack", f"audience IN {MY_PARTNERS}", "stackId")
            ),
            "partner",
            Lines("PartnerStackBackfillV1", stacks("owner_id = :parent")),
        ),
    }


def _albums(version: Version) -> dict[str, Feed]:
    gone = Lines("AlbumDeleteV1", deleted("album", "audience = :user", "albumId"))
    users = "album_user"
    if version.is_v3:
        users = (
            "(SELECT album_id, user_id, role, update_id FROM album_user"
            " UNION ALL SELECT id, owner_id, 'owner', create_id FROM album)"
        )

    def albums(shape: rows.Shape) -> Rows:
        return Rows(rows.ALBUM_COLUMNS, "album", f"id IN {MY_ALBUMS}", shape)

    def members(where: str) -> Rows:
        names = plain("albumId", "userId", "role")
        return Rows("album_id, user_id, role", users, where, names)

    def links(where: str) -> Rows:
        return Rows("album_id, asset_id", "album_asset", where, plain("albumId", "assetId"))

    found = {
        "AlbumsV1": Feed(Lines("AlbumV1", albums(rows.album_v1)), gone),
        "AlbumUsersV1": Feed(
            Lines("AlbumUserV1", members(f"album_id IN {MY_ALBUMS}")),
            Lines(
                "AlbumUserDeleteV1",
                deleted("album_user", f"first IN {MY_ALBUMS}", "albumId", "userId"),
            ),
            "album",
            Lines("AlbumUserBackfillV1", members("album_id = :parent")),
        ),
        "AlbumToAssetsV1": Feed(
            Lines("AlbumToAssetV1", links(IN_MINE)),
            Lines(
                "AlbumToAssetDeleteV1",
                deleted("album_asset", f"first IN {MY_ALBUMS}", "albumId", "assetId"),
            ),
            "album",
            Lines("AlbumToAssetBackfillV1", links(IN_PARENT)),
        ),
    }
    if version.is_v3:
        found["AlbumsV2"] = Feed(Lines("AlbumV2", albums(rows.album_v2)), gone)
    return found | _stacks()


def _exifs() -> dict[str, Feed]:
    def exifs(where: str) -> Rows:
        return Rows(rows.EXIF_COLUMNS, EXIF, where, rows.exif, key="asset_exif.update_id")

    def linked(where: str) -> Rows:
        return Rows(rows.EXIF_COLUMNS, LINK_EXIF, where, rows.exif, key="album_asset.update_id")

    return {
        "AssetExifsV1": Feed(Lines("AssetExifV1", exifs("asset.owner_id = :user"))),
        "AlbumAssetExifsV1": Feed(
            Lines("AlbumAssetExifCreateV1", linked(IN_MINE)),
            member="album",
            backfill=Lines("AlbumAssetExifBackfillV1", linked(IN_PARENT)),
            updates=Lines("AlbumAssetExifUpdateV1", exifs(KNOWN_LINK)),
        ),
        "PartnerAssetExifsV1": Feed(
            Lines("PartnerAssetExifV1", exifs(f"asset.owner_id IN {MY_PARTNERS}")),
            member="partner",
            backfill=Lines("PartnerAssetExifBackfillV1", exifs("asset.owner_id = :parent")),
        ),
    }


def _metadata() -> dict[str, Feed]:
    of_asset = Rows(
        "asset_id, key, value",
        "asset_metadata",
        "asset_id IN (SELECT id FROM asset WHERE owner_id = :user)",
        rows.metadata("assetId", "key", "value"),
    )
    of_user = Rows(
        "user_id, key, value",
        "user_metadata",
        "user_id = :user",
        rows.metadata("userId", "key", "value"),
    )
    gone = "audience = :user"
    return {
        "AssetMetadataV1": Feed(
            Lines("AssetMetadataV1", of_asset),
            Lines("AssetMetadataDeleteV1", deleted("asset_metadata", gone, "assetId", "key")),
        ),
        "UserMetadataV1": Feed(
            Lines("UserMetadataV1", of_user),
            Lines("UserMetadataDeleteV1", deleted("user_metadata", gone, "userId", "key")),
        ),
    }
