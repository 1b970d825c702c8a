"""`/api/albums`: own and shared ones, in the shape of each version."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec
from starlette.responses import Response

from tray_app.demo import events, shapes
from tray_app.demo.assets import Ids
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access
from tray_app.demo.records import Album


class Member(Body):
    """Somebody an album is shared with."""

    user_id: UUID
    role: Literal["editor", "viewer"]


class NewAlbum(Body):
    """What an album is created with."""

    album_name: str
    description: str = ""
    asset_ids: tuple[UUID, ...] = ()
    album_users: tuple[Member, ...] = ()


class AlbumChange(Body):
    """What may be changed of an album; absent keys stay."""

    album_name: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType = msgspec.UNSET
    album_thumbnail_asset_id: UUID | msgspec.UnsetType = msgspec.UNSET
    is_activity_enabled: bool | msgspec.UnsetType = msgspec.UNSET
    order: Literal["asc", "desc"] | msgspec.UnsetType = msgspec.UNSET

    def columns(self) -> dict[str, object]:
        """Return the new values under the names of the table."""
        values: dict[str, object] = {
            "name": self.album_name,
            "description": self.description,
            "thumbnail_asset_id": self.album_thumbnail_asset_id,
            "is_activity_enabled": self.is_activity_enabled,
            "sort_order": self.order,
        }
        return {
            name: str(value) if isinstance(value, UUID) else value
            for name, value in values.items()
            if value is not msgspec.UNSET
        }


class AlbumsAndAssets(Body):
    """Many assets for many albums."""

    album_ids: list[UUID]
    asset_ids: list[UUID]


def _role(call: Call, album: Album) -> str | None:
    if album.owner_id == call.user.id:
        return "owner"
    return call.state.albums.members(album.id).get(call.user.id)


def readable(call: Call, album_id: str) -> Album:
    """Return an album that the caller may see; raises ApiError 400."""
    album = call.state.albums.album(album_id)
    if album is None or _role(call, album) is None:
        raise no_access("album.read")
    return album


def permitted(call: Call, permission: str, roles: Sequence[str]) -> Album:
    """Return the album of the path if the caller has one of the roles; raises ApiError 400."""
    album = call.state.albums.album(call.param("id"))
    if album is None or _role(call, album) not in roles:
        raise no_access(permission)
    return album


def shown(call: Call, album: Album, *, with_assets: bool = False) -> dict[str, object]:
    """Return an album as the caller sees it."""
    version = call.options.version
    return shapes.album(album, call.state, version, call.user.id, with_assets=with_assets)


OWNER, EDITORS, MEMBERS = ("owner",), ("owner", "editor"), ("owner", "editor", "viewer")


def _selected(call: Call) -> list[Album]:
    """Return the albums that the query asks for; its words differ between 2.x and 3.x."""
    albums, me, query = call.state.albums, call.user.id, call.request.query_params
    owned, guest = albums.owned(me), albums.shared_with(me)
    if call.is_v3:
        is_owned, shared = call.flag("isOwned"), call.flag("isShared")
        found = owned * (is_owned is not False) + guest * (is_owned is not True)
    else:
        shared = call.flag("shared")
        found = owned + guest if shared else owned
    if shared is not None:
        found = [album for album in found if bool(albums.members(album.id)) == shared]
    if asset_id := query.get("assetId"):
        holding = albums.holding(asset_id)
        found = [album for album in owned + guest if album.id in holding]
    if call.is_v3:
        found = [
            album
            for album in found
            if query.get("name") in (None, album.name) and query.get("id") in (None, album.id)
        ]
    return found


async def list_albums(call: Call) -> Response:
    """List albums, without their assets."""
    return call.json([shown(call, album) for album in _selected(call)])


async def create(call: Call) -> Response:
    """Create an album, with the caller's own assets among those named."""
    sent = await call.body(NewAlbum)
    members = [str(member.user_id) for member in sent.album_users]
    if any(call.state.accounts.user(user_id) is None for user_id in members):
        raise ApiError(400, "User not found")
    album = call.state.albums.add(call.user.id, sent.album_name, sent.description)
    for user_id, member in zip(members, sent.album_users, strict=True):
        call.state.albums.share(album.id, user_id, member.role)
        events.invited(call, album, user_id)
    wanted = [str(item) for item in sent.asset_ids]
    call.state.albums.put(album.id, call.state.library.owned(call.user.id, wanted))
    return call.json(shown(call, album, with_assets=True), 201)


async def get(call: Call) -> Response:
    """Tell one album; 2.x lists its assets unless told not to."""
    album = permitted(call, "album.read", MEMBERS)
    full = call.request.query_params.get("withoutAssets") != "true"
    return call.json(shown(call, album, with_assets=full))


async def change(call: Call) -> Response:
    """Change name, description, cover, order."""
    album = permitted(call, "album.update", EDITORS)
    call.state.albums.change(album.id, (await call.body(AlbumChange)).columns())
    changed = call.state.albums.album(album.id) or album
    return call.json(shown(call, changed))


async def delete(call: Call) -> Response:
    """Remove the album, not its assets."""
    call.state.albums.delete(permitted(call, "album.delete", OWNER).id)
    return no_content()


def _outcome(asset_id: str, error: str | None) -> dict[str, object]:
    ok: dict[str, object] = {"id": asset_id, "success": error is None}
    return ok | ({"error": error} if error else {})


def _put(call: Call, album: Album, ids: Sequence[str]) -> dict[str, str | None]:
    """Add what can be added; return each id with the reason why not, or None."""
    present = call.state.albums.asset_ids(album.id)
    own = call.state.library.owned(call.user.id, ids)
    errors: dict[str, str | None] = {}
    for asset_id in ids:
        refused = None if asset_id in own else "no_permission"
        errors[asset_id] = "duplicate" if asset_id in present else refused
    if new := [asset_id for asset_id, error in errors.items() if error is None]:
        call.state.albums.put(album.id, new)
    return errors


async def add_assets(call: Call) -> Response:
    """Add assets; each has its own outcome."""
    album = permitted(call, "albumAsset.create", EDITORS)
    errors = _put(call, album, (await call.body(Ids)).texts())
    return call.json([_outcome(asset_id, error) for asset_id, error in errors.items()])


async def add_to_many(call: Call) -> Response:
    """Add assets to several albums; one outcome for all."""
    sent = await call.body(AlbumsAndAssets)
    ids = [str(item) for item in sent.asset_ids]
    errors: set[str | None] = set()
    for album_id in map(str, sent.album_ids):
        album = call.state.albums.album(album_id)
        if album is None or _role(call, album) not in EDITORS:
            errors.add("no_permission")
        else:
            errors |= set(_put(call, album, ids).values())
    if None in errors:
        return call.json({"success": True})
    reason = "duplicate" if errors == {"duplicate"} else "no_permission"
    return call.json({"success": False, "error": reason})


async def remove_assets(call: Call) -> Response:
    """Take assets out of the album; each has its own outcome."""
    album = permitted(call, "albumAsset.delete", EDITORS)
    ids = (await call.body(Ids)).texts()
    present = call.state.albums.asset_ids(album.id)
    call.state.albums.remove(album.id, ids)
    outcomes = [_outcome(item, None if item in present else "not_found") for item in ids]
    return call.json(outcomes)


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/albums", "album.read", list_albums),
    Endpoint("POST", "/api/albums", "album.create", create),
    Endpoint("PUT", "/api/albums/assets", "albumAsset.create", add_to_many),
    Endpoint("GET", "/api/albums/{id:uuid}", "album.read", get),
    Endpoint("PATCH", "/api/albums/{id:uuid}", "album.update", change),
    Endpoint("DELETE", "/api/albums/{id:uuid}", "album.delete", delete),
    Endpoint("PUT", "/api/albums/{id:uuid}/assets", "albumAsset.create", add_assets),
    Endpoint("DELETE", "/api/albums/{id:uuid}/assets", "albumAsset.delete", remove_assets),
)
