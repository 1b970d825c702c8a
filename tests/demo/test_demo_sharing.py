"""Partners, shared albums and stacks: the calls, and how the stream brings what is new to whom."""

import pytest

from tests.demo.rig import Client


@pytest.fixture
def two(version):
    return "V2" if version == "3.0.3" else "V1"


@pytest.fixture
def friend(server, version):
    """Another user with a session."""
    user = server.add_user("friend@example.org")
    token = server.add_session(user.email)
    with Client(server, version, headers={"authorization": f"Bearer {token}"}) as client:
        client.id = user.id
        yield client


def types(lines):
    return [line["type"] for line in lines]


def ids(lines):
    return [line["data"]["id"] for line in lines if "id" in line["data"]]


def checkpoints(client):
    return {item["type"]: item["ack"] for item in client.get("/api/sync/ack").json()}


def share_all(server, friend):
    friend.post("/api/partners", json={"sharedWithId": server.user().id})


def album_with(client, friend, asset, role="viewer"):
    users = [{"userId": friend.id, "role": role}]
    body = {"albumName": "A", "assetIds": [asset], "albumUsers": users}
    return client.post("/api/albums", json=body).json()["id"]


def test_partners_from_beginning_to_end(signed_in, server, friend):
    made = friend.post("/api/partners", json={"sharedWithId": server.user().id})
    assert (made.status_code, made.json()["email"]) == (201, server.user().email)
    again = friend.post(f"/api/partners/{server.user().id}")
    assert (again.status_code, again.json()["message"]) == (400, "Partner already exists")
    assert [p["id"] for p in friend.get("/api/partners?direction=shared-by").json()] == [
        server.user().id
    ]
    assert friend.get("/api/partners?direction=shared-with").json() == []
    assert friend.get("/api/partners").status_code == 400
    (seen,) = signed_in.get("/api/partners?direction=shared-with").json()
    assert (seen["id"], seen["inTimeline"]) == (friend.id, False)
    changed = signed_in.put(f"/api/partners/{friend.id}", json={"inTimeline": True})
    assert changed.json()["inTimeline"] is True
    assert friend.put(f"/api/partners/{friend.id}", json={"inTimeline": True}).status_code == 400
    assert friend.delete(f"/api/partners/{server.user().id}").status_code == 204
    assert signed_in.get("/api/partners?direction=shared-with").json() == []
    assert friend.delete(f"/api/partners/{server.user().id}").status_code == 400


def test_a_first_stream_needs_no_backfill_and_notes_it(signed_in, server, friend, two):
    asset = friend.upload().json()["id"]
    share_all(server, friend)
    lines = signed_in.lines("PartnersV1", f"PartnerAssets{two}", "PartnerAssetExifsV1")
    assert types(lines) == [
        "PartnerV1",
        f"PartnerAsset{two}",
        "PartnerAssetExifV1",
        "SyncCompleteV1",
    ]
    assert ids(lines) == [asset]
    noted = checkpoints(signed_in)
    assert set(noted) == {f"PartnerAssetBackfill{two}", "PartnerAssetExifBackfillV1"}
    assert all(ack.endswith("|complete") for ack in noted.values())


def test_a_new_partner_is_backfilled_once(signed_in, server, friend, two):
    wanted = f"PartnerAssets{two}"
    other = server.add_user("other@example.org")
    server.state.partners.add(other.id, server.user().id)
    server.fill(1, other.email)
    older = [friend.upload(data=bytes([n])).json()["id"] for n in range(3)]
    newest_of_other = len(signed_in.synced(wanted))
    assert newest_of_other == 1
    # The checkpoint is older than these three: make it newer.
    server.fill(1, other.email)
    assert len(signed_in.synced(wanted)) == 1
    share_all(server, friend)
    lines = signed_in.lines(wanted)[:-1]
    assert types(lines) == [f"PartnerAssetBackfill{two}"] * 3 + ["SyncAckV1"]
    assert ids(lines) == older
    create_id = lines[0]["ack"].split("|")[1]
    assert lines[-1]["ack"] == f"PartnerAssetBackfill{two}|{create_id}|complete"
    # Resumed in the middle: 2.7.5 sends the acknowledged line again, 3.0.3 goes on after it.
    signed_in.post("/api/sync/ack", json={"acks": [lines[1]["ack"]]})
    assert ids(signed_in.lines(wanted)) == older[1 if two == "V1" else 2 :]
    signed_in.ack(lines)
    assert signed_in.synced(wanted) == []
    newer = friend.upload(data=b"new").json()["id"]
    lines = signed_in.synced(wanted)
    assert (types(lines), ids(lines)) == ([f"PartnerAsset{two}"], [newer])


def test_who_shares_again_is_backfilled_up_to_the_last_line_acknowledged(
    signed_in, server, friend, two
):
    share_all(server, friend)
    assets = [friend.upload(data=bytes([n])).json()["id"] for n in range(2)]
    wanted = ("PartnersV1", f"PartnerAssets{two}")
    signed_in.synced(*wanted)
    friend.delete(f"/api/partners/{server.user().id}")
    share_all(server, friend)
    lines = signed_in.synced(*wanted)
    backfill = f"PartnerAssetBackfill{two}"
    assert types(lines) == ["PartnerDeleteV1", "PartnerV1", backfill, backfill, "SyncAckV1"]
    assert ids(lines) == assets


def test_what_a_partner_deletes_and_the_end_of_it(signed_in, server, friend, two):
    share_all(server, friend)
    asset = friend.upload().json()["id"]
    wanted = ("PartnersV1", f"PartnerAssets{two}")
    signed_in.synced(*wanted)
    friend.request("DELETE", "/api/assets", json={"ids": [asset], "force": True})
    lines = signed_in.synced(*wanted)
    assert types(lines) == ["PartnerAssetDeleteV1"]
    assert lines[0]["data"] == {"assetId": asset}
    friend.upload(data=b"2")
    friend.delete(f"/api/partners/{server.user().id}")
    assert types(signed_in.synced(*wanted)) == ["PartnerDeleteV1"]


def test_a_partners_asset_can_be_read_but_not_deleted(signed_in, server, friend):
    asset = friend.upload().json()["id"]
    assert signed_in.get(f"/api/assets/{asset}").status_code == 400
    share_all(server, friend)
    assert signed_in.get(f"/api/assets/{asset}").status_code == 200
    assert signed_in.request("DELETE", "/api/assets", json={"ids": [asset]}).status_code == 400


ALBUM_TYPES = ("AlbumUsersV1", "AlbumToAssetsV1", "AlbumAssetExifsV1")


def test_a_shared_album_comes_to_a_client_that_knew_others(signed_in, friend, server, two):
    wanted = (f"AlbumAssets{two}", f"Albums{two}", *ALBUM_TYPES)
    first = album_with(signed_in, friend, signed_in.upload(data=b"0").json()["id"])
    asset = signed_in.upload(data=b"1").json()["id"]
    second = signed_in.post("/api/albums", json={"albumName": "B", "assetIds": [asset]}).json()[
        "id"
    ]
    # The friend's checkpoints are newer than everything in the second album.
    signed_in.put(f"/api/albums/{first}/assets", json={"ids": [signed_in.upload().json()["id"]]})
    assert ids(line for line in friend.synced(*wanted) if line["type"].startswith("AlbumV")) == [
        first
    ]
    body = {"albumUsers": [{"userId": friend.id, "role": "editor"}]}
    assert signed_in.put(f"/api/albums/{second}/users", json=body).status_code == 200
    lines = friend.synced(*wanted)
    told = types(lines)
    for kind in (
        f"AlbumAssetBackfill{two}",
        f"Album{two}",
        "AlbumToAssetBackfillV1",
        "AlbumAssetExifBackfillV1",
    ):
        assert told.count(kind) == 1, kind
    roles = {(d["userId"], d["role"]) for d in (x["data"] for x in lines) if "role" in d}
    assert (friend.id, "editor") in roles
    assert ((server.user().id, "owner") in roles) == (two == "V2")
    assert friend.synced(*wanted) == []


def test_changes_inside_a_shared_album(signed_in, friend, two):
    wanted = (f"AlbumAssets{two}", f"Albums{two}", *ALBUM_TYPES)
    asset = signed_in.upload(data=b"0").json()["id"]
    album = album_with(signed_in, friend, asset)
    friend.synced(*wanted)
    signed_in.put(f"/api/assets/{asset}", json={"isFavorite": True})
    lines = friend.synced(*wanted)
    assert types(lines) == [f"AlbumAssetUpdate{two}"]
    assert lines[0]["data"]["isFavorite"] is (two == "V1")  # 3.0.3 tells nobody what others like
    signed_in.put(f"/api/assets/{asset}", json={"description": "sea"})
    assert "AlbumAssetExifUpdateV1" in types(friend.synced(*wanted))
    signed_in.request("DELETE", f"/api/albums/{album}/assets", json={"ids": [asset]})
    lines = friend.synced(*wanted)
    assert types(lines) == [f"Album{two}", "AlbumToAssetDeleteV1"]
    assert lines[1]["data"] == {"albumId": album, "assetId": asset}
    signed_in.put(f"/api/albums/{album}/assets", json={"ids": [asset]})
    friend.synced(*wanted)
    signed_in.request("DELETE", "/api/assets", json={"ids": [asset], "force": True})
    assert types(friend.synced(*wanted)) == ["AlbumToAssetDeleteV1"]


def test_who_leaves_loses_the_album_and_the_others_hear_it(signed_in, friend, server, version, two):
    wanted = (f"Albums{two}", "AlbumUsersV1", "AlbumToAssetsV1")
    asset = signed_in.upload().json()["id"]
    album = album_with(signed_in, friend, asset)
    signed_in.synced(*wanted)
    friend.synced(*wanted)
    assert friend.delete(f"/api/albums/{album}/user/{server.user().id}").status_code == 400
    assert friend.delete(f"/api/albums/{album}/user/me").status_code == 204
    lines = friend.synced(*wanted)
    assert (types(lines), lines[0]["data"]) == (["AlbumDeleteV1"], {"albumId": album})
    lines = signed_in.synced(*wanted)
    assert types(lines) == ["AlbumUserDeleteV1"]
    assert friend.get(f"/api/albums/{album}").status_code == 400
    signed_in.delete(f"/api/albums/{album}")
    assert types(signed_in.synced(*wanted)) == ["AlbumDeleteV1"]


def test_members_and_their_roles(signed_in, friend, server):
    album = album_with(signed_in, friend, signed_in.upload().json()["id"])
    path = f"/api/albums/{album}"
    other = {"albumUsers": [{"userId": friend.id, "role": "viewer"}]}
    assert signed_in.put(f"{path}/users", json=other).json()["message"] == "User already added"
    owner = {"albumUsers": [{"userId": server.user().id, "role": "viewer"}]}
    told = signed_in.put(f"{path}/users", json=owner).json()["message"]
    assert told == "Cannot be shared with owner"
    assert friend.put(f"{path}/users", json=other).status_code == 400
    assert friend.patch(path, json={"albumName": "x"}).status_code == 400
    assert signed_in.put(f"{path}/user/{friend.id}", json={"role": "editor"}).status_code == 204
    assert friend.patch(path, json={"albumName": "x"}).status_code == 200
    assert signed_in.delete(f"{path}/user/{friend.id}").status_code == 204
    assert signed_in.delete(f"{path}/user/{friend.id}").status_code == 400


def test_stacks(signed_in, two):
    photos = [signed_in.upload(data=bytes([n])).json()["id"] for n in range(3)]
    wanted = (f"Assets{two}", "StacksV1")
    signed_in.synced(*wanted)
    made = signed_in.post("/api/stacks", json={"assetIds": photos[:2]})
    assert made.status_code == 201
    stack = made.json()["id"]
    assert made.json()["primaryAssetId"] == photos[0]
    lines = signed_in.synced(*wanted)
    assert types(lines) == [f"Asset{two}"] * 2 + ["StackV1"]
    assert {line["data"].get("stackId") for line in lines[:2]} == {stack}
    path = f"/api/stacks/{stack}"
    assert signed_in.put(path, json={"primaryAssetId": photos[2]}).status_code == 400
    changed = signed_in.put(path, json={"primaryAssetId": photos[1]}).json()
    assert changed["primaryAssetId"] == photos[1]
    assert types(signed_in.synced(*wanted)) == ["StackV1"]
    assert signed_in.delete(f"{path}/assets/{photos[1]}").status_code == 400
    assert signed_in.delete(f"{path}/assets/{photos[0]}").status_code == 204
    assert len(signed_in.get(path).json()["assets"]) == 1
    assert len(signed_in.get(f"/api/stacks?primaryAssetId={photos[1]}").json()) == 1
    signed_in.synced(*wanted)
    assert signed_in.delete(path).status_code == 204
    assert types(signed_in.synced(*wanted)) == [f"Asset{two}", "StackDeleteV1"]


def test_a_stack_of_a_partner(signed_in, server, friend):
    share_all(server, friend)
    photos = [friend.upload(data=bytes([n])).json()["id"] for n in range(2)]
    stack = friend.post("/api/stacks", json={"assetIds": photos}).json()["id"]
    (line,) = signed_in.synced("PartnerStacksV1")
    assert (line["type"], line["data"]["id"]) == ("PartnerStackV1", stack)
    friend.request("DELETE", "/api/stacks", json={"ids": [stack]})
    assert types(signed_in.synced("PartnerStacksV1")) == ["PartnerStackDeleteV1"]


def test_metadata_of_users_and_assets(signed_in, server):
    server.set_user_metadata("preferences", {"memories": {"enabled": True}})
    extra = '[{"key": "mobile-app", "value": {"iCloudId": "x"}}]'
    asset = signed_in.upload(metadata=extra).json()["id"]
    lines = signed_in.synced("UserMetadataV1", "AssetMetadataV1")
    assert types(lines) == ["UserMetadataV1", "AssetMetadataV1"]
    assert lines[0]["data"]["value"] == {"memories": {"enabled": True}}
    assert lines[1]["data"] == {"assetId": asset, "key": "mobile-app", "value": {"iCloudId": "x"}}
    server.set_user_metadata("preferences", None)
    assert types(signed_in.synced("UserMetadataV1")) == ["UserMetadataDeleteV1"]


def test_a_removed_user(signed_in, server, friend):
    signed_in.synced("UsersV1")
    server.delete_user("friend@example.org")
    (line,) = signed_in.synced("UsersV1")
    assert (line["type"], line["data"]) == ("UserDeleteV1", {"userId": friend.id})


def test_changes_of_assets(signed_in, two):
    one, other = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    wanted = (f"Assets{two}", "AssetExifsV1")
    signed_in.synced(*wanted)
    told = signed_in.put(f"/api/assets/{one}", json={"isFavorite": True, "visibility": "archive"})
    assert (told.json()["isFavorite"], told.json()["visibility"]) == (True, "archive")
    (line,) = signed_in.synced(*wanted)
    assert (line["data"]["isFavorite"], line["data"]["visibility"]) == (True, "archive")
    body = {"ids": [one, other], "description": "sea", "rating": 4}
    assert signed_in.put("/api/assets", json=body).status_code == 204
    lines = signed_in.synced(*wanted)
    told = [line["data"] for line in lines if line["type"] == "AssetExifV1"]
    assert [(one["description"], one["rating"]) for one in told] == [("sea", 4)] * 2
    assert signed_in.put(f"/api/assets/{one}", json={"visibility": "x"}).status_code == 400
