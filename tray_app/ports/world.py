"""The doors to the outside world; adapters stand behind them, fakes in tests.

Every method raises only the errors of `core.errors` besides cancellation.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Protocol

from tray_app.core.asset import LocalFile, Stamp
from tray_app.core.conditions import Readings
from tray_app.core.errors import TrayError
from tray_app.core.listing import FolderListing, WalkRules
from tray_app.core.server import (
    Account,
    Album,
    CheckAnswer,
    MediaTypes,
    ServerVersion,
    Upload,
    UploadAnswer,
)


class Clock(Protocol):
    """Time as a port, so that tests can move it (style anchors, principle 9)."""

    def now(self) -> datetime:
        """Return the wall clock, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait; a suspended computer may make it longer."""
        ...


class Machine(Protocol):
    """Network and power of this computer."""

    async def read(self) -> Readings:
        """Look; never raises, never guesses, answers within a second."""
        ...

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` when the system says that something changed; returns how to end it."""
        ...


class Content(Protocol):
    """The bytes of one file, to be read once."""

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the file in order.

        Raises ChangedWhileReading after the last chunk, before the iteration ends, when the
        bytes are not those that were hashed; Unreadable or Vanished when it cannot be read.
        """
        ...


class Hashed(Protocol):
    """What one reading of a file told."""

    @property
    def sha1(self) -> bytes:
        """The checksum, 20 bytes."""
        ...

    @property
    def stamp(self) -> Stamp:
        """The stamp of the bytes that were read."""
        ...

    @property
    def duration_ms(self) -> int | None:
        """How long a video of a possible Live Photo lasts."""
        ...

    @property
    def content_id(self) -> str | None:
        """Apple's content identifier, where there is one."""
        ...


class PhotoSource(Protocol):
    """The file system, read only."""

    def walk(
        self, root: str, rules: WalkRules, start: str | None = None
    ) -> AsyncIterator[Sequence[FolderListing]]:
        """Yield the folders below `root` in batches; never follows a link into a loop.

        `start`: begin at this folder in or below `root`.
        """
        ...

    def look(
        self, root: str, folders: Sequence[str], rules: WalkRules
    ) -> AsyncIterator[Sequence[FolderListing]]:
        """Yield just these folders of `root`; what a walk would not come to is left out."""
        ...

    async def occupied(self, root: str) -> bool | None:
        """Tell whether a folder has anything in it, as a file has; None: it is not there."""
        ...

    async def stamp(self, path: str) -> Stamp:
        """Look at a file again; raises Vanished or Unreadable."""
        ...

    async def hash(
        self, files: Sequence[LocalFile], on_bytes: Callable[[int], None]
    ) -> Sequence[Hashed | TrayError]:
        """Read whole files, one after the other.

        An error (ChangedWhileReading, Vanished, Unreadable) stands in the place of its file.
        """
        ...

    def content(self, file: LocalFile) -> Content:
        """Open the bytes of a hashed file for sending."""
        ...

    async def small_file(self, path: str) -> bytes:
        """Read a sidecar whole; raises Unreadable, Vanished, TooLarge above 16 MiB."""
        ...

    async def birth_ns(self, path: str) -> int:
        """Return the birth time in ns since the epoch, 0 where the system has none."""
        ...


class Server(Protocol):
    """One signed-in Immich server (`immich-protocol.md`)."""

    @property
    def address(self) -> str:
        """The base URL in use, for messages and for what is learned of this address."""
        ...

    async def version(self) -> ServerVersion:
        """Ask `server/version`."""
        ...

    async def health(self) -> None:
        """Return when requests can be expected to work; else raise TryLater with the reason."""
        ...

    async def media_types(self) -> MediaTypes:
        """Ask which extensions are accepted."""
        ...

    async def me(self) -> Account:
        """Ask who we are; raises NeedsUser on 401."""
        ...

    async def permissions(self) -> frozenset[str] | None:
        """Return the permissions of our API key, None for a session (which may do all)."""
        ...

    async def check(self, checksums: Sequence[bytes]) -> Sequence[CheckAnswer]:
        """Ask about at most 5,000 checksums; answers in the same order."""
        ...

    async def restore(self, asset_ids: Sequence[str]) -> None:
        """Take own assets out of the trash; NeedsUser(PERMISSION) where we may not."""
        ...

    async def upload(self, upload: Upload, content: Content) -> UploadAnswer:
        """Send one file; nothing is stored when `content` raises."""
        ...

    async def albums(self) -> Sequence[Album]:
        """List the albums we own, oldest first."""
        ...

    async def create_album(self, name: str) -> Album:
        """Create an album of ours."""
        ...

    async def add_to_album(self, album_id: str, asset_ids: Sequence[str]) -> Sequence[bool]:
        """Add assets; True for each that is in the album afterwards."""
        ...


class Secrets(Protocol):
    """The keychain of the operating system."""

    def get(self, name: str) -> str | None:
        """Return a secret; raises NeedsUser(KEYCHAIN) where no keychain answers."""
        ...

    def set(self, name: str, value: str) -> None:
        """Store a secret; raises NeedsUser(KEYCHAIN)."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; no error when there is none."""
        ...
