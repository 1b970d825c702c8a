"""`/api/albums/{id}/user(s)`: whom an album is shared with."""

from typing import Literal

from starlette.responses import Response

from tray_app.demo import events
from tray_app.demo.albums import OWNER, Member, permitted, shown
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError
from tray_app.demo.records import Album


class NewMembers(Body):
    """Whom to share an album with."""

    album_users: list[Member]


class NewRole(Body):
    """What a member may do from now on."""

    role: Literal["editor", "viewer"]


async def add(call: Call) -> Response:
    """Share an album with more people."""
    album = permitted(call, "album.share", OWNER)
    for member in (await call.body(NewMembers)).album_users:
        user_id = str(member.user_id)
        if user_id == album.owner_id:
            raise ApiError(400, "Cannot be shared with owner")
        if user_id in call.state.albums.members(album.id):
            raise ApiError(400, "User already added")
        if call.state.accounts.user(user_id) is None:
            raise ApiError(400, "User not found")
        call.state.albums.share(album.id, user_id, member.role)
        events.invited(call, album, user_id)
    changed = call.state.albums.album(album.id) or album
    return call.json(shown(call, changed))


def _member(call: Call) -> tuple[Album, str]:
    """Return the album and the member of the path; `me` is the caller."""
    album = call.state.albums.album(call.param("id"))
    named = call.param("user_id")
    user_id = call.user.id if named == "me" else named
    if album is None:
        raise ApiError(400, "Album not found")
    if user_id == album.owner_id:
        raise ApiError(400, "Cannot remove album owner")
    if user_id not in call.state.albums.members(album.id):
        raise ApiError(400, "Album not shared with user")
    return album, user_id


async def change(call: Call) -> Response:
    """Give a member another role."""
    album = permitted(call, "album.share", OWNER)
    sent = await call.body(NewRole)
    call.state.albums.share(album.id, _member(call)[1], sent.role)
    return no_content()


async def remove(call: Call) -> Response:
    """Take a member out; everybody may take themselves out."""
    album, user_id = _member(call)
    if user_id != call.user.id:
        permitted(call, "album.share", OWNER)
    call.state.albums.unshare(album.id, user_id)
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("PUT", "/api/albums/{id:uuid}/users", "albumUser.create", add),
    Endpoint("PUT", "/api/albums/{id:uuid}/user/{user_id}", "albumUser.update", change),
    Endpoint("DELETE", "/api/albums/{id:uuid}/user/{user_id}", "albumUser.delete", remove),
)
