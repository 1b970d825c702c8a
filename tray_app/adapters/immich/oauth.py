"""A server's half of signing in through the browser (protocol 1.6)."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tray_app.adapters.immich import wire
from tray_app.adapters.immich.auth import device_headers
from tray_app.adapters.immich.http import connected
from tray_app.core.errors import AssetRejected, Need, NeedsUser, TrayError, TryLater
from tray_app.core.oauth import Attempt, Returned, is_web_page
from tray_app.core.phrase import filled, phrase
from tray_app.core.redact import redacted
from tray_app.core.server import SignIn
from tray_app.core.way import Way

_ADMINISTRATOR = phrase("Ask the server's administrator.")
_REFUSALS = {  # parts of the server's words, and what to say
    "OAuth is not enabled": (
        phrase("{host} has signing in by the browser (OAuth) switched off."),
        phrase("Sign in with --email E or --api-key."),
    ),
    "auto registering is disabled": (
        phrase("There is no account for you at {host}, and it makes none by itself."),
        phrase(
            "Ask the server's administrator."
            " An account with the e-mail address of the provider is needed."
        ),
    ),
}


class ImmichOAuth:
    """Port `OAuthDoor` over HTTP; `way` reads the connection options, in a thread of its own."""

    def __init__(self, way: Callable[[], Way] = Way) -> None:
        self._way = way

    async def begin(self, url: str, redirect: str, attempt: Attempt) -> str:
        """Ask for the page on which the person signs in."""
        body = wire.OAuthBegin(redirect, attempt.state, attempt.challenge)
        host = urlsplit(url).hostname or url
        with _in_words(host, phrase("cannot use its sign-in provider"), (attempt.state,)):
            async with connected(await self._at(url)) as http:
                page = await http.send("POST", "/oauth/authorize", wire.OAuthPage, body=body)
        if not is_web_page(page.url):
            raise NeedsUser(
                phrase("{host} names something that is no web page to sign in.", host=host),
                need=Need.SIGN_IN,
                remedy=_ADMINISTRATOR,
            )
        return page.url

    async def exchange(self, url: str, returned: Returned, attempt: Attempt) -> SignIn:
        """Let the server exchange the code; the session is named after this computer."""
        body = wire.OAuthReturn(returned.url, attempt.state, attempt.verifier)
        secrets = (returned.url, returned.code, attempt.state, attempt.verifier)
        host = urlsplit(url).hostname or url
        with _in_words(host, phrase("could not finish the sign-in"), secrets):
            async with connected(await self._at(url)) as http:
                answer = await http.send(
                    "POST", "/oauth/callback", wire.LoggedIn, body=body, headers=device_headers()
                )
        return SignIn(url, access_token=answer.access_token)

    async def _at(self, url: str) -> SignIn:
        return SignIn(url, way=await asyncio.to_thread(self._way))


@contextmanager
def _in_words(host: str, what: str, secrets: tuple[str, ...]) -> Iterator[None]:
    try:
        yield
    except TrayError as exc:
        if better := _better(exc, host, what, secrets):
            raise better from exc
        raise


def _better(exc: TrayError, host: str, what: str, secrets: tuple[str, ...]) -> TrayError | None:
    """Say what a refusal means here; None: trouble on the way is what it is.

    The server may repeat what it was sent, so its words lose our secrets first.
    """
    for mark, (reason, remedy) in _REFUSALS.items():
        if mark in exc.reason:
            return NeedsUser(
                filled(reason, host=host), need=Need.SIGN_IN, remedy=remedy, status=exc.status
            )
    if exc.status == 500:
        return TryLater(
            phrase("{host} {what} (500).", host=host, what=what),
            remedy=phrase("Try again; if it stays, the server's log tells its administrator why."),
            status=500,
        )
    said = redacted(exc.reason, secrets)
    if isinstance(exc, AssetRejected) or exc.status == 401:
        return NeedsUser(
            phrase("{host} {what}: {said}", host=host, what=what, said=said),
            need=Need.SIGN_IN,
            remedy=_ADMINISTRATOR,
            status=exc.status,
        )
    return TryLater(said, status=exc.status) if said != exc.reason else None
