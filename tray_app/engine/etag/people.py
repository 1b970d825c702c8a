"""Users, partners and own stacks, each sent only when it changed."""

from tray_app.core.sync.answers import Partner, Person, Stack
from tray_app.engine.etag.reading import Reading


async def take_users(reading: Reading) -> None:
    """Read all users of the server."""
    if fresh := await reading.get("/users", list[Person]):
        reading.upserted += await reading.mirror.put_people("/users", fresh.etag, fresh.value)


async def take_partners(reading: Reading) -> None:
    """Read both directions."""
    for direction in ("shared-with", "shared-by"):
        path = f"/partners?direction={direction}"
        if fresh := await reading.get(path, list[Partner]):
            reading.upserted += await reading.mirror.put_partners(
                path, fresh.etag, fresh.value, sharing=direction == "shared-with"
            )


async def take_stacks(reading: Reading) -> None:
    """Read the own stacks; assets of theirs must be known by then."""
    if fresh := await reading.get("/stacks", list[Stack]):
        reading.upserted += await reading.mirror.put_stacks("/stacks", fresh.etag, fresh.value)
