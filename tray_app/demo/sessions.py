"""`/api/sessions`: the devices that are signed in."""

from datetime import timedelta

from starlette.responses import Response

from tray_app.demo import clock, shapes
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access


class NewSession(Body):
    """What a session is created with; `duration` in seconds."""

    duration: float | None = None
    device_type: str = ""
    deviceOS: str = ""  # noqa: N815 - the wire name is not plain camel case


class SessionChange(Body):
    """What may be changed of a session."""

    is_pending_sync_reset: bool | None = None


async def list_sessions(call: Call) -> Response:
    """List the user's sessions."""
    current = call.signed_in.session
    found = call.state.accounts.sessions(call.user.id)
    return call.json([shapes.session(session, current) for session in found])


async def create(call: Call) -> Response:
    """Create a session beside the current one; 400 for API keys."""
    sent = await call.body(NewSession)
    current = call.signed_in.session
    if current is None:
        raise ApiError(400, "This endpoint can only be used with a session token")
    expires = None
    if sent.duration:
        expires = clock.iso(clock.moment() + timedelta(seconds=sent.duration))
    session, token = call.state.accounts.add_session(
        call.user.id, device_type=sent.device_type, device_os=sent.deviceOS, expires_at=expires
    )
    return call.json(shapes.session(session, current) | {"token": token}, 201)


async def change(call: Call) -> Response:
    """Set the pending-reset flag."""
    sent = await call.body(SessionChange)
    accounts, wanted = call.state.accounts, call.param("id")
    pending = sent.is_pending_sync_reset
    if pending is False and not call.is_v3:
        raise ApiError(400, ["isPendingSyncReset must be equal to true"])
    if pending is None:
        raise ApiError(400, "No fields to update")
    if not accounts.set_pending_reset(call.user.id, wanted, pending=pending):
        raise no_access("session.update")
    session = next(found for found in accounts.sessions(call.user.id) if found.id == wanted)
    return call.json(shapes.session(session, call.signed_in.session))


async def delete(call: Call) -> Response:
    """Sign one device out."""
    if not call.state.accounts.delete_session(call.user.id, call.param("id")):
        raise no_access("authDevice.delete")
    return no_content()


async def delete_others(call: Call) -> Response:
    """Sign all other devices out."""
    current = call.signed_in.session
    call.state.accounts.delete_sessions(call.user.id, keep=current.id if current else "")
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/sessions", "session.read", list_sessions),
    Endpoint("POST", "/api/sessions", "session.create", create),
    Endpoint("DELETE", "/api/sessions", "session.delete", delete_others),
    Endpoint("PUT", "/api/sessions/{id:uuid}", "session.update", change),
    Endpoint("DELETE", "/api/sessions/{id:uuid}", "session.delete", delete),
)
