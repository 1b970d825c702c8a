"""`POST /api/search/metadata`: the library page by page, for who has no sync stream."""

from uuid import UUID

from starlette.responses import Response

from tray_app.demo import clock, shapes
from tray_app.demo.albums import readable
from tray_app.demo.call import Body, Call, Endpoint, Endpoints
from tray_app.demo.errors import ELEVATED, ApiError
from tray_app.demo.library import marks
from tray_app.demo.upload import read_checksum

MAX_PAGE = 1000


class Search(Body):
    """The conditions of a metadata search that the demo knows."""

    page: int = 1
    size: int = 250
    id: str | None = None
    checksum: str | None = None
    original_file_name: str | None = None
    type: str | None = None
    visibility: str | None = None
    is_favorite: bool | None = None
    album_ids: tuple[UUID, ...] = ()
    with_deleted: bool = False
    trashed_after: str | None = None
    updated_after: str | None = None
    updated_before: str | None = None
    created_after: str | None = None
    taken_after: str | None = None
    taken_before: str | None = None


def _conditions(call: Call, sent: Search) -> tuple[str, list[object]]:
    """Return the WHERE clause of a search and its values."""
    checksum = None if sent.checksum is None else read_checksum(sent.checksum) or b""
    favorite = None if sent.is_favorite is None else int(sent.is_favorite)
    tests: list[tuple[str, object]] = [
        ("visibility = ?", sent.visibility or (None if call.is_v3 else "timeline")),
        ("checksum = ?", checksum),
        ("id = ?", sent.id),
        ("type = ?", sent.type),
        ("is_favorite = ?", favorite),
        ("instr(lower(file_name), lower(?)) > 0", sent.original_file_name),
        ("deleted_at >= ?", _moment(call, sent.trashed_after)),
        ("updated_at >= ?", _moment(call, sent.updated_after)),
        ("updated_at <= ?", _moment(call, sent.updated_before)),
        ("created_at >= ?", _moment(call, sent.created_after)),
        ("file_created_at >= ?", _moment(call, sent.taken_after)),
        ("file_created_at <= ?", _moment(call, sent.taken_before)),
    ]
    for album_id in sent.album_ids:
        in_album = "id IN (SELECT asset_id FROM album_asset WHERE album_id = ?)"
        tests.append((in_album, str(album_id)))
    asked = [(condition, value) for condition, value in tests if value is not None]
    where = ["visibility <> 'locked'", *(condition for condition, _ in asked)]
    owners = _owners(call, sent)
    if owners:
        where.append(f"owner_id IN ({marks(owners)})")
    if not (sent.with_deleted or sent.trashed_after):
        where.append("deleted_at IS NULL")
    return " AND ".join(where), [*(value for _, value in asked), *owners]


def _owners(call: Call, sent: Search) -> list[str]:
    """Return whose assets are searched; with 3.x an album shows those of all its members."""
    if call.is_v3 and sent.album_ids:
        for album_id in map(str, sent.album_ids):
            readable(call, album_id)
        return []
    # What partners show in the caller's timeline is found, too.
    return [call.user.id, *call.state.partners.in_timeline_of(call.user.id)]


def _moment(call: Call, text: str | None) -> str | None:
    """Return a time in the server's spelling; raises ApiError 400."""
    try:
        return None if text is None else clock.iso(clock.parse(text))
    except ValueError as error:
        raise ApiError(400, [call.phrase("date", "must be an ISO 8601 date")]) from error


async def search(call: Call) -> Response:
    """Search assets page by page; `nextPage` is null on the last.

    2.7.5 looks at the timeline unless told otherwise, 3.0.3 at everything but what is locked.
    """
    sent = await call.body(Search)
    if sent.page < 1 or not 1 <= sent.size <= MAX_PAGE:
        raise ApiError(400, [call.phrase("size", f"must be from 1 to {MAX_PAGE}, page from 1")])
    if sent.visibility == "locked":
        raise ApiError(401, ELEVATED)
    where, params = _conditions(call, sent)
    offset = (sent.page - 1) * sent.size
    found = call.state.library.select(where, params, limit=sent.size + 1, offset=offset)
    page = found[: sent.size]
    told = call.state.library.told([asset.id for asset in page])
    version, me = call.options.version, call.user.id
    items = [shapes.asset(one, version, me, told.get(one.id)) for one in page]
    counts = {"total": len(items), "count": len(items), "items": items, "facets": []}
    more = str(sent.page + 1) if len(found) > sent.size else None
    nothing = {"total": 0, "count": 0, "items": [], "facets": []}
    return call.json({"albums": nothing, "assets": counts | {"nextPage": more}})


ENDPOINTS: Endpoints = (Endpoint("POST", "/api/search/metadata", "asset.read", search),)
