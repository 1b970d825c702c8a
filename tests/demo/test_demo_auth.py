"""Sign-in, sessions, API keys and the permission of each route."""

import re
import uuid

import pytest

from tests.demo.rig import FIELDS, Client
from tests.openapi import needs_spec, spec
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD, Options, Version
from tray_app.demo.storage import Storage
from tray_app.demo.web import endpoints

GOOD = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}


def test_login_gives_a_token_and_cookies(anonymous, server, version):
    answer = anonymous.post(
        "/api/auth/login",
        json=GOOD,
        headers={"user-agent": "ImmichTray/1 (Linux)", "deviceModel": "desk"},
    )
    assert answer.status_code == 201
    assert answer.json()["userEmail"] == DEMO_EMAIL
    assert set(answer.cookies) == {
        "immich_access_token",
        "immich_auth_type",
        "immich_is_authenticated",
    }
    by_cookie = anonymous.get("/api/sessions")
    assert by_cookie.status_code == 200
    (session,) = by_cookie.json()
    assert (session["deviceOS"], session["deviceType"]) == ("Linux", "desk")
    assert session["current"] is True
    bearer = {"authorization": f"Bearer {answer.json()['accessToken']}"}
    with Client(server, version, headers=bearer) as client:
        assert client.get("/api/users/me").json()["email"] == DEMO_EMAIL
        assert client.post("/api/auth/validateToken").json() == {"authStatus": True}
        assert client.get("/api/auth/status").json()["password"] is True


def test_a_wrong_password_is_401(anonymous):
    refused = anonymous.post("/api/auth/login", json=GOOD | {"password": "no"})
    assert (refused.status_code, refused.json()["message"]) == (401, "Incorrect email or password")
    assert anonymous.post("/api/auth/login", json={"email": "a"}).status_code == 400


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "Authentication required"),
        ({"authorization": "Bearer x"}, "Invalid user token"),
        ({"x-immich-user-token": "x"}, "Invalid user token"),
        ({"x-immich-session-token": "x"}, "Invalid user token"),
        ({"x-api-key": "x"}, "Invalid API key"),
    ],
)
def test_bad_credentials(anonymous, headers, message):
    refused = anonymous.post("/api/auth/validateToken", headers=headers)
    assert (refused.status_code, refused.json()["message"]) == (401, message)


def test_credentials_in_the_query(anonymous, server):
    assert anonymous.get(f"/api/users/me?apiKey={server.add_api_key()}").status_code == 200
    assert anonymous.get(f"/api/users/me?sessionKey={server.add_session()}").status_code == 200


def test_a_stale_session_beside_a_good_key_fails(client):
    refused = client.get("/api/users/me", headers={"authorization": "Bearer stale"})
    assert refused.json()["message"] == "Invalid user token"


def test_an_api_key_is_no_bearer_token(anonymous, server):
    headers = {"authorization": f"Bearer {server.add_api_key()}"}
    assert anonymous.get("/api/users/me", headers=headers).status_code == 401


def test_logout_ends_the_session(signed_in):
    assert signed_in.post("/api/auth/logout").json()["successful"] is True
    refused = signed_in.get("/api/users/me")
    assert (refused.status_code, refused.json()["message"]) == (401, "Invalid user token")


def test_sessions(signed_in, server):
    made = signed_in.post("/api/sessions", json={"duration": 60, "deviceType": "x"})
    assert made.status_code == 201
    assert {s["id"]: s["current"] for s in signed_in.get("/api/sessions").json()} == {
        made.json()["id"]: False,
        server.state.accounts.sessions(server.user().id)[0].id: True,
    }
    changed = signed_in.put(f"/api/sessions/{made.json()['id']}", json={"isPendingSyncReset": True})
    assert changed.json()["isPendingSyncReset"] is True
    assert signed_in.delete(f"/api/sessions/{made.json()['id']}").status_code == 204
    stranger = server.add_session(server.add_user("b@example.org").email)
    server.add_session()
    assert signed_in.delete("/api/sessions").status_code == 204
    assert [s["current"] for s in signed_in.get("/api/sessions").json()] == [True]
    assert server.state.accounts.session_by_token(stranger) is not None


def test_an_expired_session_is_refused(server, anonymous):
    token = server.state.accounts.add_session(
        server.user().id, expires_at="2020-01-01T00:00:00.000Z"
    )[1]
    assert anonymous.get("/api/users/me", headers={"x-immich-user-token": token}).status_code == 401


def test_a_key_creates_no_session(client):
    assert client.post("/api/sessions", json={}).status_code == 400


def test_api_keys(signed_in, anonymous):
    made = signed_in.post("/api/api-keys", json={"name": "k", "permissions": ["user.read"]})
    assert made.status_code == 201
    secret = {"x-api-key": made.json()["secret"]}
    me = anonymous.get("/api/api-keys/me", headers=secret).json()
    assert me == made.json()["apiKey"]
    assert me["permissions"] == ["user.read"]
    assert [key["id"] for key in signed_in.get("/api/api-keys").json()] == [me["id"]]
    assert signed_in.delete(f"/api/api-keys/{me['id']}").status_code == 204
    assert anonymous.get("/api/users/me", headers=secret).json()["message"] == "Invalid API key"
    assert signed_in.get("/api/api-keys/me").status_code == 403


def test_a_key_grants_no_more_than_it_has(server, anonymous):
    headers = {"x-api-key": server.add_api_key(["apiKey.create", "user.read"])}
    body = {"permissions": ["asset.upload"]}
    assert anonymous.post("/api/api-keys", json=body, headers=headers).status_code == 400


def _table(tmp_path, version):
    options = Options(folder=tmp_path, version=Version.parse(version))
    return endpoints(options, Storage(tmp_path / "none", discard=True))


def test_each_route_names_the_permission_it_needs(server, anonymous, tmp_path, version):
    headers = {"x-api-key": server.add_api_key(["person.read"])}
    seen = 0
    for endpoint in _table(tmp_path, version):
        if not isinstance(endpoint.access, str):
            continue
        seen += 1
        path = re.sub(r"{\w+:uuid}", str(uuid.uuid4()), endpoint.path)
        refused = anonymous.request(endpoint.method, path, headers=headers)
        assert refused.status_code == 403, path
        expected = f"Missing required permission: {endpoint.access}"
        assert refused.json()["message"] == expected
    assert seen > 20
    for method, path in (("GET", "/api/auth/status"), ("POST", "/api/auth/logout")):
        refused = anonymous.request(method, path, headers=headers)
        assert refused.json()["message"] == "Missing required permission: all"


@needs_spec
def test_permissions_are_those_of_the_specification(tmp_path, version):
    published = spec(version)
    assert published is not None
    for endpoint in _table(tmp_path, version):
        if isinstance(endpoint.access, str):
            path = re.sub(r"{\w+:uuid}", str(uuid.uuid4()), endpoint.path)
            assert published.permission(endpoint.method, path) == endpoint.access, path


def test_the_smallest_key_can_upload_into_an_album(server, version):
    names = ["asset.upload", "user.read", "album.read", "album.create", "albumAsset.create"]
    with Client(server, version, headers={"x-api-key": server.add_api_key(names)}) as client:
        asset = client.upload(fields=FIELDS).json()["id"]
        album = client.post("/api/albums", json={"albumName": "A"}).json()["id"]
        added = client.put(f"/api/albums/{album}/assets", json={"ids": [asset]})
        assert added.json() == [{"id": asset, "success": True}]
        assert client.get(f"/api/assets/{asset}").status_code == 403


def test_users_see_only_what_is_theirs(server, client, version):
    asset = client.upload().json()["id"]
    album = client.post("/api/albums", json={"albumName": "A"}).json()["id"]
    other = server.add_user("other@example.org")
    key = server.add_api_key(email=other.email)
    with Client(server, version, headers={"x-api-key": key}) as stranger:
        refused = stranger.get(f"/api/assets/{asset}")
        assert (refused.status_code, refused.json()["message"]) == (
            400,
            "Not found or no asset.read access",
        )
        assert stranger.get(f"/api/albums/{album}").status_code == 400
        assert stranger.request("DELETE", "/api/assets", json={"ids": [asset]}).status_code == 400
        assert stranger.upload().status_code == 201
        assert {user["email"] for user in stranger.get("/api/users").json()} >= {other.email}
