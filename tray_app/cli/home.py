"""The small wiring that commands without a run need: folders and log."""

import os

from tray_app.adapters import logs
from tray_app.adapters.locations import Locations, find_locations
from tray_app.adapters.settings_file import SettingsFile
from tray_app.core.errors import NeedsUser


def open_home() -> Locations:
    """Find and create our folders and begin the log; raises NeedsUser(DISK)."""
    locations = find_locations(os.environ)
    locations.create()
    try:
        detailed = SettingsFile(locations.settings_file).load().settings.advanced_troubleshooting
    except NeedsUser:
        detailed = False
    logs.set_up(locations.logs, detailed=detailed)
    return locations
