"""`POST /api/assets`: the order of its checks, what is stored, and what is not."""

import base64
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.demo import raw
from tests.demo.rig import FIELDS, leftovers, sha1, wait_for
from tests.openapi import SpecError, needs_spec, spec
from tray_app.demo.server import DemoServer

DATES = {name: FIELDS[name] for name in ("fileCreatedAt", "fileModifiedAt")}


def message(response) -> str:
    assert response.status_code == 400, response.text
    return str(response.json()["message"])


def test_a_new_asset_is_stored_byte_for_byte(client, server):
    data = os.urandom(300_000)
    answer = client.upload("urlaub ä 🏖.JPG", data, isFavorite="true", duration="1500")
    assert answer.status_code == 201
    (asset,) = server.assets()
    assert answer.json() == {"id": asset.id, "status": "created"}
    assert (asset.checksum, asset.size, asset.type) == (sha1(data), len(data), "IMAGE")
    assert asset.file_name == "urlaub ä 🏖.JPG"
    assert asset.path.read_bytes() == data
    assert asset.path.stat().st_mtime == 1714979290
    told = client.get(f"/api/assets/{asset.id}").json()
    assert base64.b64decode(told["checksum"]) == sha1(data)
    assert (told["isFavorite"], told["fileCreatedAt"]) == (True, FIELDS["fileCreatedAt"])
    original = client.get(f"/api/assets/{asset.id}/original")
    assert original.content == data
    assert original.headers["etag"].startswith('W/"')
    assert leftovers(server) == []


def test_a_duplicate_is_200_with_the_first_id(client, server):
    first = client.upload(data=b"same").json()["id"]
    again = client.upload("other.png", b"same")
    assert (again.status_code, again.json()) == (200, {"id": first, "status": "duplicate"})
    client.request("DELETE", "/api/assets", json={"ids": [first]})
    trashed = client.upload(data=b"same")
    assert (trashed.status_code, trashed.json()["id"]) == (200, first)
    client.request("DELETE", "/api/assets", json={"ids": [first], "force": True})
    fresh = client.upload(data=b"same")
    assert (fresh.status_code, fresh.json()["status"]) == (201, "created")
    assert fresh.json()["id"] != first
    assert (
        len(list(server.options.folder.glob("library/**/*.*"))) == 2
    )  # the user's folder, one file


def test_of_racing_equal_uploads_one_is_new(client, server):
    data = os.urandom(200_000)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.upload(data=data), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(server.assets()) == 1
    assert leftovers(server) == []


@pytest.mark.parametrize("spelled", ["hex", "base64"])
def test_the_header_answers_before_the_body_is_read(client, server, spelled):
    known = client.upload(data=b"known").json()["id"]
    digest = sha1(b"known")
    value = digest.hex() if spelled == "hex" else base64.b64encode(digest).decode()
    server.set_quota(0)
    # Neither fields nor a whole body: the answer comes all the same.
    with raw.connect(server.url) as connection:
        extra = f"x-immich-checksum: {value}\r\n"
        connection.sendall(raw.head(server.add_api_key(), 1_000_000, extra) + b"x" * 10)
        answer = raw.read_answer(connection)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert json.loads(answer.partition(b"\r\n\r\n")[2]) == {"id": known, "status": "duplicate"}
        connection.sendall(b"x" * 999_990)
        connection.sendall(b"GET /api/server/ping HTTP/1.1\r\nHost: demo\r\n\r\n")
        assert b"pong" in raw.read_answer(connection)
    (entry,) = server.log.entries("POST", "/api/assets")[1:]
    assert (entry.status, entry.received) == (200, 1_000_000)


def test_a_wrong_header_is_no_obstacle(client, server):
    answer = client.upload(data=b"real", headers={"x-immich-checksum": sha1(b"else").hex()})
    assert answer.status_code == 201
    assert server.assets()[0].checksum == sha1(b"real")


@pytest.mark.parametrize("missing", ["deviceAssetId", "deviceId"])
def test_device_fields_are_required_by_2_only(client, version, missing):
    fields = {name: text for name, text in FIELDS.items() if name != missing}
    answer = client.upload(fields=fields)
    assert answer.status_code == (201 if version == "3.0.3" else 400)
    if version == "2.7.5":
        assert f"{missing} should not be empty" in answer.json()["message"]


@pytest.mark.parametrize(
    "case",
    [
        ("fileCreatedAt", "", 400, 400),
        ("fileCreatedAt", "yesterday", 400, 400),
        ("fileModifiedAt", "2024-01-01T00:00:00+02:00", 201, 201),
        ("fileModifiedAt", "2024-01-01T00:00:00", 201, 400),
        ("fileModifiedAt", "2024-01-01T00:00:00Z", 201, 201),
        ("fileModifiedAt", "2024-02-30T00:00:00Z", 400, 400),
        ("isFavorite", "True", 400, 400),
        ("isFavorite", "true", 201, 201),
        ("isFavorite", "1", 400, 400),
        ("duration", "0:00:01.5", 201, 400),
        ("duration", "1500", 201, 201),
        ("duration", "-1", 201, 400),
        ("visibility", "archive", 201, 201),
        ("visibility", "secret", 400, 400),
        ("livePhotoVideoId", "no-uuid", 400, 400),
        ("metadata", '[{"key":"mobile-app","value":{}}]', 201, 201),
        ("metadata", '{"key":"mobile-app","value":{}}', 201, 400),
        ("metadata", "nonsense", 400, 400),
        ("fileSize", "5", 201, 201),
    ],
)
def test_field_rules(client, server, version, case):
    name, text, on_2, on_3 = case
    answer = client.upload(**{name: text})
    assert answer.status_code == (on_3 if version == "3.0.3" else on_2), answer.text
    assert len(server.assets()) == (answer.status_code == 201)
    assert leftovers(server) == []


def test_unsupported_files(client, server):
    assert message(client.upload("a.txt")) == "Unsupported file type a.txt"
    sidecar = {"sidecarData": ("a.txt", b"<x/>")}
    assert message(client.upload(files=sidecar)) == "Unsupported file type a.txt"
    assert client.upload("a.mpo").status_code == (201 if server.options.version.is_v3 else 400)


def test_a_refusal_is_heard_at_the_end_of_a_large_body(client, server):
    assert client.upload("a.txt", b"x" * 5_000_000).status_code == 400
    wait_for(lambda: server.log.received > 5_000_000)


def test_the_filename_field_helps_only_before_the_file(server):
    key = server.add_api_key()
    name = raw.field("filename", "b.jpg")
    part = raw.file(b'filename="noextension"', b"1")
    late = raw.post(server.url, key, raw.fields() + part + name + raw.END)
    assert b"Unsupported file type noextension" in late
    early = raw.post(server.url, key, raw.fields() + name + part + raw.END)
    assert early.startswith(b"HTTP/1.1 201 ")
    assert server.assets()[0].file_name == "b.jpg"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('filename="größe.jpg"', "größe.jpg"),
        ("filename*=UTF-8''gr%C3%B6%C3%9Fe.jpg", "gr\ufffd\ufffde.jpg"),
        ('filename="a\\"b.jpg"', 'a"b.jpg'),
        ('filename="../../etc/a.jpg"', "a.jpg"),
    ],
)
def test_file_names_as_the_real_server_reads_them(server, disposition, name):
    part = raw.file(disposition.encode(), b"1")
    answer = raw.post(server.url, server.add_api_key(), raw.fields() + part + raw.END)
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert server.assets()[0].file_name == name


def test_forms_that_are_not_whole(client, server):
    key = server.add_api_key()
    truncated = raw.fields() + raw.file(b'filename="a.jpg"', b"1")
    assert b"Unexpected end of form" in raw.post(server.url, key, truncated)
    no_file = client.post("/api/assets", data=FIELDS, files={"x": (None, "y")})
    assert message(no_file) == "Field(s) assetData should not be empty"
    twice = raw.file(b'filename="a.jpg"', b"1") * 2
    assert b" 400 " in raw.post(server.url, key, raw.fields() + twice + raw.END)
    assert server.assets() == []
    assert leftovers(server) == []


def test_a_client_that_hangs_up_leaves_nothing(server):
    with raw.connect(server.url) as connection:
        part = raw.file(b'filename="a.jpg"', b"x" * 300_000)
        connection.sendall(raw.head(server.add_api_key(), 900_000) + raw.fields() + part)
        wait_for(lambda: leftovers(server))
    wait_for(lambda: server.log.count("POST", "/api/assets"))
    assert server.log.entries()[-1].status == 0
    assert (server.assets(), leftovers(server)) == ([], [])


def test_quota(client, server):
    server.set_quota(10)
    assert client.upload(data=b"0123456789").status_code == 201
    refused = client.upload(data=b"x")
    assert message(refused) == "Quota has been exceeded!"
    assert client.get("/api/users/me").json()["quotaUsageInBytes"] == 10
    client.request("DELETE", "/api/assets", json={"ids": [server.assets()[0].id], "force": True})
    assert client.upload(data=b"x").status_code == 201


def test_live_photo(client, server):
    video = client.upload("a.mov", b"video").json()["id"]
    still = client.upload("a.heic", b"still", livePhotoVideoId=video)
    assert still.status_code == 201
    kept = {asset.file_name: asset for asset in server.assets()}
    assert kept["a.mov"].visibility == "hidden"
    assert kept["a.heic"].live_photo_video_id == video
    unknown = "01234567-89ab-4cde-8f01-23456789abcd"
    assert message(client.upload(data=b"2", livePhotoVideoId=unknown)).endswith("not found")
    no_video = client.upload(data=b"2", livePhotoVideoId=still.json()["id"])
    assert message(no_video).endswith("must be a video")
    other = server.add_user("b@example.org")
    key = {"x-api-key": server.add_api_key(email=other.email)}
    foreign = client.upload(data=b"2", livePhotoVideoId=video, headers=key)
    assert message(foreign).endswith("does not belong to the user")


def test_sidecar(client, server):
    sidecar = {"sidecarData": ("a.jpg.xmp", b"<xmp/>")}
    assert client.upload(files=sidecar).status_code == 201
    (asset,) = server.assets()
    with open(asset.sidecar_path, "rb") as file:
        assert file.read() == b"<xmp/>"
    assert client.upload(files=sidecar).status_code == 200
    assert len(list(server.options.folder.glob("library/**/*.xmp"))) == 1


def test_discarded_bodies_are_hashed_all_the_same(tmp_path, version):
    with DemoServer(tmp_path, version=version, discard_bodies=True) as server:
        body = raw.fields() + raw.file(b'filename="a.mp4"', b"y" * 1_000_000) + raw.END
        raw.post(server.url, server.add_api_key(), body)
        (asset,) = server.assets()
        assert (asset.checksum, asset.path) == (sha1(b"y" * 1_000_000), None)
        assert not (tmp_path / "library").exists()


@needs_spec
def test_the_request_checker_can_say_no(version):
    published = spec(version)
    assert published is not None
    published.check_multipart("POST", "/api/assets", FIELDS, ["assetData"], allow=FIELDS)
    with pytest.raises(SpecError):
        published.check_multipart("POST", "/api/assets", FIELDS | {"x": "1"}, ["assetData"])
    with pytest.raises(SpecError):
        published.check_multipart("POST", "/api/assets", {}, ["assetData"])
    wrong = FIELDS | {"isFavorite": "True"}
    with pytest.raises(SpecError):
        published.check_multipart("POST", "/api/assets", wrong, ["assetData"], allow=FIELDS)
    with pytest.raises(SpecError):
        published.check_json("POST", "/api/assets/bulk-upload-check", {"assets": [{"id": "a"}]})
    with pytest.raises(SpecError):
        published.check_answer("GET", "/api/server/ping", 200, {"res": "pong", "invented": 1})
    with pytest.raises(SpecError):
        published.check_answer("GET", "/api/albums", 200, [{"id": "x"}])
