"""Signing in and out, and knowing at each start who we are (design section 3)."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from tray_app.core.account import FoundServer, Identity, Method, WaysIn, somebody_else
from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.permissions import require_permissions
from tray_app.core.phrase import phrase
from tray_app.core.server import Account, SignIn
from tray_app.ports import Door, Identities, Secrets

URL, KEY = "IMMICH_INSTANCE_URL", "IMMICH_API_KEY"
EMAIL, PASSWORD = "IMMICH_EMAIL", "IMMICH_PASSWORD"


class Loaded(NamedTuple):
    """A sign-in ready to use.

    `temporary`: a session to be ended with `finish` after the run. `user_id`: who is known at
    this address; None at the first meeting, then `check` remembers who answered.
    """

    sign_in: SignIn
    method: Method
    temporary: bool = False
    user_id: str | None = None


class SignedIn(NamedTuple):
    """A sign-in the server has confirmed for the user we know."""

    loaded: Loaded
    account: Account


class Session:
    """Owns who is signed in. Environment variables go before what is saved."""

    def __init__(
        self, door: Door, secrets: Secrets, identities: Identities, environ: Mapping[str, str]
    ) -> None:
        self._door = door
        self._secrets = secrets
        self._identities = identities
        self._given = {
            name: value for name in (URL, KEY, EMAIL, PASSWORD) if (value := environ.get(name))
        }

    def known(self) -> Identity | None:
        """Return the remembered identity, without asking keychain or server."""
        return self._identities.load()

    async def find(self, typed: str) -> FoundServer:
        """Find the server a person means, by the way of the settings; raises like `Door.find`."""
        return await self._door.find(typed)

    async def ways_in(self, url: str) -> WaysIn:
        """Ask how one may sign in there; raises TryLater where the server does not tell."""
        return await self._door.ways_in(url)

    async def load_sign_in(self) -> Loaded:
        """Return the sign-in of the environment, else of the keychain, and the way to use it.

        With variables the server is asked for its address; else nothing is sent.
        Raises NeedsUser(SIGN_IN) when nobody signed in, NeedsUser(KEYCHAIN).
        """
        return await self.equipped(await self._load())

    async def equipped(self, loaded: Loaded) -> Loaded:
        """Add the way to the server as the settings name it now; raises NeedsUser(SETTINGS)."""
        return loaded._replace(sign_in=await self._door.equip(loaded.sign_in, loaded.user_id))

    async def _load(self) -> Loaded:
        if self._given:
            loaded = await self._from_environment()
            known = self._previous()
            same = known is not None and known.url == loaded.sign_in.url
            return loaded._replace(user_id=known.user_id if known and same else None)
        identity = self._identities.load()
        if identity is None:
            raise NeedsUser(
                phrase("You are not signed in to a server."),
                need=Need.SIGN_IN,
                remedy=phrase("Sign in: immich-tray login URL."),
            )
        secret = await self._secret(identity)
        if secret is None:
            raise NeedsUser(
                phrase(
                    "The keychain has no entry for {email} at {url}.",
                    email=identity.email,
                    url=identity.url,
                ),
                need=Need.SIGN_IN,
                remedy=phrase("Sign in again."),
            )
        return Loaded(identity.sign_in(secret), identity.method, user_id=identity.user_id)

    async def open(self) -> SignedIn:
        """Load the sign-in and ask the server who we are.

        Raises NeedsUser(IDENTITY) when another user answers at the known address; only a 401
        is NeedsUser(SIGN_IN), everything else leaves the sign-in as it is.
        """
        loaded = await self.load_sign_in()
        try:
            account = await self._door.who(loaded.sign_in)
            self.check(loaded, account)
        except BaseException:
            await self.finish(loaded)
            raise
        return SignedIn(loaded, account)

    def check(self, loaded: Loaded, account: Account) -> None:
        """Compare the answer of `users/me` with the identity we know; remember a first one."""
        known = self._identities.load()
        url = loaded.sign_in.url
        if known and known.url == url and known.user_id != account.user_id:
            raise somebody_else(account.email, url, known.email)
        if loaded.method.from_environment and (known is None or known.method.from_environment):
            identity = _identity(url, account, loaded.method)
            if identity != known:
                self._identities.save(identity)

    async def finish(self, loaded: Loaded) -> None:
        """End a session that only this run could use; a server out of reach is no error."""
        if loaded.temporary:
            with suppress(TrayError):
                await self._door.log_out(loaded.sign_in)

    async def sign_in_with_password(self, url: str, email: str, password: str) -> Identity:
        """Open a session at an API address and keep its token; the password is not kept."""
        return await self.adopt(await self._door.log_in(url, email, password), Method.PASSWORD)

    async def adopt(self, sign_in: SignIn, method: Method) -> Identity:
        """Keep a session that was just opened for us; where that fails, the session is ended."""
        try:
            account = await self._door.who(sign_in)
            return await self._keep(_identity(sign_in.url, account, method), sign_in)
        except BaseException:
            await self.finish(Loaded(sign_in, method, temporary=True))
            raise

    async def require_way(self, url: str, method: Method) -> None:
        """Raise NeedsUser where the server has this way to sign in switched off, naming others.

        A server that does not tell is tried.
        """
        with suppress(TryLater):
            ways = await self._door.ways_in(url)
            if objection := ways.objection(method, urlsplit(url).hostname or url):
                raise objection

    async def sign_in_with_key(self, url: str, key: str, *, albums: bool = False) -> Identity:
        """Keep an API key that may do all we need; else NeedsUser names what it lacks."""
        sign_in = SignIn.with_key(url, key)
        await self.check_permissions(sign_in, albums=albums)
        account = await self._door.who(sign_in)
        return await self._keep(_identity(url, account, Method.API_KEY), sign_in)

    async def check_permissions(self, sign_in: SignIn, *, albums: bool) -> None:
        """Raise NeedsUser(PERMISSION) naming every permission our API key lacks."""
        if not sign_in.api_key:
            return
        require_permissions(await self._door.key_permissions(sign_in), albums=albums)

    async def sign_out(self) -> str:
        """Forget identity and secret and end the session; returns a warning or ``.

        Photos and databases stay. What cannot be done at the server is told, not raised.
        """
        identity = self._identities.load()
        if identity is None:
            return ""
        warning = ""
        try:
            warning = await self._forget(identity)
        finally:
            self._identities.clear()
        return warning

    async def _forget(self, identity: Identity) -> str:
        secret = await self._secret(identity)
        if secret is None:
            return ""
        await asyncio.to_thread(self._secrets.delete, identity.secret_name)
        if not identity.method.is_session:
            return ""
        try:
            await self._door.log_out(identity.sign_in(secret))
        except NeedsUser as exc:
            return "" if exc.need is Need.SIGN_IN else _session_stays(exc)
        except TrayError as exc:
            return _session_stays(exc)
        return ""

    async def _keep(self, identity: Identity, sign_in: SignIn) -> Identity:
        before = self._previous()
        old = await self._secret(before) if before else None
        secret = sign_in.api_key or sign_in.access_token or ""
        await asyncio.to_thread(self._secrets.set, identity.secret_name, secret)
        self._identities.save(identity)
        if before and old and old != secret:
            await self._drop(before, old, same_entry=before.secret_name == identity.secret_name)
        return identity

    async def _drop(self, before: Identity, old: str, *, same_entry: bool) -> None:
        if not same_entry:
            await asyncio.to_thread(self._secrets.delete, before.secret_name)
        if before.method.is_session:
            with suppress(TrayError):
                await self._door.log_out(before.sign_in(old))

    def _previous(self) -> Identity | None:
        try:
            return self._identities.load()
        except NeedsUser:  # a damaged record is what signing in again repairs
            return None

    async def _secret(self, identity: Identity) -> str | None:
        return await asyncio.to_thread(self._secrets.get, identity.secret_name)

    async def _from_environment(self) -> Loaded:
        given = self._given
        check_environment(given)
        found = await self._door.find(given[URL])
        if KEY in given:
            return Loaded(SignIn.with_key(found.url, given[KEY]), Method.ENVIRONMENT_KEY)
        return await self._kept_session(found) or await self._new_session(found)

    async def _kept_session(self, found: FoundServer) -> Loaded | None:
        """Return the session an earlier run could keep, if the server still knows it."""
        known = self._previous()
        if known is None or (known.url, known.email, known.method) != (
            found.url,
            self._given[EMAIL],
            Method.ENVIRONMENT_PASSWORD,
        ):
            return None
        try:
            if not (token := await self._secret(known)):
                return None
            await self._door.who(known.sign_in(token))
        except NeedsUser:
            return None
        return Loaded(known.sign_in(token), known.method)

    async def _new_session(self, found: FoundServer) -> Loaded:
        sign_in = await self._door.log_in(found.url, self._given[EMAIL], self._given[PASSWORD])
        loaded = Loaded(sign_in, Method.ENVIRONMENT_PASSWORD, temporary=True)
        try:
            return loaded._replace(temporary=not await self._held(loaded))
        except BaseException:
            await self.finish(loaded)
            raise

    async def _held(self, loaded: Loaded) -> bool:
        """Try to keep the token for the next run; no keychain is no error here."""
        known = self._previous()
        if known and not known.method.from_environment:
            return False
        account = await self._door.who(loaded.sign_in)
        self.check(loaded, account)
        identity = _identity(loaded.sign_in.url, account, loaded.method)
        try:
            token = loaded.sign_in.access_token or ""
            await asyncio.to_thread(self._secrets.set, identity.secret_name, token)
        except NeedsUser:
            return False
        return True


_EITHER = phrase("{key} (or {email} and {password})", key=KEY, email=EMAIL, password=PASSWORD)


def _both(names: list[str]) -> str:
    first, *second = names
    return phrase("{what} and {words}", what=first, words=second[0]) if second else first


def check_environment(given: Mapping[str, str]) -> None:
    """Raise NeedsUser(SIGN_IN) naming the variables that are missing from a set."""
    if URL in given and (KEY in given or (EMAIL in given and PASSWORD in given)):
        return
    wanted = [URL] if URL not in given else []
    if KEY not in given:
        missing = [name for name in (EMAIL, PASSWORD) if name not in given]
        wanted += [_EITHER] if len(missing) == 2 else missing
    raise NeedsUser(
        phrase(
            "Of the environment variables for signing in, {names} is missing.",
            names=_both(wanted),
        ),
        need=Need.SIGN_IN,
        remedy=phrase("Set it, or unset {names}.", names=", ".join(given)),
    )


def _identity(url: str, account: Account, method: Method) -> Identity:
    return Identity(url, account.user_id, account.email, account.name, method)


def identity_of(signed_in: SignedIn) -> Identity:
    """Say who that is."""
    loaded = signed_in.loaded
    return _identity(loaded.sign_in.url, signed_in.account, loaded.method)


def _session_stays(exc: TrayError) -> str:
    return phrase(
        "The server could not be told: {reason} Remove this computer there "
        "under Account Settings, Authorised Devices.",
        reason=exc.reason,
    )
