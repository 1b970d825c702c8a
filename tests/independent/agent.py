"""A published client of others at work; runs in that client's own environment, not in ours.

Usage: `.venv/clients/VERSION/bin/python agent.py act|list URL EMAIL FOLDER`, password on stdin.
`act` uploads FOLDER's files and arranges them; `list` prints as one JSON object all that the
client sees, in the form of our tables: what its listings say, and what the sync stream says,
each line read with the client's own models.
"""

import asyncio
import json
import os
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from immichpy.client.generated import models
from immichpy.client.main import AsyncClient

TYPES = (
    "AuthUsersV1 UsersV1 PartnersV1 Assets{0} StacksV1 PartnerAssets{0} PartnerStacksV1"
    " AlbumAssets{0} Albums{0} AlbumUsersV1 AlbumToAssetsV1 AssetExifsV1 AlbumAssetExifsV1"
    " PartnerAssetExifsV1 UserMetadataV1 AssetMetadataV1"
)
SHOWN = ("timeline", "archive", "hidden")
PAGE = int(os.environ.get("PAGE", "3"))  # small, so that there are several
OWNER, VIEWER = "owner", "viewer"


@asynccontextmanager
async def signed_in(url, email, password):
    """Sign in with a password, as a person does."""
    async with AsyncClient(base_url=url) as client:
        credentials = models.LoginCredentialDto(email=email, password=password)
        token = (await client.auth.login(credentials)).access_token
    async with AsyncClient(base_url=url, access_token=token) as client:
        yield client
        await client.auth.logout()


async def act(client, folder):
    """Upload everything; use trash, archive, favourite, lock, stack, album, partner."""
    done = await client.assets.upload(sorted(Path(folder).iterdir()), concurrency=1)
    assert not done.failed, done.failed
    ids = {entry.filepath.name: str(entry.asset.id) for entry in done.uploaded}
    names = sorted(ids)
    liked, kept, gone, top, below, shown, secret = (ids[name] for name in names)
    change = models.UpdateAssetDto
    await client.assets.update_asset(liked, change(isFavorite=True))
    await client.assets.update_asset(kept, change(visibility="archive", description="Käse"))
    await client.assets.update_asset(secret, change(visibility="locked"))
    await client.assets.delete_assets(models.AssetBulkDeleteDto(ids=[gone]))
    await client.stacks.create_stack(models.StackCreateDto(assetIds=[top, below]))
    me = await client.users.get_my_user()
    others = [user for user in await client.users.search_users() if user.id != me.id]
    album = models.CreateAlbumDto(
        albumName=f"Album of {me.name}",
        description="by another client",
        assetIds=[shown, liked],
        albumUsers=[models.AlbumUserCreateDto(userId=str(others[0].id), role=VIEWER)],
    )
    await client.albums.create_album(album)
    for user in others:
        partner = models.PartnerCreateDto(sharedWithId=user.id)
        await client.partners.create_partner(partner)


async def assets(client, **conditions):
    """Yield all that a search finds, page by page."""
    for visibility in SHOWN:
        page = 1
        while page:
            sent = models.MetadataSearchDto(
                page=page, size=PAGE, visibility=visibility, withDeleted=True, **conditions
            )
            found = (await client.search.search_assets(sent)).assets
            for item in found.items:
                yield item
            page = int(found.next_page) if found.next_page else None


async def listed(client):
    """Return what the client's listings say."""
    me = str((await client.users.get_my_user()).id)
    sharing = [(str(one.id), me) for one in await client.partners.get_partners("shared-with")]
    sharing += [(me, str(one.id)) for one in await client.partners.get_partners("shared-by")]
    albums = await albums_of(client)
    return {
        "user": [(str(u.id), u.name, u.email) for u in await client.users.search_users()],
        "partner": sharing,
        "asset": [
            asset(item, item.is_trashed)
            async for item in assets(client)
            if str(item.owner_id) == me
        ],
        "album": [(str(one.id), one.album_name, one.description) for one in albums],
        "album_user": [row for one in albums for row in members(one)],
        "shown_in_album": [row for one in albums for row in await contents(client, one)],
        "stack": [
            (str(one.id), str(one.primary_asset_id)) for one in await client.stacks.search_stacks()
        ],
    }


async def albums_of(client):
    """Return own and shared albums; 2.x lists each kind by itself."""
    albums = await client.albums.get_all_albums()
    if is_old():
        albums += await client.albums.get_all_albums(shared=True)
    ids = {str(album.id) for album in albums}
    return [await client.albums.get_album_info(album_id) for album_id in sorted(ids)]


def is_old():
    """Tell whether this client speaks 2.x."""
    return "owner_id" in models.AlbumResponseDto.model_fields


def members(album):
    """Return who sees an album; 2.x names the owner apart."""
    owner = [(str(album.id), str(album.owner_id), OWNER)] if is_old() else []
    return owner + [(str(album.id), str(one.user.id), one.role.value) for one in album.album_users]


async def contents(client, album):
    """Return what is shown of an album's assets, and check that its count agrees."""
    if is_old():
        found = album.assets
    else:
        inside = assets(client, albumIds=[album.id])
        found = [item async for item in inside if _is_shown(item)]
    assert len(found) == album.asset_count, (len(found), album.asset_count)
    return [(str(album.id), str(item.id)) for item in found]


def _is_shown(item):
    return not item.is_trashed and item.visibility.value != "hidden"


def asset(item, trashed):
    """Return the row of an asset, from a listing or from a line of the stream."""
    times = (item.local_date_time, item.file_created_at, item.file_modified_at)
    return (
        str(item.id),
        str(item.owner_id),
        item.checksum,
        item.original_file_name,
        item.type.value,
        item.visibility.value,
        item.is_favorite,
        bool(trashed),
        *(moment and moment.isoformat() for moment in times),
        item.width,
        item.height,
        item.thumbhash,
    )


ROWS = {
    "SyncUserV1": ("user", lambda row: (str(row.id), row.name, row.email)),
    "SyncPartnerV1": ("partner", lambda row: (str(row.shared_by_id), str(row.shared_with_id))),
    "SyncAssetV1": ("asset", lambda row: asset(row, row.deleted_at)),
    "SyncAssetV2": ("asset", lambda row: asset(row, row.deleted_at)),
    "SyncAssetExifV1": (
        "exif",
        lambda row: (str(row.asset_id), row.file_size_in_byte, row.description),
    ),
    "SyncAlbumV1": ("album", lambda row: (str(row.id), row.name, row.description)),
    "SyncAlbumV2": ("album", lambda row: (str(row.id), row.name, row.description)),
    "SyncAlbumToAssetV1": ("album_asset", lambda row: (str(row.album_id), str(row.asset_id))),
    "SyncStackV1": ("stack", lambda row: (str(row.id), str(row.primary_asset_id))),
}


def model(line_type):
    """Return the client's model of a line: whosever asset it is, the payload is the same."""
    name = re.sub(r"Partner(?=Asset|Stack)|Album(?=Asset)", "", line_type)
    name = re.sub(r"(?:Backfill|Create|Update)(?=V)", "", name)
    return getattr(models, f"Sync{name.removeprefix('Sync')}", None)


async def streamed(client):
    """Return what a first stream says, each line read with the client's own models."""
    types = TYPES.format("V1" if is_old() else "V2").split()
    wanted = models.SyncStreamDto(types=types, reset=True)
    answer = await client.sync.get_sync_stream_without_preload_content(wanted)
    assert answer.status == 200, answer.status
    lines = [json.loads(line) for line in (await answer.read()).splitlines()]
    assert lines[-1]["type"] == "SyncCompleteV1", lines[-1]
    tables = {name: {} for name, _ in ROWS.values()}
    for line in lines[:-1]:
        kind = models.SyncEntityType(line["type"]).value
        if kind == "SyncAckV1":
            continue
        row = model(kind).model_validate(line["data"])
        if type(row).__name__ in ROWS:
            name, shape = ROWS[type(row).__name__]
            shaped = shape(row)
            tables[name][shaped[:2] if name in ("partner", "album_asset") else shaped[0]] = shaped
    return {name: list(rows.values()) for name, rows in tables.items()}


async def main(order, url, email, folder, password):
    """Do what was ordered and print the result."""
    async with signed_in(url, email, password) as client:
        if order == "act":
            await act(client, folder)
            found = {}
        else:
            found = {"listed": await listed(client), "streamed": await streamed(client)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5], sys.stdin.read().strip()))
