"""The sync stream: what it sends in which order, and what acknowledgements do to it."""

import gzip
import json
import re
import resource
import threading
import time
import uuid
from datetime import timedelta

import httpx
import pytest

from tests.demo.rig import Client
from tray_app.demo import update_ids
from tray_app.demo.sync.types import request_types


@pytest.fixture
def two(version):
    """The generation of the asset types."""
    return "V2" if version == "3.0.3" else "V1"


def types(lines):
    return [line["type"] for line in lines]


def acks(client):
    return {item["type"]: item["ack"] for item in client.get("/api/sync/ack").json()}


def test_update_ids_only_grow():
    source = update_ids.UpdateIds()
    made = [source.next() for _ in range(5000)]
    assert made == sorted(set(made))
    assert all(uuid.UUID(item).version == 7 for item in made)
    assert abs(update_ids.milliseconds(made[-1]) - time.time() * 1000) < 60_000


def test_a_first_stream_sends_everything_in_the_servers_order(signed_in, server, version, two):
    asset = signed_in.upload(data=b"1").json()["id"]
    signed_in.post("/api/albums", json={"albumName": "A", "assetIds": [asset]})
    wanted = [name for name in request_types(server.options.version) if "AssetFaces" not in name]
    if version == "3.0.3":
        wanted = [n for n in wanted if n not in ("AssetsV1", "PartnerAssetsV1", "AlbumAssetsV1")]
    lines = signed_in.lines(*reversed(wanted))
    albums = ["AlbumV1", "AlbumV2"] if version == "3.0.3" else ["AlbumV1"]
    owner = ["AlbumUserV1"] if version == "3.0.3" else []
    assert types(lines) == [
        "AuthUserV1",
        "UserV1",
        "UserV1",
        f"Asset{two}",
        "SyncAckV1",
        f"AlbumAssetCreate{two}",
        *albums,
        *owner,
        "AlbumToAssetV1",
        "AssetExifV1",
        "SyncAckV1",
        "AlbumAssetExifCreateV1",
        "SyncCompleteV1",
    ]
    asset_line = lines[3]
    assert asset_line["data"]["id"] == asset
    assert re.fullmatch(rf"Asset{two}\|[0-9a-f-]{{36}}", asset_line["ack"])
    assert lines[4]["ack"].startswith(f"AlbumAssetUpdate{two}|")


def test_the_headers_of_a_stream(signed_in):
    answer = signed_in.post("/api/sync/stream", json={"types": ["UsersV1"]})
    assert answer.headers["content-type"] == "application/jsonlines+json"
    assert answer.headers["content-encoding"] == "gzip"
    assert "etag" not in answer.headers
    plain = signed_in.post(
        "/api/sync/stream", json={"types": ["UsersV1"]}, headers={"accept-encoding": "identity"}
    )
    assert "content-encoding" not in plain.headers
    assert plain.content.endswith(b"\n")


def test_what_was_acknowledged_is_not_sent_again(signed_in, two):
    signed_in.upload(data=b"1")
    wanted = ("AuthUsersV1", "UsersV1", f"Assets{two}")
    assert types(signed_in.lines(*wanted)) == types(signed_in.lines(*wanted))
    signed_in.synced(*wanted)
    assert signed_in.synced(*wanted) == []
    signed_in.upload(data=b"2")
    # The usage of the account changed, too.
    assert sorted(types(signed_in.synced(*wanted))) == sorted(
        [f"Asset{two}", "AuthUserV1", "UserV1"]
    )


def test_trash_is_an_upsert_and_deletes_come_first(signed_in, two):
    one, other = (signed_in.upload(data=bytes([n])).json()["id"] for n in range(2))
    wanted = f"Assets{two}"
    signed_in.synced(wanted)
    signed_in.request("DELETE", "/api/assets", json={"ids": [one]})
    (trashed,) = signed_in.synced(wanted)
    assert (trashed["type"], trashed["data"]["id"]) == (f"Asset{two}", one)
    assert trashed["data"]["deletedAt"]
    signed_in.post("/api/trash/restore/assets", json={"ids": [one]})
    (restored,) = signed_in.synced(wanted)
    assert restored["data"]["deletedAt"] is None
    signed_in.request("DELETE", "/api/assets", json={"ids": [one]})
    signed_in.request("DELETE", "/api/assets", json={"ids": [other], "force": True})
    lines = signed_in.synced(wanted)
    assert types(lines) == ["AssetDeleteV1", f"Asset{two}"]
    assert lines[0]["data"] == {"assetId": other}
    assert types(signed_in.lines(wanted, reset=True))[0] == "AssetDeleteV1"


def test_a_live_photos_video_is_told_as_hidden(signed_in, two):
    video = signed_in.upload("a.mov", b"v").json()["id"]
    signed_in.synced(f"Assets{two}")
    signed_in.upload("a.heic", b"p", livePhotoVideoId=video)
    told = {line["data"]["id"]: line["data"] for line in signed_in.synced(f"Assets{two}")}
    assert told[video]["visibility"] == "hidden"


def test_durations(signed_in, version, two):
    text = "1500" if version == "3.0.3" else "0:00:01.500"
    signed_in.upload("a.mp4", b"v", duration=text)
    (line,) = signed_in.synced(f"Assets{two}")
    assert line["data"]["duration"] == (1500 if version == "3.0.3" else text)
    assert ("createdAt" in line["data"]) == (version == "3.0.3")


def test_keys_are_refused(client, server, version):
    for method, path in (("POST", "stream"), ("GET", "ack"), ("POST", "ack"), ("DELETE", "ack")):
        answer = client.request(method, f"/api/sync/{path}", json={"types": [], "acks": []})
        told = "Sync endpoints cannot be used with API keys"
        assert (answer.status_code, answer.json()["message"]) == (403, told)


def test_unknown_types_are_refused_as_a_whole(signed_in, version):
    newer = "AuthUsersV2" if version == "3.0.3" else "AssetsV2"
    answer = signed_in.post("/api/sync/stream", json={"types": ["UsersV1", newer]})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/jsonlines+json; charset=utf-8"
    told = answer.json()["errors" if version == "3.0.3" else "message"]
    assert len(told) == 1


def test_only_validation_is_refused_under_the_name_of_lines(signed_in, client):
    """Seen on real servers: the headers are set once a request passed, before its body is read."""
    for refused in (
        client.post("/api/sync/stream", json={"types": []}),
        signed_in.post("/api/sync/stream", content=b'{"types":'),
    ):
        assert refused.status_code in (400, 403)
        assert refused.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("version", ["3.0.3"])
def test_old_asset_types_are_refused_by_3(signed_in):
    answer = signed_in.post("/api/sync/stream", json={"types": ["AssetsV1"]})
    told = "SyncRequestType.AssetsV1 is deprecated, use SyncRequestType.AssetsV2 instead"
    assert (answer.status_code, answer.json()["message"]) == (400, told)


def test_the_last_ack_of_a_type_wins_even_an_older_one(signed_in, two):
    for number in range(3):
        signed_in.upload(data=bytes([number]))
    lines = signed_in.lines(f"Assets{two}")[:3]
    signed_in.post("/api/sync/ack", json={"acks": [lines[2]["ack"], lines[0]["ack"]]})
    assert acks(signed_in) == {f"Asset{two}": lines[0]["ack"]}
    assert signed_in.lines(f"Assets{two}")[:2] == lines[1:]


def test_refused_acks_store_nothing(signed_in):
    good = f"UserV1|{uuid.uuid4()}"
    answer = signed_in.post("/api/sync/ack", json={"acks": [good, "Nonsense|1"]})
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid ack type: Nonsense")
    assert signed_in.post("/api/sync/ack", json={"acks": [good] * 1001}).status_code == 400
    empty = signed_in.post("/api/sync/ack", json={"acks": []})
    assert (empty.status_code, empty.json()["message"]) == (500, "Failed to send sync ack")
    assert acks(signed_in) == {}
    assert signed_in.post("/api/sync/ack", json={"acks": [good] * 1000}).status_code == 204
    assert acks(signed_in) == {"UserV1": good}


def test_forgetting_checkpoints(signed_in, two):
    signed_in.upload()
    signed_in.synced("UsersV1", f"Assets{two}")
    signed_in.request("DELETE", "/api/sync/ack", json={"types": ["UserV1"]})
    assert set(types(signed_in.synced("UsersV1", f"Assets{two}"))) == {"UserV1"}
    assert signed_in.request("DELETE", "/api/sync/ack", json={"types": ["X"]}).status_code == 400
    signed_in.request("DELETE", "/api/sync/ack", json={})
    assert acks(signed_in) == {}


def test_what_forgetting_takes_as_a_body(signed_in, version):
    signed_in.synced("UsersV1")
    none = signed_in.request("DELETE", "/api/sync/ack", json={"types": []})
    told = "Failed to delete sync ack"
    assert (none.status_code, none.json()["message"]) == (500, told)
    assert "UserV1" in acks(signed_in)
    without = signed_in.request("DELETE", "/api/sync/ack")
    assert without.status_code == (400 if version == "3.0.3" else 204)
    signed_in.synced("UsersV1")
    assert signed_in.request("DELETE", "/api/sync/ack", json={"acks": []}).status_code == 204
    assert acks(signed_in) == {}


def test_a_pending_reset_is_the_only_line_until_it_is_acknowledged(signed_in):
    signed_in.synced("UsersV1")
    (own,) = [s for s in signed_in.get("/api/sessions").json() if s["current"]]
    signed_in.put(f"/api/sessions/{own['id']}", json={"isPendingSyncReset": True})
    reset = {"type": "SyncResetV1", "data": {}, "ack": "SyncResetV1|reset"}
    for _ in range(2):
        assert signed_in.lines("UsersV1") == [reset]
    other = f"UserV1|{uuid.uuid4()}"
    signed_in.post("/api/sync/ack", json={"acks": [other, reset["ack"], "Nonsense|1"]})
    assert acks(signed_in) == {}
    assert "UserV1" in types(signed_in.synced("UsersV1"))


def test_a_completion_older_than_30_days_resets(signed_in, server):
    signed_in.synced("UsersV1")
    server.advance(timedelta(days=29, hours=23))
    assert types(signed_in.lines("UsersV1")) == ["SyncCompleteV1"]
    server.advance(timedelta(hours=2))
    assert types(signed_in.lines("UsersV1")) == ["SyncResetV1"]
    assert types(signed_in.lines("UsersV1", reset=True))[-1] == "SyncCompleteV1"


def test_checkpoints_are_a_sessions_own_and_go_with_it(signed_in, server, version):
    signed_in.synced("UsersV1")
    token = server.add_session()
    with Client(server, version, headers={"authorization": f"Bearer {token}"}) as other:
        assert "UserV1" in types(other.synced("UsersV1"))
        other.post("/api/auth/logout")
    rows = server.state.db.rows("SELECT DISTINCT session_id FROM checkpoint")
    assert len(rows) == 1


def test_a_malformed_ack_breaks_the_next_stream(signed_in, two):
    """Seen on both: 500 where nothing was written yet, else lines and then never an end."""
    signed_in.upload()
    wanted = f"Assets{two}"
    for bad in ("not-a-uuid", "", str(uuid.uuid4()) + "|junk"):
        sent = {"acks": [f"Asset{two}|{bad}"]}
        assert signed_in.post("/api/sync/ack", json=sent).status_code == 204
        if bad.endswith("junk"):  # nothing reads a second part but backfills
            assert types(signed_in.lines(wanted))[-1] == "SyncCompleteV1"
            continue
        answer = signed_in.post("/api/sync/stream", json={"types": [wanted]})
        assert (answer.status_code, answer.json()["message"]) == (500, "Internal server error")
        body = {"types": ["UsersV1", wanted]}
        with signed_in.stream("POST", "/api/sync/stream", json=body, timeout=0.3) as hung:
            assert hung.status_code == 200
            with pytest.raises(httpx.ReadTimeout):
                hung.read()
    assert types(signed_in.lines(wanted, reset=True)) == [f"Asset{two}", "SyncCompleteV1"]


def test_a_large_library_streams_in_pages(signed_in, server, two):
    server.fill(2500)
    lines = signed_in.synced(f"Assets{two}", "AssetExifsV1")
    ids = [line["data"]["id"] for line in lines if line["type"] == f"Asset{two}"]
    assert (len(ids), len(set(ids)), len(lines)) == (2500, 2500, 5000)
    order = [line["ack"] for line in lines]
    assert order == sorted(order, key=lambda ack: (ack.startswith("AssetExif"), ack))


def test_uploads_while_a_stream_runs_come_with_this_one_or_the_next(
    signed_in, server, version, two
):
    stop = threading.Event()
    made = []

    def uploading():
        token = server.add_session()
        with Client(server, version, headers={"authorization": f"Bearer {token}"}) as client:
            while not stop.is_set():
                made.append(client.upload(data=uuid.uuid4().bytes).json()["id"])

    worker = threading.Thread(target=uploading)
    worker.start()
    seen = set()
    for _ in range(10):
        seen |= {line["data"]["id"] for line in signed_in.synced(f"Assets{two}")}
    stop.set()
    worker.join()
    seen |= {line["data"]["id"] for line in signed_in.synced(f"Assets{two}")}
    assert seen == set(made)


def test_gzip_is_made_of_the_same_lines(signed_in):
    plain = signed_in.lines("UsersV1")[:-1]
    with signed_in.stream("POST", "/api/sync/stream", json={"types": ["UsersV1"]}) as packed:
        raw = b"".join(packed.iter_raw())
    assert [json.loads(part) for part in gzip.decompress(raw).splitlines()][:-1] == plain


@pytest.mark.long
@pytest.mark.timeout(600)
def test_half_a_million_photos_stream_in_little_memory(signed_in, server, two):
    server.fill(500_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body, number = {"types": [f"Assets{two}"]}, 0
    with signed_in.stream("POST", "/api/sync/stream", json=body, timeout=120) as answer:
        for part in answer.iter_bytes():
            number += part.count(b"\n")
    assert number == 500_001
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 50, f"{grown} MiB"
