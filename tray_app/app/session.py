"""Wiring of who is signed in."""

import hashlib
from collections.abc import Mapping
from functools import partial

from tray_app.adapters import logs
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.app.way import load_way
from tray_app.engine.session import EMAIL, KEY, PASSWORD, URL, Session


def named_account(environ: Mapping[str, str]) -> str:
    """Return a digest of the sign-in that the environment names, "" where it names none.

    Two processes compare it to know that they mean the same account, without telling a secret.
    """
    values = [environ.get(name, "") for name in (URL, KEY, EMAIL, PASSWORD)]
    if not any(values):
        return ""
    return hashlib.sha256("\0".join(values).encode(errors="surrogateescape")).hexdigest()


def open_session(
    locations: Locations, environ: Mapping[str, str], *, allow_prompt: bool = True
) -> Session:
    """Wire the session of this computer; `allow_prompt` False in the background.

    Secrets of the environment are kept out of the log from here on.
    """
    for name in ("IMMICH_API_KEY", "IMMICH_PASSWORD"):
        logs.hide(environ.get(name))
    secrets = KeyringSecrets(locations.keychain_service, allow_prompt=allow_prompt)
    door = ImmichDoor(partial(load_way, locations, secrets))
    return Session(door, secrets, AccountFile(locations.account_file), environ)
