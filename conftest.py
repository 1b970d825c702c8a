"""Keep every test away from the display, keyring and notifications of the person who runs it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(name, None)

pytest_plugins = ["tests.measurements", "tests.rig.fixtures"]
