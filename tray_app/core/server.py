"""What a server is and can do, decided from its version (protocol section 8.2)."""

import hashlib
from typing import NamedTuple, Self

import msgspec

from tray_app.core.asset import Kind
from tray_app.core.way import Way

OLDEST_SUPPORTED = (2, 0, 0)
NEWEST_KNOWN_MAJOR = 3
QUOTA_MESSAGE = "Quota has been exceeded!"

BACKUP_PERMISSIONS = frozenset({"asset.upload", "user.read"})
ALBUM_PERMISSIONS = frozenset({"album.read", "album.create", "albumAsset.create"})
LIBRARY_PERMISSIONS = frozenset(
    {"album.read", "asset.read", "partner.read", "stack.read", "user.read"}
)


class ServerVersion(NamedTuple):
    """Version of a server; release candidates compare as the release (protocol 8.2)."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def supported(self) -> bool:
        """Older servers lack what the backup relies on."""
        return self >= OLDEST_SUPPORTED

    @property
    def lists_owned_albums_by_flag(self) -> bool:
        """3.x replaced the `shared` query of the album list by `isOwned` (protocol 3.5)."""
        return self.major >= 3


class MediaTypes(msgspec.Struct, frozen=True):
    """Extensions the server accepts, lower case, with the leading dot (protocol section 2)."""

    image: frozenset[str]
    video: frozenset[str]
    sidecar: frozenset[str] = frozenset({".xmp"})

    def table(self) -> dict[str, Kind]:
        """Map each extension to what it is."""
        pairs = [(self.image, Kind.IMAGE), (self.video, Kind.VIDEO), (self.sidecar, Kind.SIDECAR)]
        return {extension.lower(): kind for group, kind in pairs for extension in group}


class Account(msgspec.Struct, frozen=True):
    """The signed-in user; sizes in bytes, `quota` None for no limit."""

    user_id: str
    email: str
    name: str
    quota: int | None = None
    quota_used: int = 0


class CheckAnswer(msgspec.Struct, frozen=True):
    """What the server says about one checksum; `remote_id` None: it does not have it."""

    remote_id: str | None
    trashed: bool = False


class UploadAnswer(msgspec.Struct, frozen=True):
    """The asset that holds the bytes now; `created` False: the server had them already."""

    remote_id: str
    created: bool


class Album(msgspec.Struct, frozen=True):
    """An album of the signed-in user; names are not unique on a server."""

    remote_id: str
    name: str


class Upload(msgspec.Struct, frozen=True):
    """Everything the server is told about one file besides its bytes.

    Times are UTC in ISO 8601 with `Z` (protocol 3.1); `sha1` is 20 bytes.
    """

    file_name: str
    size: int
    sha1: bytes
    created_at: str
    modified_at: str
    device_asset_id: str
    sidecar: bytes | None = None
    live_video_id: str | None = None
    hidden: bool = False

    @property
    def extension(self) -> str:
        """The dot and what follows; supported extensions are ASCII."""
        return self.file_name[self.file_name.rfind(".") :]


class SignIn(msgspec.Struct, frozen=True):
    """Who we are at a server: exactly one of the two credentials (protocol 1.2).

    `way` says how to get there; where it has nearer addresses, `user_id` is who must answer.
    """

    url: str
    api_key: str | None = None
    access_token: str | None = None
    way: Way = Way()
    user_id: str | None = None

    @classmethod
    def with_key(cls, url: str, key: str) -> Self:
        """Sign in with an API key."""
        return cls(url=url, api_key=key)

    @property
    def fingerprint(self) -> str:
        """Tell this sign-in from another without telling the secret."""
        secret = self.access_token or self.api_key or ""
        return hashlib.sha256(secret.encode()).hexdigest()[:32]

    def __repr__(self) -> str:
        """Never show the credential."""
        return f"SignIn(url={self.url!r}, {'api key' if self.api_key else 'session'})"
