"""Wiring of the connection options: settings and the secrets that belong to them."""

import logging

from tray_app.adapters.locations import Locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.settings import Settings
from tray_app.core.way import Way, forgettable, way_of
from tray_app.ports import Secrets

log = logging.getLogger(__name__)


def load_way(locations: Locations, secrets: Secrets) -> Way:
    """Read how to get to the server; raises NeedsUser when a secret of it cannot be had.

    Of a broken settings file nothing counts: less is trusted then, never more.
    """
    return way_of(_settings(locations), secrets.get)


def forget_secrets(locations: Locations, secrets: Secrets) -> None:
    """Remove the secrets of proxy, client key and headers; raises NeedsUser(KEYCHAIN)."""
    for name in forgettable(_settings(locations)):
        secrets.delete(name)


def _settings(locations: Locations) -> Settings:
    try:
        return SettingsFile(locations.settings_file).load().settings
    except NeedsUser as exc:
        if exc.need is not Need.SETTINGS:
            raise
        log.warning("Connection options are not used: %s", exc.words())
        return Settings()
