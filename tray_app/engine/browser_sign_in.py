"""Signing in through the browser, step by step; whoever awaits it may cancel it at any step."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tray_app.core.account import Identity, Method
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.oauth import RANDOM_BYTES, Attempt, Foreign, Refused, Returned, judge, refusal
from tray_app.core.phrase import phrase
from tray_app.engine.session import Session
from tray_app.ports.browser import Asked, NotTaken, OAuthDoor, Pages, Person, Way

PATIENCE = 600.0  # seconds for reading, a second factor, and looking for the phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What it works with. `ways` are tried in their order; `hide` keeps secrets out of the log."""

    door: OAuthDoor
    pages: Pages
    person: Person
    ways: Sequence[Way]
    hide: Callable[[str], None]
    patience: float = PATIENCE
    random: Callable[[int], bytes] = secrets.token_bytes


async def sign_in_with_browser(session: Session, parts: Parts, url: str) -> Identity:
    """Sign in at an API address and keep the session, as after signing in by password.

    Which redirect address is registered only the provider knows, and it tells the person alone:
    they pass on to the next way. Raises NeedsUser, TryLater; nothing is kept then.
    """
    await session.require_way(url, Method.OAUTH)
    deadline = asyncio.timeout(parts.patience)
    try:
        async with deadline:
            attempt, returned = await _returned(parts, url)
    except TimeoutError as exc:
        if not deadline.expired():
            raise
        raise NeedsUser(
            phrase("Nobody signed in through the browser in time."),
            need=Need.SIGN_IN,
            remedy=phrase("Start the sign-in again."),
        ) from exc
    parts.hide(returned.code)
    sign_in = await parts.door.exchange(url, returned, attempt)
    parts.hide(sign_in.access_token or "")
    return await session.adopt(sign_in, Method.OAUTH)


async def _returned(parts: Parts, url: str) -> tuple[Attempt, Returned]:
    *others, last = parts.ways
    for way in others:
        if found := await _by(parts, url, way, last=False):
            return found
    found = await _by(parts, url, last, last=True)
    if found is None:
        raise AssertionError("the last way has no next one")
    return found


async def _by(parts: Parts, url: str, way: Way, *, last: bool) -> tuple[Attempt, Returned] | None:
    """Go one way to its end; None: the person asks for the next."""
    waiting = _Waiting(Attempt.of(parts.random(RANDOM_BYTES)))
    parts.hide(waiting.attempt.state)
    parts.hide(waiting.attempt.verifier)
    async with way.open(waiting.offer) as redirect:
        waiting.redirect = redirect
        page = await parts.door.begin(url, redirect, waiting.attempt)
        opened = await parts.pages.open(page)
        parts.person.told(Asked(redirect, last, "" if opened else page))
        ended = await waiting.outcome(parts.person, last=last)
    if isinstance(ended, Refused):
        raise refusal(ended, urlsplit(url).hostname or url)
    return None if ended is None else (waiting.attempt, ended)


class _Waiting:
    """One attempt: what comes back is offered to it, by the browser or by the person, once."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.redirect = ""  # not known yet: nothing can come back
        self._arrived: asyncio.Future[Returned | Refused] = (
            asyncio.get_running_loop().create_future()
        )

    def offer(self, text: str) -> bool:
        """Take an address if it is the one; each only once, so that no code is used again."""
        return self._taken(text) is None

    def _taken(self, text: str) -> Foreign | None:
        if not self.redirect or self._arrived.done():
            return Foreign.STATE
        verdict = judge(text, self.redirect, self.attempt.state)
        if isinstance(verdict, Foreign):
            return verdict
        self._arrived.set_result(verdict)
        return None

    async def outcome(self, person: Person, *, last: bool) -> Returned | Refused | None:
        """Wait for browser or person, whoever is first; None: the next way is asked for."""
        while not self._arrived.done():
            typed = await self._typed(person)
            if typed is None:
                break
            if typed:
                if why := self._taken(typed):
                    person.told(NotTaken(why.value))
            elif last:
                person.told(NotTaken(phrase("There is no other address to try.")))
            else:
                return None
        return self._arrived.result()

    async def _typed(self, person: Person) -> str | None:
        """Return what the person answers; None: the browser came back first."""
        answer = asyncio.ensure_future(person.answer())
        either: set[asyncio.Future[Any]] = {answer, self._arrived}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            return None if self._arrived.done() else answer.result().strip()
        finally:
            answer.cancel()
            await asyncio.gather(answer, return_exceptions=True)
