"""The doors to signing in: a server before it knows us, and what is remembered of us."""

from typing import Protocol

from tray_app.core.account import FoundServer, Identity, WaysIn
from tray_app.core.server import Account, SignIn


class Identities(Protocol):
    """Where the identity of the signed-in user is remembered."""

    def load(self) -> Identity | None:
        """Return who signed in last; raises NeedsUser(SIGN_IN) when the record is damaged."""
        ...

    def save(self, identity: Identity) -> None:
        """Remember; raises NeedsUser(DISK)."""
        ...

    def clear(self) -> None:
        """Forget."""
        ...


class Door(Protocol):
    """A server before and at sign-in (protocol 1.1 to 1.5)."""

    async def equip(self, sign_in: SignIn, user_id: str | None) -> SignIn:
        """Add how to get to the server; `user_id`: who has to answer, None: not known yet.

        Raises NeedsUser(KEYCHAIN, SETTINGS) when a secret of the connection cannot be had.
        """
        ...

    async def find(self, typed: str) -> FoundServer:
        """Find the server a person means; raises NeedsUser with distinct words, TryLater."""
        ...

    async def ways_in(self, url: str) -> WaysIn:
        """Ask how one may sign in there; raises TryLater where it does not tell."""
        ...

    async def log_in(self, url: str, email: str, password: str) -> SignIn:
        """Open a session; raises NeedsUser(SIGN_IN) when the server refuses."""
        ...

    async def log_out(self, sign_in: SignIn) -> None:
        """End a session."""
        ...

    async def who(self, sign_in: SignIn) -> Account:
        """Ask `users/me`; NeedsUser(SIGN_IN) means exactly: the server answered 401."""
        ...

    async def key_permissions(self, sign_in: SignIn) -> frozenset[str]:
        """Ask what our API key may do."""
        ...
