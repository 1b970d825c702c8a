"""Credentials: where they are looked for, what they allow, and the words of a refusal."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from tray_app.demo.accounts import Accounts
from tray_app.demo.errors import ApiError
from tray_app.demo.records import ApiKey, Session, User


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, with a session or with a key."""

    user: User
    session: Session | None = None
    key: ApiKey | None = None

    def require(self, permission: str) -> None:
        """Raise ApiError 403 if an API key lacks the permission; sessions may everything."""
        if self.key is not None and not self.key.grants(permission):
            raise missing(permission)


def missing(permission: str) -> ApiError:
    """Return the refusal for a key without this permission."""
    return ApiError(403, f"Missing required permission: {permission}")


def session_token(request: HTTPConnection) -> str | None:
    """Return the session token from the first place that has one, in the server's order."""
    headers = request.headers
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    return (
        headers.get("x-immich-user-token")
        or headers.get("x-immich-session-token")
        or request.query_params.get("sessionKey")
        or (bearer.strip() if scheme.lower() == "bearer" else None)
        or request.cookies.get("immich_access_token")
    )


def api_key(request: HTTPConnection) -> str | None:
    """Return the API key from the header or the query."""
    return request.headers.get("x-api-key") or request.query_params.get("apiKey")


def authenticate(request: HTTPConnection, accounts: Accounts) -> Caller:
    """Return the caller by the first kind of credential present; raises ApiError 401."""
    if token := session_token(request):
        session = accounts.session_by_token(token)
        user = accounts.user(session.user_id) if session else None
        if session is None or user is None:
            raise ApiError(401, "Invalid user token")
        return Caller(user, session=session)
    if secret := api_key(request):
        key = accounts.api_key_by_secret(secret)
        user = accounts.user(key.user_id) if key else None
        if key is None or user is None:
            raise ApiError(401, "Invalid API key")
        return Caller(user, key=key)
    raise ApiError(401, "Authentication required")
