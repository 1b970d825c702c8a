"""What to ask the change stream for, and what each line means, as data (protocol 4.3).

A type that is not in `EMITTED` is skipped and never acknowledged.
"""

from typing import NamedTuple

from tray_app.core.server import ServerVersion
from tray_app.core.sync import payloads as p
from tray_app.core.sync import tables
from tray_app.core.sync.tables import Table

RESET, COMPLETE, ACK = "SyncResetV1", "SyncCompleteV1", "SyncAckV1"
CONTROL = (RESET, COMPLETE, ACK)


class Meaning(NamedTuple):
    """What a line of one type does: put a row into `table`, or take one away."""

    table: Table
    payload: type[p.Payload]
    deletes: bool = False


class Requested(NamedTuple):
    """A request type and the first server version that has it (protocol 8.2)."""

    name: str
    since: tuple[int, int, int]


# The newest version that the server knows is asked for, never two of one kind.
_SYNC_V2, _AUTH_USERS_V2, _ALWAYS = (3, 0, 0), (3, 3, 0), (2, 0, 0)
REQUESTS: tuple[tuple[Requested, ...], ...] = (
    (Requested("AuthUsersV1", _ALWAYS), Requested("AuthUsersV2", _AUTH_USERS_V2)),
    (Requested("UsersV1", _ALWAYS),),
    (Requested("PartnersV1", _ALWAYS),),
    (Requested("AssetsV1", _ALWAYS), Requested("AssetsV2", _SYNC_V2)),
    (Requested("StacksV1", _ALWAYS),),
    (Requested("PartnerAssetsV1", _ALWAYS), Requested("PartnerAssetsV2", _SYNC_V2)),
    (Requested("PartnerStacksV1", _ALWAYS),),
    (Requested("AlbumAssetsV1", _ALWAYS), Requested("AlbumAssetsV2", _SYNC_V2)),
    (Requested("AlbumsV1", _ALWAYS), Requested("AlbumsV2", _SYNC_V2)),
    (Requested("AlbumUsersV1", _ALWAYS),),
    (Requested("AlbumToAssetsV1", _ALWAYS),),
    (Requested("AssetExifsV1", _ALWAYS),),
    (Requested("AlbumAssetExifsV1", _ALWAYS),),
    (Requested("PartnerAssetExifsV1", _ALWAYS),),
)


def request_types(version: ServerVersion) -> tuple[str, ...]:
    """Choose one version of each type; an unknown one would refuse the whole request."""
    return tuple(
        max((kind for kind in kinds if kind.since <= version), key=lambda kind: kind.since).name
        for kinds in REQUESTS
    )


def _named(names: str, meaning: Meaning) -> dict[str, Meaning]:
    return dict.fromkeys(names.split(), meaning)


EMITTED: dict[str, Meaning] = {
    **_named("AuthUserV1 AuthUserV2 UserV1", Meaning(tables.USER, p.User)),
    **_named("UserDeleteV1", Meaning(tables.USER, p.UserGone, deletes=True)),
    **_named("PartnerV1", Meaning(tables.PARTNER, p.Partner)),
    **_named("PartnerDeleteV1", Meaning(tables.PARTNER, p.PartnerGone, deletes=True)),
    **_named(
        "AssetV1 PartnerAssetV1 PartnerAssetBackfillV1"
        " AlbumAssetBackfillV1 AlbumAssetUpdateV1 AlbumAssetCreateV1"
        " AssetV2 PartnerAssetV2 PartnerAssetBackfillV2"
        " AlbumAssetBackfillV2 AlbumAssetUpdateV2 AlbumAssetCreateV2",
        Meaning(tables.ASSET, p.Asset),
    ),
    **_named(
        "AssetDeleteV1 PartnerAssetDeleteV1", Meaning(tables.ASSET, p.AssetGone, deletes=True)
    ),
    **_named(
        "AssetExifV1 PartnerAssetExifV1 PartnerAssetExifBackfillV1"
        " AlbumAssetExifBackfillV1 AlbumAssetExifUpdateV1 AlbumAssetExifCreateV1",
        Meaning(tables.EXIF, p.Exif),
    ),
    **_named("AlbumV1 AlbumV2", Meaning(tables.ALBUM, p.Album)),
    **_named("AlbumDeleteV1", Meaning(tables.ALBUM, p.AlbumGone, deletes=True)),
    **_named("AlbumUserV1 AlbumUserBackfillV1", Meaning(tables.ALBUM_USER, p.AlbumUser)),
    **_named("AlbumUserDeleteV1", Meaning(tables.ALBUM_USER, p.AlbumUserGone, deletes=True)),
    **_named("AlbumToAssetV1 AlbumToAssetBackfillV1", Meaning(tables.ALBUM_ASSET, p.AlbumAsset)),
    **_named("AlbumToAssetDeleteV1", Meaning(tables.ALBUM_ASSET, p.AlbumAsset, deletes=True)),
    **_named("StackV1 PartnerStackV1 PartnerStackBackfillV1", Meaning(tables.STACK, p.Stack)),
    **_named(
        "StackDeleteV1 PartnerStackDeleteV1", Meaning(tables.STACK, p.StackGone, deletes=True)
    ),
}
