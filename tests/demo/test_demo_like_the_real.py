"""Small things in which the demo server once differed from real servers of 2.7.5 and 3.0.3."""

import json
from datetime import timedelta

import pytest

from tests.demo.rig import Client
from tests.demo.test_demo_realtime import CONNECTED, Socket


@pytest.fixture
def friend(server, version):
    """Another user with a session, who shows everything to the first."""
    user = server.add_user("friend@example.org")
    server.state.partners.add(user.id, server.user().id)
    token = server.add_session(user.email)
    with Client(server, version, headers={"authorization": f"Bearer {token}"}) as client:
        client.id = user.id
        yield client


@pytest.fixture
def listen(server):
    """Connect somebody's socket; return it once it is heard."""
    opened = []

    def connected(email):
        headers = {"Authorization": f"Bearer {server.add_session(email)}"}
        opened.append(Socket(server, headers))
        opened[-1].join()
        opened[-1].until(CONNECTED)
        return opened[-1]

    yield connected
    for socket in opened:
        socket.close()


def types(lines):
    return [line["type"] for line in lines]


@pytest.fixture
def two(version):
    return "V2" if version == "3.0.3" else "V1"


def test_what_others_like_is_told_by_the_old_stream_only(signed_in, server, friend, two):
    liked = friend.upload(isFavorite="true").json()["id"]
    sent = {
        "albumName": "A",
        "assetIds": [liked],
        "albumUsers": [{"userId": server.user().id, "role": "viewer"}],
    }
    album = friend.post("/api/albums", json=sent).json()["id"]
    lines = signed_in.lines(f"PartnerAssets{two}", f"AlbumAssets{two}")
    told = [line["data"]["isFavorite"] for line in lines if "isFavorite" in line["data"]]
    assert told == [two == "V1"] * 2
    assert friend.lines(f"Assets{two}")[0]["data"]["isFavorite"] is True
    assert friend.get(f"/api/assets/{liked}").json()["isFavorite"] is True
    # A listing never says it, in either version.
    assert signed_in.get(f"/api/assets/{liked}").json()["isFavorite"] is False
    if two == "V1":
        (item,) = signed_in.get(f"/api/albums/{album}").json()["assets"]
        assert item["isFavorite"] is False


def test_changing_many_writes_their_sidecars_and_changing_one_need_not(
    signed_in, server, listen, two
):
    one, other = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    wanted = (f"Assets{two}", "AssetExifsV1")
    signed_in.synced(*wanted)
    socket = listen(server.user().email)
    signed_in.put(f"/api/assets/{one}", json={"isFavorite": True})
    assert types(signed_in.synced(*wanted)) == [f"Asset{two}"]
    signed_in.put("/api/assets", json={"ids": [one, other], "isFavorite": False})
    assert types(signed_in.synced(*wanted)) == [f"Asset{two}"] * 2 + ["AssetExifV1"] * 2
    heard = [socket.event() for _ in range(2)]
    assert [(name, asset["id"]) for name, asset in heard] == [
        ("on_asset_update", one),
        ("on_asset_update", other),
    ]


def test_locking_many_takes_out_of_albums_and_locking_one_does_not(signed_in):
    one, other = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    sent = {"albumName": "A", "assetIds": [one, other]}
    album = signed_in.post("/api/albums", json=sent).json()["id"]
    signed_in.synced("AlbumToAssetsV1")
    signed_in.put(f"/api/assets/{one}", json={"visibility": "locked"})
    signed_in.put("/api/assets", json={"ids": [other], "visibility": "locked"})
    (line,) = signed_in.synced("AlbumToAssetsV1")
    assert (line["type"], line["data"]["assetId"]) == ("AlbumToAssetDeleteV1", other)
    assert signed_in.get(f"/api/albums/{album}").json()["assetCount"] == 0


def test_what_is_locked_needs_the_pin(signed_in):
    made = signed_in.upload(visibility="locked").json()["id"]
    for refused in (
        signed_in.get(f"/api/assets/{made}"),
        signed_in.put(f"/api/assets/{made}", json={"visibility": "timeline"}),
        signed_in.request("DELETE", "/api/assets", json={"ids": [made]}),
    ):
        assert refused.status_code == 400
    for answer in (
        signed_in.post("/api/search/metadata", json={"visibility": "locked"}),
        signed_in.get("/api/timeline/buckets?visibility=locked"),
    ):
        told = (answer.status_code, answer.json()["message"])
        assert told == (401, "Elevated permission is required")
    found = signed_in.post("/api/search/metadata", json={}).json()["assets"]["items"]
    assert found == []


def test_who_is_invited_to_an_album_hears_it_and_nobody_else(signed_in, server, friend, listen):
    theirs, mine = listen("friend@example.org"), listen(server.user().email)
    users = {"albumUsers": [{"userId": friend.id, "role": "viewer"}]}
    first = signed_in.post("/api/albums", json={"albumName": "A"} | users).json()["id"]
    second = signed_in.post("/api/albums", json={"albumName": "B"}).json()["id"]
    signed_in.put(f"/api/albums/{second}/users", json=users)
    for album, name in ((first, "A"), (second, "B")):
        (told,) = theirs.until("on_notification")
        assert (told["type"], told["level"]) == ("AlbumInvite", "success")
        assert json.loads(told["data"]) == {"albumId": album}
        assert told["description"] == f"Demo shared an album ({name}) with you"
    server.emit("on_user_delete", "x", email=None)
    assert mine.event()[0] == "on_user_delete"


def test_restoring_everything_is_told_to_nobody(signed_in, server, listen):
    one, other = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    signed_in.request("DELETE", "/api/assets", json={"ids": [one]})
    socket = listen(server.user().email)
    some = signed_in.post("/api/trash/restore/assets", json={"ids": [one, other]})
    assert some.json() == {"count": 2}  # whether they were in it or not
    assert socket.event() == ["on_asset_restore", [one, other]]
    signed_in.request("DELETE", "/api/assets", json={"ids": [one]})
    assert socket.event() == ["on_asset_trash", [one]]
    assert signed_in.post("/api/trash/restore").json() == {"count": 1}
    server.emit("on_user_delete", "x")
    assert socket.event() == ["on_user_delete", "x"]


def test_an_album_counts_and_lists_what_is_shown(signed_in, version):
    seen, hidden, gone = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(3))
    sent = {"albumName": "A", "assetIds": [seen, hidden, gone]}
    album = signed_in.post("/api/albums", json=sent).json()["id"]
    signed_in.put(f"/api/assets/{hidden}", json={"visibility": "hidden"})
    signed_in.request("DELETE", "/api/assets", json={"ids": [gone]})
    told = signed_in.get(f"/api/albums/{album}").json()
    assert told["assetCount"] == 1
    assert told["startDate"] == told["endDate"] == "2024-05-06T00:00:00.000Z"
    if version == "2.7.5":
        assert [asset["id"] for asset in told["assets"]] == [seen]


def test_a_search_in_an_album(signed_in, server, friend, version):
    """3.0.3 finds what all members put in, 2.7.5 only what the caller may see anyway."""
    other = friend.upload().json()["id"]
    users = [{"userId": server.user().id, "role": "viewer"}]
    sent = {"albumName": "A", "assetIds": [other], "albumUsers": users}
    album = friend.post("/api/albums", json=sent).json()["id"]
    body = {"albumIds": [album]}
    found = signed_in.post("/api/search/metadata", json=body).json()["assets"]["items"]
    assert [asset["id"] for asset in found] == ([other] if version == "3.0.3" else [])
    stranger = {"authorization": f"Bearer {server.add_session('admin@example.org')}"}
    refused = signed_in.post("/api/search/metadata", json=body, headers=stranger)
    assert refused.status_code == (400 if version == "3.0.3" else 200)


def test_colours_of_people_are_made_of_their_address(signed_in, server):
    server.add_user("bob@test.local")
    server.add_user("carol@test.local")
    colours = {user["email"]: user["avatarColor"] for user in signed_in.get("/api/users").json()}
    assert colours["bob@test.local"] == "gray"
    assert colours["carol@test.local"] == "primary"
    lines = signed_in.lines("AuthUsersV1", "UsersV1")[:-1]
    assert {line["data"]["avatarColor"] for line in lines} == {None}


def test_the_pending_reset_can_be_taken_back_on_3(signed_in, version):
    (own,) = [item for item in signed_in.get("/api/sessions").json() if item["current"]]
    path = f"/api/sessions/{own['id']}"
    signed_in.put(path, json={"isPendingSyncReset": True})
    back = signed_in.put(path, json={"isPendingSyncReset": False})
    assert back.status_code == (200 if version == "3.0.3" else 400)
    assert signed_in.put(path, json={}).json()["message"] == "No fields to update"
    first = signed_in.lines("UsersV1")[0]["type"]
    assert first == ("UserV1" if version == "3.0.3" else "SyncResetV1")


def test_deletions_are_forgotten_after_31_days(signed_in, server, two):
    old, new = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    signed_in.request("DELETE", "/api/assets", json={"ids": [old], "force": True})
    server.advance(timedelta(days=10))
    signed_in.request("DELETE", "/api/assets", json={"ids": [new], "force": True})
    server.advance(timedelta(days=20, hours=23))
    lines = signed_in.lines(f"Assets{two}")[:-1]
    assert [line["data"]["assetId"] for line in lines] == [old, new]
    server.advance(timedelta(hours=2))
    lines = signed_in.lines(f"Assets{two}")[:-1]
    assert [line["data"]["assetId"] for line in lines] == [new]


def test_a_session_unused_for_90_days_ends(anonymous, server):
    used, idle = server.add_session(), server.add_session()

    def asks(token):
        headers = {"authorization": f"Bearer {token}"}
        return anonymous.get("/api/users/me", headers=headers).status_code

    for _ in range(2):
        server.advance(timedelta(days=50))
        assert asks(used) == 200
    assert asks(idle) == 401
