"""`/api/stacks`: photos shown as one."""

from uuid import UUID

import msgspec
from starlette.responses import Response

from tray_app.demo import events, shapes
from tray_app.demo.assets import Ids
from tray_app.demo.call import Body, Call, Endpoint, Endpoints, no_content
from tray_app.demo.errors import ApiError, no_access
from tray_app.demo.stack_store import Stack


class NewStack(Body):
    """What to stack, the one on top first."""

    asset_ids: list[UUID]


class StackChange(Body):
    """What may be changed of a stack."""

    primary_asset_id: UUID | msgspec.UnsetType = msgspec.UNSET


def _shape(call: Call, value: Stack) -> dict[str, object]:
    assets = call.state.stacks.assets(value.id)
    shown = [shapes.asset(asset, call.options.version, call.user.id) for asset in assets]
    return {"id": value.id, "primaryAssetId": value.primary_asset_id, "assets": shown}


def _own(call: Call, permission: str, stack_id: str) -> Stack:
    found = (item for item in call.state.stacks.owned(call.user.id) if item.id == stack_id)
    if (stack := next(found, None)) is None:
        raise no_access(permission)
    return stack


async def list_stacks(call: Call) -> Response:
    """List the own stacks, or the one with a certain asset on top."""
    wanted = call.request.query_params.get("primaryAssetId")
    found = call.state.stacks.owned(call.user.id)
    return call.json(
        [_shape(call, item) for item in found if wanted in (None, item.primary_asset_id)]
    )


async def create(call: Call) -> Response:
    """Stack own assets."""
    ids = [str(item) for item in (await call.body(NewStack)).asset_ids]
    if len(ids) < 2:
        raise ApiError(400, [call.phrase("assetIds", "must contain at least 2 elements")])
    if call.state.library.owned(call.user.id, ids) != set(ids):
        raise no_access("asset.update")
    stack = call.state.stacks.add(call.user.id, ids)
    events.stacked(call)
    return call.json(_shape(call, stack), 201)


async def get(call: Call) -> Response:
    """Tell one stack."""
    return call.json(_shape(call, _own(call, "stack.read", call.param("id"))))


async def change(call: Call) -> Response:
    """Put another of its assets on top."""
    stack = _own(call, "stack.update", call.param("id"))
    sent = await call.body(StackChange)
    if isinstance(sent.primary_asset_id, UUID):
        wanted = str(sent.primary_asset_id)
        if wanted not in {asset.id for asset in call.state.stacks.assets(stack.id)}:
            raise ApiError(400, "Primary asset must be in the stack")
        call.state.stacks.set_primary(stack.id, wanted)
    events.stacked(call)
    return call.json(_shape(call, _own(call, "stack.update", stack.id)))


async def delete(call: Call) -> Response:
    """Dissolve one stack."""
    call.state.stacks.delete([_own(call, "stack.delete", call.param("id")).id])
    events.stacked(call)
    return no_content()


async def delete_many(call: Call) -> Response:
    """Dissolve several stacks."""
    ids = [_own(call, "stack.delete", item).id for item in (await call.body(Ids)).texts()]
    call.state.stacks.delete(ids)
    events.stacked(call)
    return no_content()


async def take(call: Call) -> Response:
    """Take an asset that is not on top out of its stack."""
    stack, asset_id = _own(call, "stack.update", call.param("id")), call.param("asset_id")
    if asset_id not in {asset.id for asset in call.state.stacks.assets(stack.id)}:
        raise ApiError(400, "Asset not in stack")
    if asset_id == stack.primary_asset_id:
        raise ApiError(400, "Cannot remove stack's primary asset")
    call.state.stacks.take(asset_id)
    events.stacked(call)
    return no_content()


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/api/stacks", "stack.read", list_stacks),
    Endpoint("POST", "/api/stacks", "stack.create", create),
    Endpoint("DELETE", "/api/stacks", "stack.delete", delete_many),
    Endpoint("GET", "/api/stacks/{id:uuid}", "stack.read", get),
    Endpoint("PUT", "/api/stacks/{id:uuid}", "stack.update", change),
    Endpoint("DELETE", "/api/stacks/{id:uuid}", "stack.delete", delete),
    Endpoint("DELETE", "/api/stacks/{id:uuid}/assets/{asset_id:uuid}", "stack.update", take),
)
