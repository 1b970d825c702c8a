"""What psutil leaves out of the kernel's list of power supplies.

psutil takes the first battery by name, which may be a mouse's, and knows mains only under two
names. Source: Documentation/ABI/testing/sysfs-class-power of the kernel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("/sys/class/power_supply")

_BATTERY = "Battery"
# All that feeds a computer: "Mains", and "USB" in its variants.
_FEEDS = ("Mains", "USB", "Wireless")


@dataclass(frozen=True, slots=True)
class Supplies:
    """This computer's own supplies; `online` False: known to be unplugged, None: nobody says.

    `capacities` are percent.
    """

    batteries: tuple[str, ...]
    statuses: tuple[str, ...]
    capacities: tuple[float, ...]
    online: bool | None

    @property
    def percent(self) -> float | None:
        """How full they are together, as if all were of one size."""
        return sum(self.capacities) / len(self.capacities) if self.capacities else None

    @property
    def on_ac(self) -> bool | None:
        """Whether something feeds the computer; a held charge ("Not charging") means yes."""
        if not self.batteries or self.online:
            return True
        if "Discharging" in self.statuses:
            return False
        if self.online is False:
            return False
        known = [it for it in self.statuses if it != "Unknown"]
        return True if known else None


def own_supplies(folder: Path = FOLDER) -> Supplies:
    """Read the list; supplies of peripherals (scope "Device") are no supplies of ours.

    Raises OSError when the folder is there but cannot be read.
    """
    own = list(_own(folder))
    batteries = [path for path, kind in own if kind == _BATTERY]
    plugs = [_word(path / "online") for path, kind in own if kind.startswith(_FEEDS)]
    full = [_word(path / "capacity") for path in batteries]
    told = [it for it in plugs if it]
    return Supplies(
        batteries=tuple(path.name for path in batteries),
        statuses=tuple(_word(path / "status") for path in batteries),
        capacities=tuple(float(it) for it in full if it.isdigit()),
        online=any(it != "0" for it in told) if told else None,
    )


def _own(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if _word(path / "scope") != "Device":
            yield path, _word(path / "type")


def _word(path: Path) -> str:
    """Return one attribute; "" where a driver has none or the device just left."""
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
