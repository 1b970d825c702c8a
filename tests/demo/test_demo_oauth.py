"""Signing in by way of an identity provider."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tray_app.demo.identity_provider import MOBILE, Settings, challenge

LOOPBACK = "http://127.0.0.1:5555/callback"
VERIFIER = "a-verifier-that-is-long-enough-for-anybody-0123456789"


@pytest.fixture(autouse=True)
def enabled(server):
    server.identity.settings = Settings(enabled=True)


def begin(client, redirect=LOOPBACK):
    body = {"redirectUri": redirect, "state": "s", "codeChallenge": challenge(VERIFIER)}
    answer = client.post("/api/oauth/authorize", json=body)
    assert answer.status_code == 201
    return answer.json()["url"]


def browse(url):
    """Return where the provider sends the browser."""
    answer = httpx.get(url)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def finish(client, url, **changed):
    body = {"url": url, "state": "s", "codeVerifier": VERIFIER} | changed
    return client.post("/api/oauth/callback", json=body)


@pytest.mark.parametrize("redirect", [LOOPBACK, MOBILE])
def test_signing_in(anonymous, redirect):
    assert anonymous.get("/api/server/features").json()["oauth"] is True
    back = browse(begin(anonymous, redirect))
    assert back.startswith(redirect)
    answer = finish(anonymous, back)
    assert answer.status_code == 201
    assert answer.cookies["immich_auth_type"] == "oauth"
    headers = {"authorization": f"Bearer {answer.json()['accessToken']}"}
    assert anonymous.get("/api/users/me", headers=headers).json()["email"] == "demo@example.org"


def test_a_code_works_once_for_one_verifier_and_one_state(anonymous):
    back = browse(begin(anonymous))
    assert finish(anonymous, back, state="other").status_code == 500
    assert finish(anonymous, back).status_code == 201
    assert finish(anonymous, back).status_code == 500
    assert finish(anonymous, browse(begin(anonymous)), codeVerifier="x").status_code == 500
    moved = browse(begin(anonymous)).replace("5555", "5556")
    assert finish(anonymous, moved).status_code == 500


def test_what_is_missing_is_named(anonymous, server):
    back = browse(begin(anonymous))
    anonymous.cookies.clear()
    told = anonymous.post("/api/oauth/callback", json={"url": back}).json()["message"]
    assert told == "OAuth state is missing"
    told = anonymous.post("/api/oauth/callback", json={"url": back, "state": "s"}).json()["message"]
    assert told == "OAuth code verifier is missing"
    server.identity.settings.enabled = False
    told = anonymous.post("/api/oauth/authorize", json={"redirectUri": LOOPBACK}).json()["message"]
    assert told == "OAuth is not enabled"


def test_state_and_verifier_can_stay_with_the_server(anonymous):
    begun = anonymous.post("/api/oauth/authorize", json={"redirectUri": LOOPBACK})
    assert {"immich_oauth_state", "immich_oauth_code_verifier"} <= set(begun.cookies)
    back = browse(begun.json()["url"])
    assert anonymous.post("/api/oauth/callback", json={"url": back}).status_code == 201


def test_an_address_that_is_not_registered(anonymous, server):
    server.identity.settings.redirects = (MOBILE,)
    assert httpx.get(begin(anonymous)).status_code == 400
    assert finish(anonymous, browse(begin(anonymous, MOBILE))).status_code == 201


def test_the_way_round_by_the_mobile_redirect(anonymous, server):
    server.identity.settings.mobile_redirect_uri = f"{server.url}/api/oauth/mobile-redirect"
    page = browse(begin(anonymous, MOBILE))
    assert page.startswith(server.identity.settings.mobile_redirect_uri)
    sent_on = httpx.get(page)
    assert sent_on.status_code == 307
    back = sent_on.headers["location"]
    assert back.startswith(f"{MOBILE}?")
    assert parse_qs(urlsplit(back).query)["state"] == ["s"]
    assert finish(anonymous, back).status_code == 201


def test_a_provider_that_refuses_sends_the_browser_back_without_a_code(anonymous, server):
    server.identity.settings.refuses = "access_denied"
    sent = parse_qs(urlsplit(browse(begin(anonymous))).query)
    assert (sent["error"], sent["state"]) == (["access_denied"], ["s"])
    assert "code" not in sent


def test_strangers_are_registered_or_not(anonymous, server):
    server.identity.settings.email = "Stranger@example.org"
    server.identity.settings.auto_register = False
    told = finish(anonymous, browse(begin(anonymous))).json()["message"]
    assert told == "User does not exist and auto registering is disabled."
    server.identity.settings.auto_register = True
    answer = finish(anonymous, browse(begin(anonymous)))
    assert answer.json()["userEmail"] == "stranger@example.org"


def test_passwords_can_be_switched_off_from_outside(anonymous, server):
    url = f"{server.url}/demo/oauth"
    assert httpx.post(url, json={"enabled": True, "passwordLogin": False}).status_code == 200
    refused = anonymous.post(
        "/api/auth/login", json={"email": "demo@example.org", "password": "demo"}
    )
    told = (refused.status_code, refused.json()["message"])
    assert told == (401, "Password login has been disabled")
    assert anonymous.get("/api/server/features").json()["passwordLogin"] is False
