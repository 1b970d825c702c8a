"""`immich-tray login` and `immich-tray logout`."""

import asyncio
import logging
import os
import sys

import click

from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app import autostart, system_job
from tray_app.app.browser_sign_in import browser_parts, forget_scheme
from tray_app.app.session import open_session
from tray_app.app.trust import look_at, may_be_trusted, trust
from tray_app.app.way import forget_secrets
from tray_app.cli.browser import Terminal
from tray_app.cli.home import open_home
from tray_app.cli.output import asked_secret, complain, errors_in_words, say
from tray_app.core.account import FoundServer, Identity, Method
from tray_app.core.errors import NeedsUser
from tray_app.core.pins import spelled
from tray_app.core.setting_specs import AlbumMode
from tray_app.engine.browser_sign_in import sign_in_with_browser
from tray_app.engine.session import Session

log = logging.getLogger(__name__)


@click.command()
@click.argument("url")
@click.option("--api-key", is_flag=True, help="Sign in with an API key.")
@click.option("--email", metavar="E", help="Sign in with this e-mail address and a password.")
@click.option("--browser", is_flag=True, help="Sign in through the browser (OAuth).")
@click.option(
    "--trust",
    "fingerprint",
    metavar="FINGERPRINT",
    help="Trust the server's certificate if its SHA-256 fingerprint is this one.",
)
def login(
    url: str, *, api_key: bool, email: str | None, browser: bool, fingerprint: str | None
) -> None:
    """Sign in to the Immich server at URL.

    The password or key is asked for, or read as the first line of standard input.
    """
    if api_key + bool(email) + browser > 1:
        raise click.UsageError("Use either --api-key, --email or --browser.")
    method = Method.API_KEY if api_key else Method.OAUTH if browser else Method.PASSWORD
    if method is Method.PASSWORD and not email and not sys.stdin.isatty():
        raise click.UsageError("Say --email E, --browser or --api-key.")
    with errors_in_words():
        asyncio.run(_login(url, method, email, fingerprint))


@click.command()
@click.option(
    "--secrets",
    "all_secrets",
    is_flag=True,
    help="Also forget the secrets of proxy, client key and headers in the keychain.",
)
def logout(*, all_secrets: bool) -> None:
    """Sign out; photos, settings and the record of what is backed up stay."""
    with errors_in_words():
        locations = open_home()
        session = open_session(locations, os.environ)
        known = session.known()
        warning = asyncio.run(_sign_out(locations, session))
        if warning:
            complain(warning)
        if all_secrets:  # last: the way to the server needs them
            forget_secrets(locations, KeyringSecrets(locations.keychain_service))
        say(f"Signed out of {known.url}." if known else "You were not signed in.")


async def _sign_out(locations: Locations, session: Session) -> str:
    try:
        return await session.sign_out()
    finally:
        forget_scheme(os.environ)
        await system_job.take_away(locations, os.environ)
        await autostart.take_away(locations, os.environ)


async def _login(typed: str, method: Method, email: str | None, fingerprint: str | None) -> None:
    locations = open_home()
    session = open_session(locations, os.environ)
    file = SettingsFile(locations.settings_file)
    found = await _find(locations, session, typed, fingerprint)
    for warning in found.warnings:
        complain(f"Note: {warning}")
    if method is Method.OAUTH:
        parts = browser_parts(locations, os.environ, Terminal())
        identity = await sign_in_with_browser(session, parts, found.url)
    elif method is Method.PASSWORD:
        identity = await _with_password(session, found.url, email)
    else:
        albums = file.load().settings.album_mode is not AlbumMode.OFF
        identity = await session.sign_in_with_key(found.url, asked_secret("API key"), albums=albums)
    log.info("Signed in at %s.", found.url)
    say(f"Signed in as {identity.email} at {identity.url} (Immich {found.version}).")
    try:
        file.create()
        file.change("serverUrl", typed.strip())
    except NeedsUser as exc:  # signed in all the same; the file is the person's to correct
        complain(f"Note: {exc.words()}")
    await system_job.keep_in_step(locations, os.environ)


async def _find(
    locations: Locations, session: Session, typed: str, fingerprint: str | None
) -> FoundServer:
    """Find the server; where its certificate is not trusted, let the person decide."""
    try:
        return await session.find(typed)
    except NeedsUser as exc:
        secrets = KeyringSecrets(locations.keychain_service)
        shown = await look_at(locations, secrets, typed) if may_be_trusted(exc) else None
        if shown is None:
            raise
        if fingerprint is None and sys.stdin.isatty():
            complain(f"{exc.reason}\nSHA-256 fingerprint: {spelled(shown.fingerprint)}")
            complain("Compare it with what the server itself says before you trust it.")
            click.confirm("Trust this certificate from now on?", abort=True, err=True)
            fingerprint = shown.fingerprint
        if fingerprint is None:
            complain(
                f"{shown.place} shows a certificate with the fingerprint"
                f" {spelled(shown.fingerprint)}; to trust it, add --trust FINGERPRINT."
            )
            raise
    trust(locations, shown, fingerprint)
    return await session.find(typed)


async def _with_password(session: Session, url: str, email: str | None) -> Identity:
    await session.require_way(url, Method.PASSWORD)
    email = email or str(click.prompt("E-mail", err=True))
    return await session.sign_in_with_password(url, email, asked_secret("Password"))
