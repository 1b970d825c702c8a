"""What the settings dialog needs of the world; whatever is slow tells its answer later."""

from collections.abc import Callable, Sequence
from typing import Protocol

from tray_app.core.account import AccountView, ShownCertificate
from tray_app.core.inspection import Inspection
from tray_app.core.settings import Loaded, Settings
from tray_app.core.system_job import JobState

Stop = Callable[[], None]
"""Ends what was begun; nothing is told afterwards."""


class SettingsStore(Protocol):
    """Where the settings are kept."""

    def load(self) -> Loaded:
        """Read them; raises InvalidSettings with every problem, NeedsUser(SETTINGS)."""
        ...

    def change(self, key: str, raw: object) -> Settings:
        """Change one raw value and return the settings; raises likewise, and NeedsUser(DISK)."""
        ...


class Inspector(Protocol):
    """Looks into folders of this computer."""

    def inspect(
        self,
        path: str,
        everywhere: Sequence[str],
        own: Sequence[str],
        told: Callable[[Inspection], None],
    ) -> Stop:
        """Count what a backup would take; `told` hears of it now and then, in any thread.

        `everywhere`, `own`: valid gitignore lines for all folders and for this one.
        """
        ...


class AccountDesk(Protocol):
    """The sign-in and its secrets; every `told` is called in the caller's thread."""

    def look(self, told: Callable[[AccountView], None]) -> None:
        """Tell at once what is known, then what the server says."""
        ...

    def sign_out(self, told: Callable[[str], None], *, erase: bool) -> None:
        """Forget the sign-in; tells a warning or ``. `erase`: at the next start the databases too.

        Photos stay, here and on the server.
        """
        ...

    def kept(self, names: Sequence[str], told: Callable[[frozenset[str]], None]) -> None:
        """Tell which of these secrets the keychain has."""
        ...

    def keep(self, name: str, value: str | None, told: Callable[[str], None]) -> None:
        """Keep a secret, None: forget it; tells why it failed or ``."""
        ...

    def autostart(self, told: Callable[[JobState, str], None], *, on: bool | None = None) -> None:
        """Tell whether we start at login, as read from the system, and why a change failed.

        `on`: switch it on or off first; None: only look.
        """
        ...

    def certificate(
        self, address: str, told: Callable[[ShownCertificate | None, str], None]
    ) -> None:
        """Tell what certificate a server shows, or why there is none."""
        ...
