"""`/api/timeline/*`: how many photos each month has, and which."""

from collections.abc import Mapping

from starlette.responses import Response

from tray_app.demo.albums import readable
from tray_app.demo.call import Call, Endpoint, Endpoints
from tray_app.demo.errors import ELEVATED, ApiError, no_access
from tray_app.demo.library import marks
from tray_app.demo.records import StoredAsset

MONTH = "substr(file_created_at, 1, 7) || '-01'"
VISIBILITIES = ("timeline", "archive", "hidden", "locked")


def _owners(call: Call) -> list[str]:
    """Return whose photos are asked for; raises ApiError 400."""
    wanted = call.request.query_params.get("userId", call.user.id)
    partners = [item.shared_by_id for item in call.state.partners.of(call.user.id)]
    if wanted not in (call.user.id, *partners):
        raise no_access("timeline.read")
    if wanted != call.user.id and call.request.query_params.get("visibility") == "archive":
        raise no_access("archive.read")
    if not call.flag("withPartners"):
        return [wanted]
    narrowed = call.flag("isFavorite") is not None or call.flag("isTrashed")
    if narrowed or call.request.query_params.get("visibility") in (None, "archive"):
        told = "withPartners is only supported for non-archived, non-trashed, non-favorited assets"
        raise ApiError(400, told)
    return [wanted, *call.state.partners.in_timeline_of(call.user.id)]


def _conditions(call: Call) -> tuple[str, list[object]]:
    """Return the WHERE clause of a request and its values."""
    query = call.request.query_params
    where, params = [], list[object]()
    if album_id := query.get("albumId"):
        readable(call, album_id)
        where.append("id IN (SELECT asset_id FROM album_asset WHERE album_id = ?)")
        params.append(album_id)
    if not album_id or query.get("userId"):
        owners = _owners(call)
        where.append(f"owner_id IN ({marks(owners)})")
        params += owners
    where.append("deleted_at IS NOT NULL" if call.flag("isTrashed") else "deleted_at IS NULL")
    if visibility := query.get("visibility"):
        if visibility not in VISIBILITIES:
            raise ApiError(400, [call.phrase("visibility", "must be a known visibility")])
        if visibility == "locked":
            raise ApiError(401, ELEVATED)
        where.append("visibility = ?")
        params.append(visibility)
    else:
        where.append("visibility IN ('timeline', 'archive')")
    if (favorite := call.flag("isFavorite")) is not None:
        where.append(f"is_favorite = {int(favorite)}")
    if call.flag("withStacked"):
        tops = "SELECT primary_asset_id FROM stack"
        where.append(f"(stack_id IS NULL OR id IN ({tops}))")
    return " AND ".join(where), params


async def buckets(call: Call) -> Response:
    """Count the photos of each month, the newest first unless told otherwise."""
    where, params = _conditions(call)
    order = "ASC" if call.request.query_params.get("order") == "asc" else "DESC"
    rows = call.state.db.rows(
        f"SELECT {MONTH} AS month, count(*) FROM asset WHERE {where}"  # noqa: S608 - constants
        f" GROUP BY month ORDER BY month {order}",
        params,
    )
    return call.json([{"timeBucket": month, "count": count} for month, count in rows])


async def bucket(call: Call) -> Response:
    """Tell the photos of one month as parallel lists; there is no checksum among them."""
    if not (month := call.request.query_params.get("timeBucket")):
        raise ApiError(400, [call.phrase("timeBucket", "must be a string")])
    where, params = _conditions(call)
    where += f" AND {MONTH} = ?"
    found = call.state.library.select(where, [*params, month], limit=-1, offset=0)
    if call.request.query_params.get("order") == "asc":
        found.reverse()
    told = call.state.library.told([asset.id for asset in found])
    rows = [_row(call, asset, told.get(asset.id, {})) for asset in found]
    names = _row(call, None, {})
    body: dict[str, list[object]] = {name: [row[name] for row in rows] for name in names}
    if call.flag("withStacked"):
        body["stack"] = [_stack(call, asset) for asset in found]
    return call.json(body)


def _row(call: Call, asset: StoredAsset | None, told: Mapping[str, object]) -> dict[str, object]:
    """Return one column of the answer; without an asset only the names count."""
    row = dict.fromkeys(
        ("city", "country", "thumbhash", "projectionType", "livePhotoVideoId", "duration")
    ) | {
        "id": asset and asset.id,
        "ownerId": asset and asset.owner_id,
        "visibility": asset and asset.visibility,
        "isFavorite": bool(asset and asset.is_favorite and asset.owner_id == call.user.id),
        "isImage": bool(asset and asset.type == "IMAGE"),
        "isTrashed": bool(asset and asset.deleted_at),
        "fileCreatedAt": asset and asset.file_created_at,
        "localOffsetHours": 0,
        "ratio": round(asset.width / asset.height, 3)
        if asset and asset.width and asset.height
        else 1,
    }
    row |= {name: told.get(name) for name in ("city", "country", "projectionType")}
    if asset:
        digits = (asset.duration or "").isdigit()
        row["livePhotoVideoId"] = asset.live_photo_video_id
        row["duration"] = asset.duration
        row["thumbhash"] = asset.thumbhash
        if call.is_v3:
            row["duration"] = int(asset.duration or 0) if digits else None
    return row | ({"createdAt": asset and asset.created_at} if call.is_v3 else {})


def _stack(call: Call, asset: StoredAsset) -> list[str] | None:
    if asset.stack_id is None:
        return None
    return [asset.stack_id, str(len(call.state.stacks.assets(asset.stack_id)))]


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/timeline/buckets", "asset.read", buckets),
    Endpoint("GET", "/api/timeline/bucket", "asset.read", bucket),
)
