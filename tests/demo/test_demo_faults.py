"""Each fault switch: what the client meets, how often, and that nothing is stored by accident."""

import contextlib
import time

import httpx
import pytest

from tests.demo.rig import leftovers, sha1
from tray_app.demo.faults import (
    CaptivePortal,
    CutUpload,
    LoseAnswer,
    Maintenance,
    MissingPermission,
    ProxyError,
    ProxyTooLarge,
    QuotaExceeded,
    RevokedToken,
    ServerError,
    SlowAnswer,
    SlowRead,
    TooManyRequests,
    WrongChecksum,
)

BIG = b"b" * 3_000_000


def is_page(response, status: int) -> bool:
    html = response.headers["content-type"].startswith("text/html")
    return response.status_code == status and html and "<h1>" in response.text


def test_a_cut_upload_is_reset_and_stores_nothing(client, server):
    number = server.faults.add(CutUpload(after_bytes=1_000_000, times=1))
    assert client.upload(data=b"small").status_code == 201  # too short to be cut
    # Where writing meets the reset first, the client reads once more and finds an end.
    with pytest.raises(httpx.TransportError, match=r"(?i)reset|broken pipe|disconnected"):
        client.upload(data=BIG)
    assert server.faults.used(number) == 1
    cut = server.log.entries("POST", "/api/assets")[-1]
    assert cut.status == 0
    assert 1_000_000 <= cut.received < 2_000_000
    assert leftovers(server) == []
    assert client.upload(data=BIG).status_code == 201
    assert len(server.assets()) == 2


def test_a_cut_at_the_very_end_stores_nothing(client, server):
    server.faults.add(CutUpload(after_bytes=len(BIG), times=1))
    with pytest.raises(httpx.TransportError):
        client.upload(data=BIG)
    assert server.assets() == []


def test_a_lost_answer_stores_all_the_same(client, server):
    server.faults.add(LoseAnswer(times=1, method="POST"))
    # Everything was read, so only a real reset (not a close) gives this error.
    with pytest.raises(httpx.ReadError, match="reset"):
        client.upload(data=b"1")
    assert len(server.assets()) == 1
    assert client.upload(data=b"1").json()["status"] == "duplicate"


def test_a_proxy_refuses_large_bodies(client, server):
    server.faults.add(ProxyTooLarge(limit=1_000_000))
    refused = client.upload(data=BIG)
    assert is_page(refused, 413)
    assert refused.headers["connection"] == "close"
    assert client.upload(data=b"small").status_code == 201
    assert len(server.assets()) == 1


def test_too_many_requests(client, server):
    server.faults.add(TooManyRequests(retry_after="7", times=2, path="/api/assets"))
    assert client.get("/api/users/me").status_code == 200
    for _ in range(2):
        busy = client.upload()
        assert is_page(busy, 429)
        assert busy.headers["retry-after"] == "7"
    assert client.upload().status_code == 201


@pytest.mark.parametrize("status", [502, 503, 504])
def test_proxy_errors_are_pages(client, server, status):
    server.faults.add(ProxyError(status=status, times=1))
    assert is_page(client.upload(), status)
    assert client.upload().status_code == 201


def test_server_error_is_json(client, server, version):
    server.faults.add(ServerError(times=1))
    failed = client.upload()
    assert failed.status_code == 500
    body = failed.json()
    assert body["message"] == "Internal server error"
    assert set(body) == (
        {"message"} if version == "3.0.3" else {"message", "statusCode", "correlationId"}
    )
    assert client.upload().status_code == 201


def test_captive_portal_answers_everything(client, server):
    number = server.faults.add(CaptivePortal())
    for path in ("/.well-known/immich", "/api/server/ping", "/api/users/me"):
        assert is_page(client.get(path), 200)
    assert is_page(client.upload(), 200)
    assert server.assets() == []
    assert server.faults.remove(number)
    assert client.get("/api/server/ping").json() == {"res": "pong"}


def test_maintenance_leaves_ping_version_and_config(client, server):
    assert client.get("/api/server/config").json()["maintenanceMode"] is False
    server.faults.add(Maintenance())
    assert client.get("/api/server/config").json()["maintenanceMode"] is True
    assert client.get("/api/server/ping").json() == {"res": "pong"}
    assert client.get("/api/server/version").status_code == 200
    for path in ("/api/users/me", "/.well-known/immich", "/api/server/features"):
        assert is_page(client.get(path), 404)
    assert is_page(client.upload(), 404)
    server.faults.clear()
    assert client.get("/api/users/me").status_code == 200


def test_quota_fault(client, server):
    server.faults.add(QuotaExceeded(times=1))
    refused = client.upload()
    assert (refused.status_code, refused.json()["message"]) == (400, "Quota has been exceeded!")
    assert client.upload().status_code == 201


def test_revoked_credentials(client, signed_in, server):
    server.faults.add(RevokedToken(times=2))
    assert client.get("/api/server/ping").status_code == 200  # public: nothing to revoke
    assert client.get("/api/users/me").json()["message"] == "Invalid API key"
    assert signed_in.upload().json()["message"] == "Invalid user token"
    assert client.get("/api/users/me").status_code == 200


def test_missing_permission(client, server):
    server.faults.add(MissingPermission(permission="asset.upload"))
    assert client.get("/api/users/me").status_code == 200
    refused = client.upload()
    assert refused.status_code == 403
    assert refused.json()["message"] == "Missing required permission: asset.upload"


def test_wrong_checksum(client, server):
    server.faults.add(WrongChecksum(times=1, match="bad"))
    client.upload("good.jpg", b"1")
    answer = client.upload("bad.jpg", b"2")
    assert answer.status_code == 201
    good, bad = server.assets()
    assert good.checksum == sha1(b"1")
    assert bad.checksum != sha1(b"2")
    body = {"assets": [{"id": "x", "checksum": sha1(b"2").hex()}]}
    results = client.post("/api/assets/bulk-upload-check", json=body).json()["results"]
    assert results == [{"id": "x", "action": "accept"}]


def test_slow_answer(client, server):
    server.faults.add(SlowAnswer(seconds=0.3, times=1))
    began = time.monotonic()
    assert client.upload().status_code == 201
    assert time.monotonic() - began >= 0.3


def test_slow_read(client, server):
    server.faults.add(SlowRead(bytes_per_second=10_000_000, times=1))
    began = time.monotonic()
    assert client.upload(data=BIG).status_code == 201
    assert time.monotonic() - began >= 0.29


@pytest.mark.parametrize(
    "fault",
    [
        CutUpload(after_bytes=100, match="unlucky"),
        ProxyError(match="unlucky"),
        ServerError(match="unlucky"),
        ProxyTooLarge(match="unlucky"),
        TooManyRequests(match="unlucky"),
        LoseAnswer(match="unlucky"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_a_fault_may_be_for_one_file(client, server, fault):
    number = server.faults.add(fault)
    assert client.upload("lucky.jpg", b"1").status_code == 201
    with contextlib.suppress(httpx.TransportError):
        assert client.upload("un-unlucky.jpg", BIG).status_code >= 413
    assert server.faults.used(number) == 1
    assert client.upload("fine.jpg", b"2").status_code == 201
    assert leftovers(server) == []


def test_skip_lets_some_pass_first(client, server):
    server.faults.add(ProxyError(skip=2, times=1, path="/api/server/ping"))
    seen = [client.get("/api/server/ping").status_code for _ in range(4)]
    assert seen == [200, 200, 502, 200]


def test_faults_over_http(client, server):
    body = {"kind": "too-many-requests", "retryAfter": "3", "times": 1}
    made = client.post("/demo/faults", json=body)
    assert made.status_code == 201
    assert client.get("/api/users/me").status_code == 429
    (active,) = client.get("/demo/faults").json()
    assert (active["used"], active["fault"]["kind"]) == (1, "too-many-requests")
    assert client.post("/demo/faults", json={"kind": "unheard-of"}).status_code == 400
    as_form = client.post("/demo/faults", data={"kind": "server-error"})
    assert as_form.status_code == 403
    client.delete("/demo/faults", headers={"content-type": "application/json"})
    assert client.get("/demo/faults").json() == []


def test_the_request_log(client, server):
    client.upload("a.jpg", b"1")
    client.post("/api/assets/bulk-upload-check", json={"assets": []})
    assert server.log.count("POST", "/api/assets/bulk-upload-check") == 1
    upload = server.log.entries("POST", "/api/assets")[0]
    assert (upload.status, upload.file_name, upload.credential) == (201, "a.jpg", "key")
    told = client.get("/demo/log", params={"path": "/api/assets"}).json()
    assert (told["total"], len(told["entries"])) == (2, 1)
    assert told["entries"][0]["received"] == upload.received > 500
    server.log.clear()
    assert (server.log.total, server.log.received) == (0, 0)
