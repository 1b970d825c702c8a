"""`/api/partners`: sharing a whole library with somebody."""

from uuid import UUID

from starlette.responses import Response

from tray_app.demo import shapes
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import UNFORESEEN, ApiError, no_access
from tray_app.demo.partner_store import Partnership


class NewPartner(Body):
    """With whom to share."""

    shared_with_id: UUID


class PartnerChange(Body):
    """What the other may decide."""

    in_timeline: bool


def _shape(call: Call, value: Partnership, other_id: str) -> dict[str, object]:
    other = call.state.accounts.user(other_id)
    if other is None:
        raise RuntimeError("a partner without an account")
    return shapes.public_user(other) | {"inTimeline": value.in_timeline}


async def list_partners(call: Call) -> Response:
    """List the partners of one direction."""
    direction = call.request.query_params.get("direction")
    if direction not in ("shared-by", "shared-with"):
        problem = "must be one of the following values: shared-by, shared-with"
        raise ApiError(400, [call.phrase("direction", problem)])
    found = call.state.partners.of(call.user.id)
    if direction == "shared-by":
        chosen = [
            (item, item.shared_with_id) for item in found if item.shared_by_id == call.user.id
        ]
    else:
        chosen = [
            (item, item.shared_by_id) for item in found if item.shared_with_id == call.user.id
        ]
    return call.json([_shape(call, item, other) for item, other in chosen])


async def create(call: Call) -> Response:
    """Share with the user named in the body."""
    return _create(call, str((await call.body(NewPartner)).shared_with_id))


async def create_by_path(call: Call) -> Response:
    """Share with the user named in the path; an older way to say it."""
    return _create(call, call.param("id"))


def _create(call: Call, other_id: str) -> Response:
    if call.state.partners.get(call.user.id, other_id):
        raise ApiError(400, "Partner already exists")
    if call.state.accounts.user(other_id) is None:
        raise ApiError(500, UNFORESEEN)
    call.state.partners.add(call.user.id, other_id)
    return call.json(_shape(call, Partnership(call.user.id, other_id, False), other_id), 201)


async def change(call: Call) -> Response:
    """Show what somebody shares in the own timeline, or not."""
    sent, other_id = await call.body(PartnerChange), call.param("id")
    if not call.state.partners.get(other_id, call.user.id):
        raise no_access("partner.update")
    call.state.partners.set_in_timeline(other_id, call.user.id, shown=sent.in_timeline)
    changed = Partnership(other_id, call.user.id, sent.in_timeline)
    return call.json(_shape(call, changed, other_id))


async def remove(call: Call) -> Response:
    """Stop sharing with somebody."""
    if not call.state.partners.get(call.user.id, call.param("id")):
        raise ApiError(400, "Partner not found")
    call.state.partners.remove(call.user.id, call.param("id"))
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/partners", "partner.read", list_partners),
    Endpoint("POST", "/api/partners", "partner.create", create),
    Endpoint("POST", "/api/partners/{id:uuid}", "partner.create", create_by_path),
    Endpoint("PUT", "/api/partners/{id:uuid}", "partner.update", change),
    Endpoint("DELETE", "/api/partners/{id:uuid}", "partner.delete", remove),
)
