"""Who is signed in where, as it is remembered between runs (no secret in it)."""

from enum import StrEnum

import msgspec

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.server import ServerVersion, SignIn


class Method(StrEnum):
    """How a person signed in; `ENVIRONMENT` forms come from variables, not from a dialog."""

    PASSWORD = "password"  # noqa: S105  a name, not a secret
    API_KEY = "api_key"
    OAUTH = "oauth"
    ENVIRONMENT_PASSWORD = "environment_password"  # noqa: S105  a name, not a secret
    ENVIRONMENT_KEY = "environment_key"

    @property
    def from_environment(self) -> bool:
        """The person is asked again at each run, through the variables."""
        return self in (Method.ENVIRONMENT_PASSWORD, Method.ENVIRONMENT_KEY)

    @property
    def is_session(self) -> bool:
        """The credential is a session of the server, which signing out ends."""
        return self in (Method.PASSWORD, Method.OAUTH, Method.ENVIRONMENT_PASSWORD)


class Identity(msgspec.Struct, frozen=True):
    """The server we know: API address and user id; both must match what answers."""

    url: str
    user_id: str
    email: str
    name: str
    method: Method

    @property
    def secret_name(self) -> str:
        """The keychain entry; bound to the address, so no other address ever gets the secret."""
        return f"{self.user_id}@{self.url}"

    def sign_in(self, secret: str) -> SignIn:
        """Join identity and secret."""
        if self.method.is_session:
            return SignIn(url=self.url, access_token=secret)
        return SignIn.with_key(self.url, secret)


class ShownCertificate(msgspec.Struct, frozen=True):
    """What a server at `place` ("host:port") shows: SHA-256 in 64 hex digits."""

    place: str
    fingerprint: str


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in where, as far as it is known.

    `method` says how in words. Sizes in bytes, `quota` None: no limit, `used` None: not known.
    `by`: the second address, while that is in use. `missing`: permissions the API key lacks.
    `trouble`: why the server could not be asked.
    """

    server: str = ""
    version: str = ""
    user: str = ""
    method: str = ""
    by: str = ""
    used: int | None = None
    quota: int | None = None
    missing: tuple[str, ...] = ()
    asking: bool = False
    trouble: str = ""

    @property
    def signed_in(self) -> bool:
        """Somebody is."""
        return bool(self.user)


class FoundServer(msgspec.Struct, frozen=True):
    """An Immich server that answered; `url` is its API base, `warnings` finished sentences."""

    url: str
    version: ServerVersion
    warnings: tuple[str, ...] = ()


class WaysIn(msgspec.Struct, frozen=True):
    """How a server lets people sign in; API keys always work. `button`: its name for OAuth."""

    password: bool
    oauth: bool
    button: str = ""

    def objection(self, method: Method, host: str) -> NeedsUser | None:
        """Return what to say to a person whose way in is switched off there, naming the others."""
        if method is Method.PASSWORD and not self.password:
            what, other = phrase("password"), "--browser" if self.oauth else ""
        elif method is Method.OAUTH and not self.oauth:
            what, other = phrase("the browser (OAuth)"), "--email E" if self.password else ""
        else:
            return None
        named = f" (“{self.button[:60]}”)" if other == "--browser" and self.button else ""
        ways = phrase("{other} or --api-key", other=other + named) if other else "--api-key"
        return NeedsUser(
            phrase("{host} has signing in by {what} switched off.", host=host, what=what),
            need=Need.SIGN_IN,
            remedy=phrase(
                "Sign in with {ways} instead: immich-tray login URL {value}.",
                ways=ways,
                value=other or "--api-key",
            ),
        )


def somebody_else(found: str, url: str, known: str) -> NeedsUser:
    """Say that another account answers at an address; nothing may be sent there (design 3)."""
    return NeedsUser(
        phrase(
            "Another account ({email}) answers at {url}, where {known} is known. "
            "Nothing is sent until you confirm it.",
            email=found,
            url=url,
            known=known,
        ),
        need=Need.IDENTITY,
        remedy=phrase("If this is right, sign in again; with variables: immich-tray logout."),
    )
