"""Keep every test away from the display, keyring, notifications and system of who runs it."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
    os.environ.pop(name, None)
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent/system-bus"

pytest_plugins = ["tests.measurements", "tests.rig.fixtures"]
