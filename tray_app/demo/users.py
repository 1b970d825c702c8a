"""`/api/users` and `/api/api-keys`: people and their keys."""

import re

from starlette.responses import Response

from tray_app.demo import shapes
from tray_app.demo.call import Access, Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access

PERMISSION = re.compile(r"all|[a-zA-Z]+\.[a-zA-Z.]+")


class NewKey(Body):
    """What a key is created with."""

    permissions: list[str]
    name: str = "API Key"


async def me(call: Call) -> Response:
    """Tell the own account."""
    return call.json(shapes.own_user(call.user))


async def list_users(call: Call) -> Response:
    """List all accounts of the server."""
    return call.json([shapes.public_user(user) for user in call.state.accounts.users()])


async def one_user(call: Call) -> Response:
    """Tell one account of the server."""
    if (user := call.state.accounts.user(call.param("id"))) is None:
        raise ApiError(400, "User not found")
    return call.json(shapes.public_user(user))


async def list_keys(call: Call) -> Response:
    """List the own keys."""
    return call.json([shapes.api_key(key) for key in call.state.accounts.api_keys(call.user.id)])


async def create_key(call: Call) -> Response:
    """Create a key that can do no more than the credential that asks for it."""
    sent = await call.body(NewKey)
    if not sent.permissions or not all(map(PERMISSION.fullmatch, sent.permissions)):
        raise ApiError(400, [call.phrase("permissions", "must be known permissions")])
    own = call.signed_in.key
    if own is not None and not all(map(own.grants, sent.permissions)):
        raise ApiError(400, "Cannot grant permissions you do not have")
    key, secret = call.state.accounts.add_api_key(call.user.id, sent.permissions, name=sent.name)
    return call.json({"secret": secret, "apiKey": shapes.api_key(key)}, 201)


async def own_key(call: Call) -> Response:
    """Tell the key that asks about itself."""
    key = call.signed_in.key
    if key is None:
        raise ApiError(403, "Not authenticated with an API Key")
    return call.json(shapes.api_key(key))


async def delete_key(call: Call) -> Response:
    """Revoke a key."""
    if not call.state.accounts.delete_api_key(call.user.id, call.param("id")):
        raise no_access("apiKey.delete")
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/users/me", "user.read", me),
    Endpoint("GET", "/api/users", "user.read", list_users),
    Endpoint("GET", "/api/users/{id:uuid}", "user.read", one_user),
    Endpoint("GET", "/api/api-keys", "apiKey.read", list_keys),
    Endpoint("POST", "/api/api-keys", "apiKey.create", create_key),
    Endpoint("GET", "/api/api-keys/me", Access.ANY, own_key),
    Endpoint("DELETE", "/api/api-keys/{id:uuid}", "apiKey.delete", delete_key),
)
