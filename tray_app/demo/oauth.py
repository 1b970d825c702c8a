"""`/api/oauth/*`: signing in by way of the identity provider."""

import secrets
from urllib.parse import parse_qs, urlsplit

from starlette.responses import RedirectResponse, Response

from tray_app.demo.accounts import new_secret
from tray_app.demo.call import Access, Body, Call, Endpoint, Endpoints
from tray_app.demo.errors import UNFORESEEN, ApiError
from tray_app.demo.identity_provider import MOBILE, ExchangeError, challenge
from tray_app.demo.sign_in import logged_in

STATE_COOKIE = "immich_oauth_state"
VERIFIER_COOKIE = "immich_oauth_code_verifier"


class Beginning(Body):
    """How a sign-in begins; without state and challenge the server makes them up."""

    redirect_uri: str
    state: str | None = None
    code_challenge: str | None = None


class Return(Body):
    """The whole address that the browser came back to."""

    url: str
    state: str | None = None
    code_verifier: str | None = None


def _require_enabled(call: Call) -> None:
    if not call.identity.settings.enabled:
        raise ApiError(400, "OAuth is not enabled")


async def authorize(call: Call) -> Response:
    """Tell where the browser has to go."""
    _require_enabled(call)
    sent = await call.body(Beginning)
    state, verifier = sent.state or secrets.token_urlsafe(24), ""
    if (asked := sent.code_challenge) is None:
        verifier = secrets.token_urlsafe(32)
        asked = challenge(verifier)
    url = call.identity.address(call.options.url, sent.redirect_uri, state, asked)
    response = call.json({"url": url}, 201)
    response.set_cookie(STATE_COOKIE, state, httponly=True, samesite="lax")
    if verifier:
        response.set_cookie(VERIFIER_COOKIE, verifier, httponly=True, samesite="lax")
    return response


async def callback(call: Call) -> Response:
    """Exchange the code for a session."""
    _require_enabled(call)
    sent, cookies = await call.body(Return), call.request.cookies
    if not (state := sent.state or cookies.get(STATE_COOKIE)):
        raise ApiError(400, "OAuth state is missing")
    if not (verifier := sent.code_verifier or cookies.get(VERIFIER_COOKIE)):
        raise ApiError(400, "OAuth code verifier is missing")
    email = _exchanged(call, call.identity.resolve(sent.url), state, verifier)
    user = call.state.accounts.user_by_email(email)
    if user is None:
        if not call.identity.settings.auto_register:
            raise ApiError(400, "User does not exist and auto registering is disabled.")
        user = call.state.accounts.add_user(email, new_secret())
    response = logged_in(call, user, "oauth")
    for name in (STATE_COOKIE, VERIFIER_COOKIE):
        response.delete_cookie(name)
    return response


def _exchanged(call: Call, url: str, state: str, verifier: str) -> str:
    """Return who signed in; raises ApiError 500 for whatever the provider does not like."""
    address, _, query = url.partition("?")
    found = parse_qs(urlsplit(f"?{query}").query)
    code, told = (found.get(name, [""])[0] for name in ("code", "state"))
    if told != state:
        raise ApiError(500, UNFORESEEN)
    try:
        return call.identity.exchange(code, address, verifier)
    except ExchangeError as error:
        raise ApiError(500, UNFORESEEN) from error


async def mobile_redirect(call: Call) -> Response:
    """Send a browser on to the app that owns the scheme `app.immich`."""
    return RedirectResponse(f"{MOBILE}?{call.request.url.query}", status_code=307)


ENDPOINTS: Endpoints = (
    Endpoint("POST", "/api/oauth/authorize", Access.PUBLIC, authorize),
    Endpoint("POST", "/api/oauth/callback", Access.PUBLIC, callback),
    Endpoint("GET", "/api/oauth/mobile-redirect", Access.PUBLIC, mobile_redirect),
)
