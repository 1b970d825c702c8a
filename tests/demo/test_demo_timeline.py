"""Without a sync stream: the timeline, the search, and answers that are known already."""

import pytest

from tests.demo.rig import Client


def taken(client, number, date, **extra):
    made = client.upload(data=bytes([number]), fileCreatedAt=f"{date}T10:00:00.000Z", **extra)
    return made.json()["id"]


def counts(client, query=""):
    told = client.get(f"/api/timeline/buckets{query}").json()
    return [(item["timeBucket"], item["count"]) for item in told]


def bucket(client, month, query=""):
    return client.get(f"/api/timeline/bucket?timeBucket={month}{query}").json()


def found(client, **body):
    told = client.post("/api/search/metadata", json=body)
    assert told.status_code == 200, told.text
    return {item["id"] for item in told.json()["assets"]["items"]}


@pytest.fixture
def friend(server, version):
    user = server.add_user("friend@example.org")
    key = server.add_api_key(email=user.email)
    with Client(server, version, headers={"x-api-key": key}) as client:
        client.id = user.id
        client.post("/api/partners", json={"sharedWithId": server.user().id})
        yield client


def test_months_and_their_photos(client, version):
    may = [taken(client, 1, "2024-05-02"), taken(client, 2, "2024-05-03")]
    june = taken(client, 3, "2024-06-01", isFavorite="true")
    taken(client, 4, "2024-06-02", visibility="hidden")
    assert counts(client) == [("2024-06-01", 1), ("2024-05-01", 2)]
    assert counts(client, "?order=asc") == [("2024-05-01", 2), ("2024-06-01", 1)]
    assert counts(client, "?isFavorite=true") == [("2024-06-01", 1)]
    assert counts(client, "?visibility=hidden") == [("2024-06-01", 1)]
    told = bucket(client, "2024-05-01")
    assert told["id"] == may[::-1]
    assert "checksum" not in told
    assert ("createdAt" in told) == (version == "3.0.3")
    assert {len(column) for column in told.values()} == {2}
    assert bucket(client, "1999-01-01")["id"] == []
    client.request("DELETE", "/api/assets", json={"ids": [june]})
    assert counts(client) == [("2024-05-01", 2)]
    assert counts(client, "?isTrashed=true") == [("2024-06-01", 1)]
    assert client.get("/api/timeline/bucket").status_code == 400
    assert client.get("/api/timeline/buckets?visibility=x").status_code == 400


def test_albums_partners_and_stacks_in_the_timeline(client, friend):
    mine = [taken(client, n, "2024-05-02") for n in range(2)]
    theirs = taken(friend, 9, "2024-05-03")
    album = client.post("/api/albums", json={"albumName": "A", "assetIds": mine[:1]}).json()["id"]
    assert counts(client, f"?albumId={album}") == [("2024-05-01", 1)]
    assert friend.get(f"/api/timeline/buckets?albumId={album}").status_code == 400
    with_partners = "?withPartners=true&visibility=timeline"
    assert counts(client, with_partners) == [("2024-05-01", 2)]
    client.put(f"/api/partners/{friend.id}", json={"inTimeline": True})
    assert counts(client, with_partners) == [("2024-05-01", 3)]
    assert theirs in bucket(client, "2024-05-01", with_partners.replace("?", "&"))["id"]
    assert client.get("/api/timeline/buckets?withPartners=true").status_code == 400
    assert counts(client, f"?userId={friend.id}") == [("2024-05-01", 1)]
    client.post("/api/stacks", json={"assetIds": mine})
    told = bucket(client, "2024-05-01", "&withStacked=true")
    assert told["id"] == mine[:1]
    assert told["stack"][0][1] == "2"


def test_search_finds_what_partners_show_in_the_timeline(client, friend):
    mine, theirs = taken(client, 1, "2024-05-02"), taken(friend, 2, "2024-05-03")
    assert found(client) == {mine}
    client.put(f"/api/partners/{friend.id}", json={"inTimeline": True})
    assert found(client) == {mine, theirs}


def test_search_by_time(client):
    old, new = taken(client, 1, "2020-01-01"), taken(client, 2, "2024-05-03")
    assert found(client, takenAfter="2022-01-01T00:00:00.000Z") == {new}
    assert found(client, takenBefore="2022-01-01T00:00:00Z") == {old}
    before = client.get(f"/api/assets/{new}").json()["updatedAt"]
    client.put(f"/api/assets/{old}", json={"isFavorite": True})
    after = client.get(f"/api/assets/{old}").json()["updatedAt"]
    assert after > before
    assert found(client, updatedAfter=after) == {old}
    client.request("DELETE", "/api/assets", json={"ids": [old]})
    assert found(client, updatedAfter=after) == set()
    assert found(client, updatedAfter=after, withDeleted=True) == {old}
    refused = client.post("/api/search/metadata", json={"updatedAfter": "yesterday"})
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "albums",
        "users",
        "users/me",
        "partners?direction=shared-with",
        "timeline/buckets",
        "timeline/bucket?timeBucket=2024-05-01",
        "server/config",
        "server/features",
        "server/media-types",
        "server/version",
        "assets/statistics",
        "sessions",
    ],
)
def test_known_answers_are_not_sent_again(client, path):
    client.upload()

    def ask(**headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(f"/api/{path}", headers=named)

    tag = ask().headers["etag"]
    for known in (tag, f"W/{tag}"):
        answer = ask(if_none_match=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert ask(if_none_match=tag, cache_control="no-cache").status_code == 200
    assert ask(if_none_match='"other"').status_code == 200


def test_changes_change_the_tag(client):
    before = client.get("/api/albums").headers["etag"]
    client.post("/api/albums", json={"albumName": "A"})
    assert client.get("/api/albums").headers["etag"] != before
