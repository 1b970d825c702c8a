"""Wiring of who is signed in."""

from collections.abc import Mapping

from tray_app.adapters import logs
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.engine.session import Session


def open_session(
    locations: Locations, environ: Mapping[str, str], *, allow_prompt: bool = True
) -> Session:
    """Wire the session of this computer; `allow_prompt` False in the background.

    Secrets of the environment are kept out of the log from here on.
    """
    for name in ("IMMICH_API_KEY", "IMMICH_PASSWORD"):
        logs.hide(environ.get(name))
    secrets = KeyringSecrets(locations.keychain_service, allow_prompt=allow_prompt)
    return Session(ImmichDoor(), secrets, AccountFile(locations.account_file), environ)
