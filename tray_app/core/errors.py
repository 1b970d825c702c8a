"""Errors, classed by what we do next (style anchors, principle 7; design section 3).

`TryLater` pauses, `AssetRejected` parks one file, `NeedsUser` stops and asks a person.
Whatever is none of these is a bug and stays loud.
"""

from enum import StrEnum

from tray_app.core.phrase import join


class TrayError(Exception):
    """A fault we know how to handle.

    `reason` says what happened to which file or server, `remedy` what the person can do
    (empty: nothing to do), `status` is the server's HTTP status where there was one.
    """

    def __init__(self, reason: str, *, remedy: str = "", status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.status = status

    def words(self) -> str:
        """Say reason and remedy in one line."""
        return join(" ", (self.reason, self.remedy))


class TryLater(TrayError):
    """The server or the way to it is in trouble; the same request may succeed later.

    `after`: seconds the server asked us to wait, None where it did not say.
    `server_wide`: True when the answer itself proves that every request is affected
    (429, maintenance, captive portal, refused connection); False when it may be this file.
    """

    def __init__(
        self,
        reason: str,
        *,
        remedy: str = "",
        status: int | None = None,
        after: float | None = None,
        server_wide: bool = False,
    ) -> None:
        super().__init__(reason, remedy=remedy, status=status)
        self.after = after
        self.server_wide = server_wide


class CaptivePortal(TryLater):
    """The network answers with its login page in place of the server: a condition, no failure."""


class StreamSilent(TryLater):
    """The change stream was opened and then said nothing: what a bad ack leads to (protocol 11)."""


class StreamCut(TryLater):
    """The change stream ended before it was complete; what came is valid."""


class StreamStalled(StreamCut):
    """The change stream stopped in the middle and said nothing more."""


class Need(StrEnum):
    """What only a person can put right."""

    SIGN_IN = "sign_in"
    PERMISSION = "permission"
    CERTIFICATE = "certificate"
    QUOTA = "quota"
    ADDRESS = "address"
    VERSION = "version"
    KEYCHAIN = "keychain"
    IDENTITY = "identity"
    FOLDERS = "folders"
    SETTINGS = "settings"
    DISK = "disk"


class NeedsUser(TrayError):
    """Nothing will work until a person acts; `need` names the kind of act."""

    def __init__(
        self, reason: str, *, need: Need, remedy: str = "", status: int | None = None
    ) -> None:
        super().__init__(reason, remedy=remedy, status=status)
        self.need = need


class AssetRejected(TrayError):
    """This one file cannot go as it is; all others can.

    `transient`: True when the file itself may be fine in a moment (still being written).
    """

    def __init__(
        self, reason: str, *, remedy: str = "", status: int | None = None, transient: bool = False
    ) -> None:
        super().__init__(reason, remedy=remedy, status=status)
        self.transient = transient


class TooLarge(AssetRejected):
    """A proxy before the server refused the size of this upload (413)."""


class Unreadable(AssetRejected):
    """The file or folder is there, but we may not or cannot read it."""


class Vanished(AssetRejected):
    """The file was there when its folder was listed and is gone now."""


class ChangedWhileReading(AssetRejected):
    """The bytes read are not the bytes hashed; nothing may be stored of them."""
