"""A program's tray icon as a StatusNotifier host sees it over D-Bus, and its menu's entries."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, DBusErrorResponse

from tests.rig.bus import SNI_WATCHER, SessionBus

_PROPERTIES = "org.freedesktop.DBus.Properties"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"


def items(bus: SessionBus) -> list["Item"]:
    """The icons that the watcher knows; none while there is no watcher."""
    try:
        known = _read(bus, "/StatusNotifierWatcher", SNI_WATCHER, SNI_WATCHER)
    except DBusErrorResponse:
        return []
    names = known["RegisteredStatusNotifierItems"]
    return [Item(bus, *name.split("/", 1)) for name in names]


@dataclass(frozen=True)
class Item:
    """One icon: `owner` is its program's name on the bus, `path` its object there."""

    bus: SessionBus
    owner: str
    path: str

    def properties(self) -> dict[str, Any]:
        """All that it tells of itself."""
        return _read(self.bus, f"/{self.path}", self.owner, _ITEM)

    def sizes(self) -> list[int]:
        """The widths of its pictures, in pixels."""
        return sorted(width for width, _, _ in self.properties()["IconPixmap"])

    def picture(self) -> str:
        """A name for what its pictures show."""
        shown = self.properties()["IconPixmap"]
        return hashlib.sha256(b"".join(bytes(data) for _, _, data in shown)).hexdigest()

    def tooltip(self) -> str:
        """The words of its tooltip."""
        _, _, title, _ = self.properties()["ToolTip"]
        return title

    def menu(self) -> dict[str, tuple[int, bool]]:
        """The visible entries: by text (without mnemonics) their number and whether enabled."""
        _, layout = self._call("GetLayout", "iias", 0, -1, [])
        return {
            entry["label"][1].replace("_", ""): (number, entry.get("enabled", ("b", True))[1])
            for number, entry in _entries(layout)
            if "label" in entry
        }

    def choose(self, text: str) -> None:
        """Choose an entry as a panel does."""
        number, enabled = self.menu()[text]
        assert enabled, text
        self._call("Event", "isvu", number, "clicked", ("s", ""), int(time.time()) % 2**31)

    def _call(self, method: str, signature: str, *body: Any) -> tuple:
        menu = DBusAddress(self.properties()["Menu"], self.owner, _MENU)
        return self.bus.call(menu, method, signature, *body)


def _entries(layout: tuple) -> Iterator[tuple[int, dict[str, Any]]]:
    number, properties, children = layout
    if properties.get("visible", ("b", True))[1]:
        yield number, properties
        for _, child in children:
            yield from _entries(child)


def _read(bus: SessionBus, path: str, owner: str, interface: str) -> dict[str, Any]:
    address = DBusAddress(path, owner, _PROPERTIES)
    (found,) = bus.call(address, "GetAll", "s", interface)
    return {name: value for name, (_, value) in found.items()}
