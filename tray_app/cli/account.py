"""Wiring of the session for commands that sign in, out, or look at the sign-in."""

import os

from tray_app.adapters import logs
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.engine.session import Session


def open_session(locations: Locations, *, allow_prompt: bool = True) -> Session:
    """Wire the session of this computer; `allow_prompt` False in the background."""
    for name in ("IMMICH_API_KEY", "IMMICH_PASSWORD"):
        logs.hide(os.environ.get(name))
    secrets = KeyringSecrets(locations.keychain_service, allow_prompt=allow_prompt)
    return Session(ImmichDoor(), secrets, AccountFile(locations.account_file), os.environ)
