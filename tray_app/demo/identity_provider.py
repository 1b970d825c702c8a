"""A toy identity provider at `/idp/authorize`: it signs its one person in at once.

It does what a client can get wrong: it knows which redirect addresses are registered, gives codes
that work once, and verifies the PKCE challenge.
"""

import base64
import hashlib
import secrets
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

PATH = "/idp/authorize"
CLIENT_ID = "immich"
MOBILE = "app.immich:///oauth-callback"


class Settings(msgspec.Struct, rename="camel", kw_only=True):
    """What an administrator decided, here and at the provider; tests may change it at any time."""

    enabled: bool = False
    auto_register: bool = True
    password_login: bool = True
    # Whom the provider signs in.
    email: str = "demo@example.org"
    # Beginnings of the redirect addresses that are registered at the provider.
    redirects: tuple[str, ...] = ("http://127.0.0.1:", MOBILE)
    # Where the server sends browsers instead of to `MOBILE`; empty: nowhere else.
    mobile_redirect_uri: str = ""
    # The error with which the provider sends everybody back; empty: it signs them in.
    refuses: str = ""


class Grant(msgspec.Struct, frozen=True):
    """What stands behind a code."""

    redirect_uri: str
    challenge: str
    email: str


class ExchangeError(Exception):
    """A code that is unknown, used, for another address, or without the right verifier."""


def challenge(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class IdentityProvider:
    """The provider with its open grants, and the server's settings about it."""

    def __init__(self) -> None:
        self.settings = Settings()
        self._grants: dict[str, Grant] = {}

    def resolve(self, uri: str) -> str:
        """Return the address to use with the provider for what a client sent."""
        swapped = self.settings.mobile_redirect_uri
        return uri.replace(MOBILE, swapped, 1) if swapped and uri.startswith(MOBILE) else uri

    def address(self, site: str, redirect_uri: str, state: str, code_challenge: str) -> str:
        """Return where a browser has to go to sign in."""
        query = {
            "redirect_uri": self.resolve(redirect_uri),
            "scope": "openid email profile",
            "state": state,
            "code_challenge": code_challenge,
            "code_challenge_method": "S256",
            "client_id": CLIENT_ID,
            "response_type": "code",
        }
        return f"{site}{PATH}?{urlencode(query)}"

    async def authorize(self, request: Request) -> Response:
        """Sign in or refuse, and send the browser back; 400 for an unregistered address."""
        query = request.query_params
        target = query.get("redirect_uri", "")
        registered = (*self.settings.redirects, self.settings.mobile_redirect_uri or MOBILE)
        if not target.startswith(registered) or query.get("client_id") != CLIENT_ID:
            return PlainTextResponse("This redirect address is not registered.", status_code=400)
        if refused := self.settings.refuses:
            told = {"error": refused, "error_description": "The person said no"}
        else:
            grant = Grant(target, query.get("code_challenge", ""), self.settings.email.lower())
            told = {"code": self._granted(grant)}
        back = urlencode({**told, "state": query.get("state", "")})
        return RedirectResponse(f"{target}{'&' if '?' in target else '?'}{back}", status_code=302)

    def _granted(self, grant: Grant) -> str:
        code = secrets.token_urlsafe(24)
        self._grants[code] = grant
        return code

    def exchange(self, code: str, redirect_uri: str, verifier: str) -> str:
        """Return the address of who signed in; raises ExchangeError. A code works once."""
        grant = self._grants.pop(code, None)
        if grant is None or grant.redirect_uri != redirect_uri:
            raise ExchangeError
        if grant.challenge != challenge(verifier):
            raise ExchangeError
        return grant.email
