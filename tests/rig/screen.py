"""See and touch the virtual screen: Xvfb's own frame buffer, mouse and keys by xdotool."""

import re
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

_HEADER = struct.Struct(">25I")  # of the X11 window dump format, in which Xvfb keeps the screen
_WINDOW = re.compile(r"^\s*(0x[0-9a-f]+) .*?(\d+)x(\d+)[+-]\S+\s+\+(-?\d+)\+(-?\d+)$")
_TREE_TRIES = 20


@dataclass(frozen=True, slots=True)
class Window:
    """A window's place on the screen, in pixels from the top left corner."""

    id: str
    x: int
    y: int
    width: int
    height: int

    @property
    def center(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Screen:
    """One virtual screen. `env` names the display; `framebuffer` is the folder given to Xvfb."""

    def __init__(self, env: dict[str, str], framebuffer: Path) -> None:
        self._env, self._dump = env, framebuffer / "Xvfb_screen0"

    def image(self) -> QImage:
        """The whole screen as it is now."""
        data = self._dump.read_bytes()
        header = _HEADER.unpack_from(data)
        start = header[0] + header[19] * 12  # past the header and the colour map
        width, height, stride = header[4], header[5], header[12]
        pixels = data[start : start + stride * height]
        return QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()

    def screenshot(self, path: Path) -> Path:
        """Save the screen as a PNG file; its path."""
        if not self.image().save(str(path)):
            raise OSError(f"the screenshot could not be written to {path}")
        return path

    def colors(self, window: Window) -> set[str]:
        """The colours in a window's place, as "#rrggbb"."""
        picture = self.image()
        xs = range(window.x, window.x + window.width)
        ys = range(window.y, window.y + window.height)
        return {picture.pixelColor(x, y).name() for x in xs for y in ys if picture.valid(x, y)}

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move the mouse there and click; button 3 is the right one."""
        # Not --sync: with the mouse already there xdotool waits 15 s for a move that never comes.
        self._run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def move(self, x: int, y: int) -> None:
        """Move the mouse there; what follows is seen after it."""
        self._run("xdotool", "mousemove", str(x), str(y))

    def key(self, *names: str) -> None:
        """Press keys by their X11 names, for example "Down", "Return", "ctrl+q"."""
        self._run("xdotool", "key", "--clearmodifiers", *names)

    def type(self, text: str) -> None:
        """Type letter by letter."""
        self._run("xdotool", "type", "--delay", "5", text)

    def window_titles(self) -> list[str]:
        """The titles of all visible windows."""
        ids = self._run("xdotool", "search", "--onlyvisible", "--name", ".").split()
        return [self._run("xdotool", "getwindowname", window).strip() for window in ids]

    def windows(self, title: str, within: str = "-root") -> list[Window]:
        """Every window, at any depth, whose title starts so (xwininfo prints it in quotes)."""
        place = ["-root"] if within == "-root" else ["-id", within]
        tree = self._tree(*place)
        lines = [line for line in tree.splitlines() if f'"{title}' in line]
        found = [match for line in lines if (match := _WINDOW.match(line))]
        return [Window(m[1], int(m[4]), int(m[5]), int(m[2]), int(m[3])) for m in found]

    def find_tray_icon(self, title: str = "") -> Window | None:
        """The first icon that the panel has taken in (XEmbed), or the one with this title."""
        for panel in self.windows("tint2"):
            for icon in self.windows(title, within=panel.id):
                return icon
        return None

    def _tree(self, *place: str) -> str:
        """List windows; again when one went away while the list was being made."""
        for _ in range(_TREE_TRIES - 1):
            try:
                return self._run("xwininfo", *place, "-tree")
            except OSError as exc:
                if "X Error" not in str(exc):
                    raise
        return self._run("xwininfo", *place, "-tree")

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self._env, capture_output=True, text=True, timeout=20, check=False
        )
        if done.returncode != 0 and "search" not in command:  # xdotool finds nothing: status 1
            raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout
