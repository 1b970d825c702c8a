"""Immich's own shapes; the only place that knows its field names.

Unknown keys are ignored; both generations decode with the same types (protocol section 8).
"""

from typing import Annotated, Literal

import msgspec

from tray_app.core.server import Account, CheckAnswer, MediaTypes, ServerVersion

Number = Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
"""What JavaScript counts exactly: nothing that Immich sends is larger."""
AssetId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
"""A UUID so far."""


class Ping(msgspec.Struct):
    """`server/ping`."""

    res: str


class Version(msgspec.Struct):
    """`server/version`; 3.x adds `prerelease`, which does not matter here."""

    major: Number
    minor: Number
    patch: Number

    def value(self) -> ServerVersion:
        """Return the frozen value."""
        return ServerVersion(self.major, self.minor, self.patch)


class Config(msgspec.Struct, rename="camel"):
    """`server/config`, as far as a backup and signing in need it."""

    maintenance_mode: bool = False
    oauth_button_text: str = ""


class Features(msgspec.Struct, rename="camel"):
    """`server/features`: how one may sign in."""

    oauth: bool = False
    password_login: bool = True


class LoggedIn(msgspec.Struct, rename="camel"):
    """Answer of `auth/login` and `oauth/callback`."""

    access_token: str


class OAuthBegin(msgspec.Struct, rename="camel"):
    """Body of `oauth/authorize`."""

    redirect_uri: str
    state: str
    code_challenge: str


class OAuthPage(msgspec.Struct):
    """Answer of `oauth/authorize`."""

    url: str


class OAuthReturn(msgspec.Struct, rename="camel"):
    """Body of `oauth/callback`."""

    url: str
    state: str
    code_verifier: str


class Media(msgspec.Struct):
    """`server/media-types`: extensions with a leading dot."""

    image: list[str]
    video: list[str]
    sidecar: list[str] = msgspec.field(default_factory=lambda: [".xmp"])

    def value(self) -> MediaTypes:
        """Return the frozen value, lower case."""
        sets = [frozenset(e.lower() for e in group) for group in (self.image, self.video)]
        return MediaTypes(sets[0], sets[1], frozenset(e.lower() for e in self.sidecar))


class User(msgspec.Struct, rename="camel"):
    """`users/me`; sizes in bytes, no quota is null."""

    id: str
    email: str
    name: str = ""
    quota_size_in_bytes: Number | None = None
    quota_usage_in_bytes: Number | None = None

    def value(self) -> Account:
        """Return the frozen value."""
        return Account(
            user_id=self.id,
            email=self.email,
            name=self.name,
            quota=self.quota_size_in_bytes,
            quota_used=self.quota_usage_in_bytes or 0,
        )


class ApiKey(msgspec.Struct):
    """`api-keys/me`."""

    permissions: list[str]


class CheckItem(msgspec.Struct):
    """One checksum of `assets/bulk-upload-check`, hexadecimal."""

    id: str
    checksum: str


class CheckRequest(msgspec.Struct):
    """Body of `assets/bulk-upload-check`."""

    assets: list[CheckItem]


class CheckResult(msgspec.Struct, rename="camel"):
    """One answer; `asset_id` comes with a rejection as duplicate.

    Understood whole or not at all: half of one would read as "the server does not have it".
    """

    id: str
    action: Literal["accept", "reject"]
    asset_id: AssetId | None = None
    is_trashed: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a rejection that does not say what it is about."""
        named = self.asset_id is not None or self.reason == "unsupported-format"
        if (self.action == "reject") is not named:
            raise ValueError("an answer that contradicts itself")

    def value(self) -> CheckAnswer:
        """Return the frozen value."""
        held = self.asset_id if self.action == "reject" else None
        return CheckAnswer(held, trashed=bool(held) and self.is_trashed)


class CheckResponse(msgspec.Struct):
    """Answer of `assets/bulk-upload-check`, in the order asked."""

    results: list[CheckResult]


class Uploaded(msgspec.Struct):
    """Answer of `POST /assets`: created (201) or duplicate (200)."""

    id: str
    status: str


class AlbumItem(msgspec.Struct, rename="camel"):
    """One album of the list."""

    id: str
    album_name: str
    created_at: str = ""


class NewAlbum(msgspec.Struct, rename="camel"):
    """Body of `POST /albums`."""

    album_name: str


class Ids(msgspec.Struct):
    """Body of `PUT /albums/{id}/assets` and `POST /trash/restore/assets`."""

    ids: list[str]


class IdResult(msgspec.Struct):
    """One answer of `PUT /albums/{id}/assets`; `duplicate` means it is in the album."""

    id: str
    success: bool
    error: str | None = None
