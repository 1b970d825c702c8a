"""What the onboarding needs of the world; every method may wait, and can be cancelled."""

from typing import Protocol

from tray_app.core.account import FoundServer, Identity, ShownCertificate, WaysIn
from tray_app.core.errors import NeedsUser
from tray_app.core.onboarding import Begun, Plan, Standing
from tray_app.ports.browser import Person


class Reception(Protocol):
    """The server before and at sign-in; all raise NeedsUser and TryLater."""

    async def find(self, typed: str) -> FoundServer:
        """Find the server a person means."""
        ...

    async def ways_in(self, url: str) -> WaysIn:
        """Ask how one may sign in there; raises TryLater where it does not tell."""
        ...

    async def certificate(self, typed: str, error: NeedsUser) -> ShownCertificate | None:
        """Return the certificate that ends this trouble once it is trusted; None: there is none.

        Nothing is sent to the server that shows it.
        """
        ...

    async def trust(self, shown: ShownCertificate) -> None:
        """Trust it from now on, because a person said so."""
        ...

    async def with_password(self, url: str, email: str, password: str) -> Identity:
        """Sign in; only the session is kept, in the keychain."""
        ...

    async def with_key(self, url: str, key: str) -> Identity:
        """Sign in with a key that may do all we need; else the words name what it lacks."""
        ...

    async def with_browser(self, url: str, person: Person) -> Identity:
        """Sign in on a page of the person's browser."""
        ...


class Notebook(Protocol):
    """What is known and kept on this computer; all that write raise NeedsUser(DISK, SETTINGS)."""

    async def standing(self) -> Standing:
        """Say what there is already; what cannot be read counts as not there."""
        ...

    async def plan(self) -> Plan:
        """Return what the settings say, or what is suggested to a new person."""
        ...

    async def suggested(self) -> tuple[str, ...]:
        """Return folders that probably hold photos, and are there."""
        ...

    async def keep(self, begun: Begun | None) -> None:
        """Remember an onboarding that is not finished; None: it is."""
        ...

    async def save_address(self, typed: str) -> None:
        """Save the address of the server that was signed in to."""
        ...

    async def missing(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return those that are not there now."""
        ...

    async def save_folders(self, folders: tuple[str, ...]) -> None:
        """Save the folders to back up; rules of those that stay are kept."""
        ...

    async def save_plan(self, plan: Plan) -> None:
        """Save when to back up."""
        ...
