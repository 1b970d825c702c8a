"""The doors of signing in through the browser: pages out, ways back, and the person before it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple, Protocol

from tray_app.core.oauth import Attempt, Returned
from tray_app.core.server import SignIn

Offer = Callable[[str], bool]
"""Takes an address that came back; False: it is not the one that is waited for."""


class Asked(NamedTuple):
    """The person has to sign in on a page.

    `page`: its address where no browser could be opened for it, else "". `last`: there is no
    other redirect address to try when the page complains about this one. `redirect`: where the
    browser comes back to, with which an address that is pasted begins.
    """

    redirect: str
    last: bool
    page: str = ""


class NotTaken(NamedTuple):
    """What the person gave was not what is waited for, and why."""

    words: str


Step = Asked | NotTaken


class Person(Protocol):
    """Who signs in: a prompt or a window. To give up, they cancel the whole sign-in."""

    def told(self, step: Step) -> None:
        """Show where the sign-in stands."""
        ...

    async def answer(self) -> str:
        """Return an address that was pasted, or "": the page complains about the redirect address.

        Waits for ever where nobody can answer; is cancelled and called again.
        """
        ...


class Pages(Protocol):
    """The person's browser."""

    async def open(self, address: str) -> bool:
        """Show a web page; False: there is no browser here, or it did not start."""
        ...


class Way(Protocol):
    """One redirect address, and what listens for what comes back to it."""

    def open(self, offer: Offer) -> AbstractAsyncContextManager[str]:
        """Listen while the context lasts, which gives the redirect address.

        Each address that comes is offered, from the loop. A way may be deaf: then pasting is left.
        """
        ...


class OAuthDoor(Protocol):
    """A server's half of signing in through the browser (protocol 1.6); `url` is its API base."""

    async def begin(self, url: str, redirect: str, attempt: Attempt) -> str:
        """Return the page on which the person signs in; raises NeedsUser, TryLater."""
        ...

    async def exchange(self, url: str, returned: Returned, attempt: Attempt) -> SignIn:
        """Make a session of what came back; raises NeedsUser(SIGN_IN), TryLater."""
        ...
