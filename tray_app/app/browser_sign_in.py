"""Wiring of signing in through the browser."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial

from tray_app.adapters import logs
from tray_app.adapters.immich.oauth import ImmichOAuth
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.loopback import Loopback
from tray_app.adapters.private_file import write_private
from tray_app.adapters.scheme import Scheme
from tray_app.app.system_job import own_program
from tray_app.app.way import load_way
from tray_app.desktop.browser import Browser
from tray_app.desktop.linux import url_scheme
from tray_app.engine.browser_sign_in import Parts
from tray_app.ports.browser import Pages, Person
from tray_app.ui.display import has_display


def browser_parts(
    locations: Locations,
    environ: Mapping[str, str],
    person: Person,
    pages: Pages | None = None,
    say: Callable[[str], str] = str,
) -> Parts:
    """Wire all but the session; `pages` None: the browser of the system, without Qt.

    `say` puts our page in the browser into the person's language.
    """
    return Parts(
        door=ImmichOAuth(partial(load_way, locations, KeyringSecrets(locations.keychain_service))),
        pages=pages or Browser(environ, has_display),
        person=person,
        ways=(Loopback(say), Scheme(locations, environ, lambda: _register(locations, environ))),
        hide=logs.hide,
    )


def forget_scheme(environ: Mapping[str, str]) -> None:
    """Take away what made this program the one for `app.immich:` addresses."""
    if sys.platform == "linux":
        url_scheme.unregister(environ)


async def _register(locations: Locations, environ: Mapping[str, str]) -> bool:
    """Register this installation where that takes no installer."""
    words = own_program(environ)
    if sys.platform != "linux" or words is None:
        return False
    home = ("--home", os.fspath(locations.data.parent)) if locations.own_home else ()
    return await asyncio.to_thread(url_scheme.register, (*words, *home), environ, write_private)
