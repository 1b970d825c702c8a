"""Stored values as the JSON of each version."""

import base64
import mimetypes
from collections.abc import Mapping
from typing import Any

from tray_app.demo.album_store import Albums
from tray_app.demo.options import Version
from tray_app.demo.records import Album, ApiKey, Session, StoredAsset, User
from tray_app.demo.state import State

ONLY_STREAMED = ("profileDescription", "fps")
NO_DURATION = "0:00:00.00000"
COLORS = ("primary", "pink", "red", "yellow", "blue", "green", "purple", "orange", "gray", "amber")


def public_user(user: User) -> dict[str, Any]:
    """Return what anybody may know of a user."""
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "profileImagePath": "",
        # Nobody chose one: the server makes it of the address. The sync stream says null then.
        "avatarColor": COLORS[sum(map(ord, user.email)) % len(COLORS)],
        "profileChangedAt": user.created_at,
    }


def own_user(user: User) -> dict[str, Any]:
    """Return what a user is told of the own account."""
    return public_user(user) | {
        "storageLabel": None,
        "shouldChangePassword": False,
        "isAdmin": bool(user.is_admin),
        "createdAt": user.created_at,
        "deletedAt": None,
        "updatedAt": user.updated_at,
        "oauthId": "",
        "quotaSizeInBytes": user.quota_bytes,
        "quotaUsageInBytes": user.usage_bytes,
        "status": "active",
        "license": None,
    }


def session(value: Session, current: Session | None) -> dict[str, Any]:
    """Return a session for the list of devices."""
    body = {
        "id": value.id,
        "createdAt": value.created_at,
        "updatedAt": value.updated_at,
        "current": current is not None and current.id == value.id,
        "deviceType": value.device_type,
        "deviceOS": value.device_os,
        "appVersion": value.app_version,
        "isPendingSyncReset": bool(value.pending_reset),
    }
    return body | ({"expiresAt": value.expires_at} if value.expires_at else {})


def api_key(key: ApiKey) -> dict[str, Any]:
    """Return a key without its secret."""
    return {
        "id": key.id,
        "name": key.name,
        "createdAt": key.created_at,
        "updatedAt": key.updated_at,
        "permissions": key.permissions.split(),
    }


def asset(
    value: StoredAsset,
    version: Version,
    viewer_id: str,
    told: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return an asset; 3.x has no device fields and counts the duration in milliseconds.

    What somebody else likes is nobody's business: to the viewer a foreign asset is no favourite.
    `told`: of the file, under the names of the sync stream.
    """
    trashed = value.deleted_at is not None
    body: dict[str, Any] = {
        "id": value.id,
        "createdAt": value.created_at,
        "ownerId": value.owner_id,
        "libraryId": None,
        "type": value.type,
        "originalPath": value.stored_path or f"upload/{value.id}",
        "originalFileName": value.file_name,
        "originalMimeType": mimetypes.guess_type(value.file_name)[0] or "application/octet-stream",
        "thumbhash": value.thumbhash,
        "fileCreatedAt": value.file_created_at,
        "fileModifiedAt": value.file_modified_at,
        "localDateTime": value.file_created_at,
        "updatedAt": value.updated_at,
        "isFavorite": bool(value.is_favorite) and value.owner_id == viewer_id,
        "isArchived": value.visibility == "archive",
        "isTrashed": trashed,
        "visibility": value.visibility,
        "livePhotoVideoId": value.live_photo_video_id,
        "people": [],
        "checksum": base64.b64encode(value.checksum).decode(),
        "isOffline": False,
        "hasMetadata": True,
        "duplicateId": None,
        "resized": True,
        "width": value.width,
        "height": value.height,
        "isEdited": False,
        "exifInfo": _exif(value, told or {}),
    }
    if version.is_v3:
        digits = (value.duration or "").isdigit()
        return body | {"duration": int(value.duration or 0) if digits else None}
    return body | {
        "deviceAssetId": value.device_asset_id,
        "deviceId": value.device_id,
        "duration": value.duration or NO_DURATION,
    }


def _exif(value: StoredAsset, told: Mapping[str, Any]) -> dict[str, Any]:
    known = {"fileSizeInByte": value.size, "description": ""}
    known["dateTimeOriginal"] = value.file_created_at
    return known | {name: said for name, said in told.items() if name not in ONLY_STREAMED}


def album(
    value: Album, state: State, version: Version, viewer_id: str, *, with_assets: bool = False
) -> dict[str, Any]:
    """Return an album; 2.x names owner and assets, 3.x lists the owner as the first member."""
    contents = state.albums.contents(value.id)
    members = _members(value, state.albums)
    body: dict[str, Any] = {
        "albumName": value.name,
        "description": value.description,
        "albumThumbnailAssetId": value.thumbnail_asset_id or contents.thumbnail,
        "createdAt": value.created_at,
        "updatedAt": value.updated_at,
        "id": value.id,
        "shared": len(members) > 1,
        "hasSharedLink": False,
        "assetCount": contents.count,
        "isActivityEnabled": bool(value.is_activity_enabled),
        "order": value.sort_order,
    }
    if contents.start and contents.end and contents.changed:
        body |= {
            # Days, written as moments.
            "startDate": f"{contents.start[:10]}T00:00:00.000Z",
            "endDate": f"{contents.end[:10]}T00:00:00.000Z",
            "lastModifiedAssetTimestamp": contents.changed,
        }
    people = {user.id: user for user in state.accounts.users()}
    users = [
        {"user": public_user(people[user_id]), "role": role} for user_id, role in members.items()
    ]
    if version.is_v3:
        return body | {"albumUsers": users}
    assets = state.albums.assets(value.id) if with_assets else []
    return body | {
        "ownerId": value.owner_id,
        "owner": public_user(people[value.owner_id]),
        "albumUsers": users[1:],
        "assets": [asset(item, version, viewer_id) for item in assets],
    }


def _members(value: Album, albums: Albums) -> dict[str, str]:
    """Return user id to role, the owner first."""
    return {value.owner_id: "owner"} | albums.members(value.id)
