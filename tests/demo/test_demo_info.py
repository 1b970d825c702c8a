"""Discovery, server information, errors and ETags."""

import base64
import hashlib

import pytest

from tray_app.demo.server import DemoServer

PUBLIC = ("ping", "version", "features", "config", "media-types", "version-history")


def test_discovery_is_relative_or_absolute(anonymous, tmp_path):
    assert anonymous.get("/.well-known/immich").json() == {"api": {"endpoint": "/api"}}
    with DemoServer(tmp_path / "other", absolute_well_known=True) as other:
        endpoint = anonymous.get(f"{other.url}/.well-known/immich").json()["api"]["endpoint"]
        assert endpoint == f"{other.url}/api"


@pytest.mark.parametrize("name", PUBLIC)
def test_public_information_needs_no_credential(anonymous, name):
    assert anonymous.get(f"/api/server/{name}").status_code == 200


def test_what_tells_the_versions_apart(anonymous, version):
    is_v3 = version == "3.0.3"
    told = anonymous.get("/api/server/version").json()
    numbers = dict(zip(("major", "minor", "patch"), map(int, version.split(".")), strict=True))
    assert told == numbers | ({"prerelease": None} if is_v3 else {})
    assert ("realtimeTranscoding" in anonymous.get("/api/server/features").json()) is is_v3
    assert ("minFaces" in anonymous.get("/api/server/config").json()) is is_v3
    types = anonymous.get("/api/server/media-types").json()
    assert (".mpo" in types["image"]) is is_v3
    assert ".mov" in types["video"]
    assert types["sidecar"] == [".xmp"]


@pytest.mark.parametrize("name", ["about", "storage", "version-check"])
def test_private_information(client, anonymous, name):
    assert anonymous.get(f"/api/server/{name}").status_code == 401
    assert client.get(f"/api/server/{name}").status_code == 200


def test_errors_in_the_style_of_the_version(anonymous, client, version):
    refused = anonymous.get("/api/users/me")
    assert refused.status_code == 401
    invalid = client.post("/api/albums", json={"albumName": 5})
    assert invalid.status_code == 400
    if version == "3.0.3":
        assert refused.json() == {"message": "Authentication required"}
        assert set(invalid.json()) == {"message", "errors"}
        assert invalid.json()["message"] == "Validation failed"
        assert invalid.json()["errors"][0]["path"] == ["albumName"]
        assert refused.headers["x-correlation-id"]
        return
    assert refused.json() == {
        "message": "Authentication required",
        "error": "Unauthorized",
        "statusCode": 401,
        "correlationId": refused.headers["x-immich-cid"],
    }
    assert invalid.json()["message"][0].startswith("albumName ")


def test_the_correlation_id_of_the_client_is_echoed(anonymous, version):
    name = "x-correlation-id" if version == "3.0.3" else "x-immich-cid"
    assert anonymous.get("/api/server/ping", headers={name: "mine"}).headers[name] == "mine"


def test_unknown_paths_and_methods_are_404(client):
    assert client.get("/api/sync/nothing").status_code == 404
    assert client.put("/api/server/ping").status_code == 404
    assert client.get("/").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    ["/api/albums", "/api/users", "/api/users/me", "/api/server/config", "/api/server/features"],
)
def test_etag_and_304(client, path):
    full = client.get(path)
    digest = base64.b64encode(hashlib.sha1(full.content, usedforsecurity=False).digest()).decode()[
        :27
    ]
    tag = full.headers["etag"]
    assert tag == f'"{len(full.content):x}-{digest}"'
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    fresh = {"if-none-match": tag, "cache-control": "no-cache"}
    assert client.get(path, headers=fresh).status_code == 200
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_etag_changes_with_the_content(client):
    before = client.get("/api/users/me").headers["etag"]
    client.upload()
    after = client.get("/api/users/me", headers={"if-none-match": before})
    assert after.status_code == 200
    assert after.json()["quotaUsageInBytes"] == 5


def test_a_post_is_never_304(client):
    body = {"assets": []}
    tag = client.post("/api/assets/bulk-upload-check", json=body).headers["etag"]
    headers = {"if-none-match": tag}
    again = client.post("/api/assets/bulk-upload-check", json=body, headers=headers)
    assert again.status_code == 200
