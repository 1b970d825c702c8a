"""What each operation tells the user's other devices, in the words of the version."""

from collections.abc import Sequence

from tray_app.demo import clock, shapes
from tray_app.demo.accounts import new_id
from tray_app.demo.call import Call
from tray_app.demo.records import Album, StoredAsset
from tray_app.demo.sync import rows
from tray_app.demo.sync.feeds import EXIF


def uploaded(call: Call, asset: StoredAsset) -> None:
    """Tell of a new asset, once it has thumbnails on a real server."""
    if video := asset.live_photo_video_id:
        call.realtime.soon(asset.owner_id, "on_asset_hidden", video)
    if asset.visibility not in ("timeline", "archive"):
        return
    version = call.options.version
    call.realtime.soon(
        asset.owner_id, "on_upload_success", shapes.asset(asset, version, asset.owner_id)
    )
    shape = rows.asset_v2 if version.is_v3 else rows.asset_v1
    found = call.state.db.row(f"SELECT {rows.ASSET_COLUMNS} FROM asset WHERE id = ?", (asset.id,))  # noqa: S608
    sql = f"SELECT {rows.EXIF_COLUMNS} FROM {EXIF} WHERE asset.id = ?"  # noqa: S608 - constants
    exif = call.state.db.row(sql, (asset.id,))
    if found and exif:
        name = f"AssetUploadReadyV{2 if version.is_v3 else 1}"
        payload = {"asset": shape(found), "exif": rows.exif(exif)}
        call.realtime.soon(asset.owner_id, name, payload)


def trashed(call: Call, ids: Sequence[str]) -> None:
    """Tell what went to the trash."""
    call.realtime.soon(call.user.id, "on_asset_trash", list(ids))


def restored(call: Call, ids: Sequence[str]) -> None:
    """Tell what came back from the trash."""
    if ids:
        call.realtime.soon(call.user.id, "on_asset_restore", list(ids))


def deleted(call: Call, ids: Sequence[str]) -> None:
    """Tell what is gone for good, one event each."""
    for asset_id in ids:
        call.realtime.soon(call.user.id, "on_asset_delete", asset_id)


def described(call: Call, asset: StoredAsset) -> None:
    """Tell that a sidecar was written; favourite and visibility of one asset tell nothing."""
    told = shapes.asset(asset, call.options.version, asset.owner_id)
    call.realtime.soon(call.user.id, "on_asset_update", told)


def invited(call: Call, album: Album, user_id: str) -> None:
    """Tell somebody that an album is shared with them; nobody else hears of it."""
    told = {
        "id": new_id(),
        "createdAt": clock.now(),
        "level": "success",
        "type": "AlbumInvite",
        "title": "Shared Album Invitation",
        "description": f"{call.user.name} shared an album ({album.name}) with you",
        "data": f'{{"albumId":"{album.id}"}}',  # JSON within JSON, as it was seen
    }
    call.realtime.soon(user_id, "on_notification", told)


def stacked(call: Call) -> None:
    """Tell that some stack changed."""
    call.realtime.soon(call.user.id, "on_asset_stack_update")
