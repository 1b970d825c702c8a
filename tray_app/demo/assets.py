"""`/api/assets` and `/api/trash`: what is asked of stored assets, and how they go."""

from pathlib import Path
from uuid import UUID

from starlette.responses import FileResponse, Response

from tray_app.demo import events, pictures, shapes, storage
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access
from tray_app.demo.records import StoredAsset
from tray_app.demo.upload import read_checksum

MEDIA_CACHE = (
    "private, max-age=86400, no-transform, stale-while-revalidate=2592000, stale-if-error=2592000"
)


SIZES = ("thumbnail", "preview", "fullsize", "original")


class CheckItem(Body):
    """One file of a check; `id` is the client's own and is echoed."""

    id: str
    checksum: str


class Check(Body):
    """A bulk-upload-check."""

    assets: list[CheckItem]


class Ids(Body):
    """A list of assets; `force` deletes past the trash."""

    ids: list[UUID]
    force: bool = False

    def texts(self) -> list[str]:
        """Return the ids as stored."""
        return [str(item) for item in self.ids]


class DeviceIds(Body):
    """The ids that a device gave its files."""

    device_id: str
    device_asset_ids: list[str]

    def has(self, asset: StoredAsset) -> bool:
        """Tell whether this device sent the asset."""
        return asset.device_id == self.device_id


async def bulk_check(call: Call) -> Response:
    """Tell for each checksum, in order, whether the caller has it."""
    sent = await call.body(Check)
    checksums = [read_checksum(item.checksum) or b"" for item in sent.assets]
    known = call.state.library.known(call.user.id, list(set(checksums)))
    results: list[dict[str, object]] = []
    for item, checksum in zip(sent.assets, checksums, strict=True):
        if (found := known.get(checksum)) is None:
            results.append({"id": item.id, "action": "accept"})
            continue
        results.append(
            {
                "id": item.id,
                "action": "reject",
                "reason": "duplicate",
                "assetId": found.id,
                "isTrashed": found.trashed,
            }
        )
    return call.json({"results": results})


def _seen(call: Call, permission: str) -> StoredAsset:
    asset = call.state.library.asset(call.param("id"))
    if asset is None or not call.state.library.visible(call.user.id, asset.id):
        raise no_access(permission)
    return asset


async def get(call: Call) -> Response:
    """Tell one asset that the caller may see."""
    asset = _seen(call, "asset.read")
    told = call.state.library.told([asset.id]).get(asset.id)
    return call.json(shapes.asset(asset, call.options.version, call.user.id, told))


async def original(call: Call) -> Response:
    """Send the stored bytes; 404 when they were discarded."""
    asset = _seen(call, "asset.download")
    if asset.path is None or not asset.path.is_file():
        raise ApiError(404, "The bytes of this asset were not kept")
    stat = asset.path.stat()
    headers = {
        "cache-control": MEDIA_CACHE,
        "etag": f'W/"{stat.st_size:x}-{int(stat.st_mtime * 1000):x}"',
    }
    return FileResponse(asset.path, filename=asset.file_name, stat_result=stat, headers=headers)


async def thumbnail(call: Call) -> Response:
    """Send a picture to be shown: the stored file where a program can show it, else one colour."""
    asset = _seen(call, "asset.view")
    size = call.request.query_params.get("size", "thumbnail")
    if size not in SIZES:
        raise ApiError(400, [call.phrase("size", f"must be one of {', '.join(SIZES)}")])
    kind = pictures.SHOWN.get(Path(asset.file_name).suffix.lower())
    path = asset.path if kind and asset.path and asset.path.is_file() else None
    if size in ("fullsize", "original"):
        target = "original?" if path else "thumbnail?size=preview"
        return Response(status_code=302, headers={"location": target})
    if asset.thumbhash is None:
        raise ApiError(404, "Asset media not found")
    headers = {"cache-control": MEDIA_CACHE}
    if path:
        return FileResponse(path, media_type=kind, headers=headers)
    flat = pictures.flat(asset.checksum)
    tag = f'W/"{len(flat):x}-{asset.sha1[:11]}"'
    return Response(flat, media_type="image/webp", headers=headers | {"etag": tag})


async def delete(call: Call) -> Response:
    """Move assets to the trash, or with `force` remove them for good."""
    sent = await call.body(Ids)
    ids = sent.texts()
    if call.state.library.owned(call.user.id, ids) != set(ids):
        raise no_access("asset.delete")
    if not sent.force:
        call.state.library.trash(ids)
        events.trashed(call, ids)
        return no_content()
    _remove(call, ids)
    return no_content()


def _remove(call: Call, ids: list[str]) -> None:
    for gone in call.state.library.delete(ids):
        storage.remove(gone.stored_path)
        storage.remove(gone.sidecar_path)
    events.deleted(call, ids)


async def restore(call: Call) -> Response:
    """Take assets out of the trash."""
    ids = (await call.body(Ids)).texts()
    if call.state.library.owned(call.user.id, ids) != set(ids):
        raise no_access("asset.delete")
    call.state.library.restore(call.user.id, ids)
    events.restored(call, ids)
    return call.json({"count": len(ids)})


async def restore_all(call: Call) -> Response:
    """Take everything out of the trash; no event tells of it."""
    return call.json({"count": call.state.library.restore(call.user.id)})


def _trashed(call: Call) -> list[str]:
    return [a.id for a in call.state.library.assets(call.user.id) if a.deleted_at]


async def empty_trash(call: Call) -> Response:
    """Remove everything in the trash for good."""
    trashed = _trashed(call)
    _remove(call, trashed)
    return call.json({"count": len(trashed)})


async def statistics(call: Call) -> Response:
    """Count the own images and videos; hidden and locked ones only when asked for."""
    where, params = ["owner_id = ?"], [call.user.id]
    visibility = call.request.query_params.get("visibility")
    where.append("visibility = ?" if visibility else "visibility IN ('timeline', 'archive')")
    params += [visibility] if visibility else []
    where.append("deleted_at IS NOT NULL" if call.flag("isTrashed") else "deleted_at IS NULL")
    if (favorite := call.flag("isFavorite")) is not None:
        where.append(f"is_favorite = {int(favorite)}")
    counts = call.state.library.count(" AND ".join(where), params)
    images, videos = counts.get("IMAGE", 0), counts.get("VIDEO", 0)
    return call.json({"images": images, "videos": videos, "total": images + videos})


async def exist(call: Call) -> Response:
    """Tell which device asset ids are known; 2.x only."""
    sent = await call.body(DeviceIds)
    have = {a.device_asset_id for a in call.state.library.assets(call.user.id) if sent.has(a)}
    return call.json({"existingIds": [item for item in sent.device_asset_ids if item in have]})


ENDPOINTS: Endpoints = (
    Endpoint("POST", "/api/assets/bulk-upload-check", "asset.upload", bulk_check),
    Endpoint("GET", "/api/assets/statistics", "asset.statistics", statistics),
    Endpoint("GET", "/api/assets/{id:uuid}", "asset.read", get),
    Endpoint("GET", "/api/assets/{id:uuid}/original", "asset.download", original),
    Endpoint("GET", "/api/assets/{id:uuid}/thumbnail", "asset.view", thumbnail),
    Endpoint("DELETE", "/api/assets", "asset.delete", delete),
    Endpoint("POST", "/api/trash/restore/assets", "asset.delete", restore),
    Endpoint("POST", "/api/trash/restore", "asset.delete", restore_all),
    Endpoint("POST", "/api/trash/empty", "asset.delete", empty_trash),
)
ONLY_V2: Endpoints = (Endpoint("POST", "/api/assets/exist", "asset.upload", exist),)
