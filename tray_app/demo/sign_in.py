"""`/api/auth/*`: sign in with a password, sign out, and what a credential is worth."""

import re

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tray_app.demo.call import Access, Body, Call, Endpoint, Endpoints
from tray_app.demo.errors import ApiError

APP_AGENT = re.compile(r"immich-(?:android|ios|unknown)/(\S+)|Immich_(?:Android|iOS|Unknown)_(\S+)")
SYSTEMS = (("Windows", "Windows"), ("Mac OS", "macOS"), ("Android", "Android"), ("Linux", "Linux"))
COOKIE_AGE = 400 * 24 * 3600


class Credentials(Body):
    """What a login sends."""

    email: str
    password: str


class Device(msgspec.Struct, frozen=True):
    """How a session appears in the list of devices."""

    type: str
    os: str
    app_version: str | None


def device(request: Request) -> Device:
    """Read the device from `User-Agent`, else from `deviceModel` and `deviceType`."""
    headers = request.headers
    agent = headers.get("user-agent", "")
    app = APP_AGENT.fullmatch(agent)
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return Device(
        headers.get("devicemodel", ""),
        system or headers.get("devicetype", ""),
        (app[1] or app[2]) if app else None,
    )


async def login(call: Call) -> Response:
    """Sign in: 201 with a token and cookies, or 401."""
    sent = await call.body(Credentials)
    user = call.state.accounts.check_password(sent.email, sent.password)
    if user is None:
        raise ApiError(401, "Incorrect email or password")
    seen = device(call.request)
    _, token = call.state.accounts.add_session(
        user.id, device_type=seen.type, device_os=seen.os, app_version=seen.app_version
    )
    response = call.json(
        {
            "accessToken": token,
            "userId": user.id,
            "userEmail": user.email,
            "name": user.name,
            "isAdmin": bool(user.is_admin),
            "profileImagePath": "",
            "shouldChangePassword": False,
            "isOnboarded": True,
        },
        201,
    )
    for name, value, hidden in (
        ("immich_access_token", token, True),
        ("immich_auth_type", "password", True),
        ("immich_is_authenticated", "true", False),
    ):
        response.set_cookie(name, value, max_age=COOKIE_AGE, httponly=hidden, samesite="lax")
    return response


async def logout(call: Call) -> Response:
    """End the session; a key ends nothing."""
    session = call.signed_in.session
    if session is not None:
        call.state.accounts.delete_session(call.user.id, session.id)
        call.realtime.session_ended(session.id)
    response = call.json({"successful": True, "redirectUri": "/auth/login?autoLaunch=0"})
    for name in ("immich_access_token", "immich_auth_type", "immich_is_authenticated"):
        response.delete_cookie(name)
    return response


async def validate(call: Call) -> Response:
    """Say that the credential is good; a bad one never comes this far."""
    return call.json({"authStatus": True})


async def status(call: Call) -> Response:
    """Tell what the account has."""
    body: dict[str, object] = {"pinCode": False, "password": True, "isElevated": False}
    session = call.signed_in.session
    if session is not None and session.expires_at:
        body["expiresAt"] = session.expires_at
    return call.json(body)


ENDPOINTS: Endpoints = (
    Endpoint("POST", "/api/auth/login", Access.PUBLIC, login),
    Endpoint("POST", "/api/auth/logout", Access.SESSION_OR_ALL, logout),
    Endpoint("POST", "/api/auth/validateToken", Access.ANY, validate),
    Endpoint("GET", "/api/auth/status", Access.SESSION_OR_ALL, status),
)
