"""`PUT /api/assets` and `/api/assets/{id}`: favourites, visibility, descriptions."""

from typing import Literal
from uuid import UUID

import msgspec
from starlette.responses import Response

from tray_app.demo import clock, events, shapes
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access

UNSET = msgspec.UNSET
Unset = msgspec.UnsetType


class AssetChange(Body):
    """What may be changed of an asset; absent keys stay."""

    is_favorite: bool | Unset = UNSET
    visibility: Literal["timeline", "archive", "hidden", "locked"] | Unset = UNSET
    date_time_original: str | Unset = UNSET
    description: str | Unset = UNSET
    rating: int | Unset | None = UNSET
    latitude: float | Unset = UNSET
    longitude: float | Unset = UNSET

    def columns(self) -> dict[str, object]:
        """Return new values of the asset itself; raises ValueError for a bad date."""
        taken = self.date_time_original
        values: dict[str, object] = {
            "is_favorite": self.is_favorite,
            "visibility": self.visibility,
            "file_created_at": clock.iso(clock.parse(taken)) if isinstance(taken, str) else UNSET,
        }
        return {name: value for name, value in values.items() if value is not UNSET}

    def told(self) -> dict[str, object]:
        """Return new values of what goes to a sidecar file."""
        values: dict[str, object] = {
            "dateTimeOriginal": self.date_time_original,
            "description": self.description,
            "rating": self.rating,
            "latitude": self.latitude,
            "longitude": self.longitude,
        }
        return {name: value for name, value in values.items() if value is not UNSET}


class ManyChanges(AssetChange, kw_only=True):
    """The same for several assets."""

    ids: list[UUID]


def _change(call: Call, ids: list[str], sent: AssetChange, *, sidecars: bool = False) -> None:
    """Apply a change to the caller's own assets; `sidecars` writes theirs in any case."""
    if call.state.library.owned(call.user.id, ids) != set(ids):
        raise no_access("asset.update")
    try:
        columns = sent.columns()
    except ValueError as error:
        problem = call.phrase("dateTimeOriginal", "must be a valid ISO 8601 date string")
        raise ApiError(400, [problem]) from error
    if columns:
        call.state.library.change(ids, columns)
    told = sent.told()
    if told or sidecars:
        call.state.library.describe(ids, told)
        for asset_id in ids:
            if asset := call.state.library.asset(asset_id):
                events.described(call, asset)


async def change(call: Call) -> Response:
    """Change one asset."""
    asset_id = call.param("id")
    _change(call, [asset_id], await call.body(AssetChange))
    changed = call.state.library.asset(asset_id)
    if changed is None:
        raise no_access("asset.update")
    return call.json(shapes.asset(changed, call.options.version, call.user.id))


async def change_many(call: Call) -> Response:
    """Change several assets in the same way.

    Unlike for one all sidecars are written, and what is locked is taken out of albums.
    """
    sent = await call.body(ManyChanges)
    ids = [str(item) for item in sent.ids]
    _change(call, ids, sent, sidecars=True)
    if sent.visibility == "locked":
        call.state.albums.remove_everywhere(ids)
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("PUT", "/api/assets", "asset.update", change_many),
    Endpoint("PUT", "/api/assets/{id:uuid}", "asset.update", change),
)
