"""A person's two ways with the program: by mouse, or by the keyboard alone.

Both look at the screen through the screen reader, act, look again, and act again where nothing
came of it: on a busy machine a key may come before the window has it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.rig.at_spi import ScreenReader, State, Thing
from tests.rig.processes import RigError, wait_until
from tests.rig.screen import Screen, Window

PATIENCE = 40.0  # seconds until something is given up
_AGAIN = 2.0  # seconds after which nothing came of a click or a key
_LIGHT = 1.0  # seconds for the mouse to light an entry up
_STEP = 10  # pixels, less than an entry of a menu is high
_FIELDS = ("text", "spin box")


@dataclass
class Hands:
    """Sees one window of the program at a time: the one whose title starts with `window`."""

    screen: Screen
    reader: ScreenReader
    window: str = ""
    seen: list[Thing] = field(default_factory=list)

    def look(self) -> list[Thing]:
        """Everything in the window now."""
        self.seen = list(self.reader.things(self.window))
        return self.seen

    def things(self, name: str, role: str = "") -> list[Thing]:
        """What is called exactly so."""
        return [it for it in self.look() if it.name == name and role in ("", it.role)]

    def words(self) -> str:
        """All that can be read in the window."""
        parts = [self.reader.text(it) if it.role in _FIELDS else it.name for it in self.look()]
        return "\n".join(parts)

    def reads(self, *parts: str, seconds: float = PATIENCE) -> str:
        """Wait until all of these can be read in the window."""
        return self._wait(
            f"{parts} in {self.window!r}",
            lambda: (said := self.words()) and all(part in said for part in parts) and said,
            seconds,
        )

    def turn_to(self, window: str) -> None:
        """Work in another window from now on; it is there when this returns."""
        self.window = window
        self._wait(window, lambda: any(it.has(State.SHOWING) for it in self.look()))

    def is_ready(self, name: str) -> bool:
        """Whether there is something of that name that can be used now."""
        return any(it.has(State.SHOWING, State.SENSITIVE) for it in self._usable(name, ""))

    def find(self, name: str, role: str = "") -> Thing:
        """Wait until there is something of that name that can be used."""
        usable = (State.SHOWING, State.SENSITIVE)
        ready = lambda: [it for it in self._usable(name, role) if it.has(*usable)]  # noqa: E731
        return self._wait(f"{role or 'thing'} {name!r}", ready)[0]

    def _usable(self, name: str, role: str) -> list[Thing]:
        return [it for it in self.things(name, role) if it.role not in ("label", "dialog", "frame")]

    def again_until(self, what: str, act: Callable[[], object], done: Callable[[], Any]) -> Any:
        """Act, and act again whenever nothing came of it, until `done()`."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            act()
            try:
                return wait_until(what, done, _AGAIN)
            except RigError:
                continue
        raise RigError(f"{what} did not come; {self._seen()}")

    def _wait(self, what: str, probe: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        try:
            return wait_until(what, probe, seconds)
        except RigError as exc:
            raise RigError(f"{exc}; {self._seen()}") from None

    def _seen(self) -> str:
        return "seen was:\n" + "\n".join(f"{it.role} {it.name!r}" for it in self.seen if it.name)

    def _typed(self, name: str, text: str) -> bool:
        it = next(it for it in self.things(name) if it.role in _FIELDS)
        found = self.reader.text(it)
        dots = len(found) == len(text) and not any(letter.isascii() for letter in found)
        return found == text or (dots and len(set(found)) == 1)

    def _field(self, name: str) -> Thing:
        return self._wait(
            f"field {name!r}",
            lambda: next((it for it in self.things(name) if it.role in _FIELDS), None),
        )

    def _type_over(self, text: str) -> None:
        self.screen.key("ctrl+a")
        self.screen.type(text)


class Mouse(Hands):
    """Clicks on what is seen."""

    def press(self, name: str, done: Callable[[], Any]) -> None:
        """Click on the button or entry of this name until `done()`."""
        self.again_until(
            f"answer to {name!r}", lambda: self.screen.click(*self.find(name).center), done
        )

    pick = press

    def write(self, name: str, text: str, done: Callable[[], Any] | None = None) -> None:
        """Fill a field, until `done()` or the text is in it."""

        def act() -> None:
            self.screen.click(*self._field(name).center)
            self._type_over(text)

        wanted = done or (lambda: self._typed(name, text))
        self.again_until(f"{text!r} in {name!r}", act, wanted)

    def choose(self, *entries: str, done: Callable[[], Any]) -> None:
        """Click through the menu of the icon in the panel."""
        ends = time.monotonic() + PATIENCE
        before = self._popups()
        while time.monotonic() < ends:
            try:
                self._click_through(entries)
                chosen = True
            except RigError:
                chosen = False
            try:  # what was chosen has happened, or was chosen although it did not look so
                wait_until(f"answer to {entries}", done, PATIENCE if chosen else _AGAIN)
            except RigError:
                for _ in self._popups().keys() - before.keys():
                    self.screen.key("Escape")  # a menu that is still open
                continue
            return
        raise RigError(f"nothing came of {entries}; {self._seen()}")

    def _popups(self) -> dict[str, Window]:
        """Windows as high as a menu that are no notifications."""
        toasts = {it.id for it in self.screen.windows("Dunst")}
        found = [it for it in self.screen.windows("") if it.height > _STEP * 3]
        return {it.id: it for it in found if it.id not in toasts}

    def _click_through(self, entries: tuple[str, ...]) -> None:
        icon = wait_until("tray icon", self.screen.find_tray_icon)
        act: Callable[[], None] = lambda: self.screen.click(*icon.center)  # noqa: E731  the first
        for entry in entries:
            popup = self._opened(act)
            it = self._entry(popup, entry)
            act = lambda it=it: self.screen.click(*it.center)  # noqa: E731  bound to this one
        act()

    def _opened(self, act: Callable[[], None]) -> Window:
        known = self._popups()
        act()
        new = lambda: [it for key, it in self._popups().items() if key not in known]  # noqa: E731
        return wait_until("menu", new, 5)[0]

    def _entry(self, popup: Window, name: str) -> Thing:
        """Move over the menu, from its last entry up, until the entries are known."""
        self.reader.newly_focused()
        for y in range(popup.y + popup.height - _STEP, popup.y, -_STEP):
            self.screen.move(popup.x + popup.width // 2, y)
            if not (place := self._focused_soon()):
                continue
            found = [it for it in self.reader.beside(place) if it.name == name]
            if found and found[0].has(State.SHOWING, State.SENSITIVE):
                return found[0]
            raise RigError(f"no {name!r} in the menu")
        raise RigError(f"the menu does not say what is in it: {name!r}")

    def _focused_soon(self) -> tuple[str, str] | None:
        try:
            return wait_until("lit entry", self.reader.newly_focused, _LIGHT)
        except RigError:
            return None


class Keys(Hands):
    """Never touches the mouse: Tab leads to a control, Space or Enter uses it."""

    def press(self, name: str, done: Callable[[], Any]) -> None:
        """Tab to the button of this name and press it until `done()`."""

        def act() -> None:
            if self._usable(name, ""):  # it goes away with what it does
                self._tab_to(name)
                self.screen.key("space")

        self.find(name)
        self.again_until(f"answer to {name!r}", act, done)

    def pick(self, name: str, done: Callable[[], Any]) -> None:
        """Tab to the list that has this line, and go down to it."""
        self.find(name)
        self._tab(lambda: any(it.has(State.FOCUSED) and self._holds(it, name) for it in self.seen))
        self.screen.key("Home")
        self._step_until("Down", lambda: any(_chosen(it) for it in self._usable(name, "")))
        # A table's first line has the keys before it is chosen; Space chooses it.
        self.again_until(f"answer to {name!r}", lambda: done() or self.screen.key("space"), done)

    def write(self, name: str, text: str, done: Callable[[], Any] | None = None) -> None:
        """Fill a field, until `done()` or the text is in it."""

        def act() -> None:
            self._tab_to(name)
            self._type_over(text)

        self._field(name)
        wanted = done or (lambda: self._typed(name, text))
        self.again_until(f"{text!r} in {name!r}", act, wanted)

    def choose(self, *entries: str, done: Callable[[], Any]) -> None:
        """Go through the menu of a button, named first."""
        button, *rest = entries
        if not rest:
            self.press(button, done)
            return
        self._tab_to(button)
        self.reader.newly_focused()
        self.screen.key("space")
        (wanted,) = rest

        def down() -> bool:
            self.screen.key("Down")
            place = wait_until("lit entry", self.reader.newly_focused, _AGAIN)
            return self._is(place, wanted)

        wait_until(f"entry {wanted!r}", down)
        self.screen.key("Return")
        self._wait(f"answer to {entries}", done)

    def _is(self, place: tuple[str, str], name: str) -> bool:
        return any(it.place == place and it.name == name for it in self.reader.beside(place))

    def _tab_to(self, name: str) -> None:
        self._tab(lambda: any(it.name == name and it.has(State.FOCUSED) for it in self.seen))

    def _tab(self, there: Callable[[], bool]) -> None:
        self.look()
        self._step_until("Tab", there)

    def _step_until(self, key: str, there: Callable[[], bool]) -> None:
        """Press a key until the focus is there."""
        ends = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > ends:
                raise RigError(f"{key} does not lead there; {self._seen()}")
            before = self._focus()
            self.screen.key(key)
            self._moved(before)

    def _focus(self) -> list[tuple[str, str]]:
        return [it.place for it in self.seen if _chosen(it)]

    def _holds(self, box: Thing, name: str) -> bool:
        return any(it.name == name and box.covers(*it.center) for it in self.seen)

    def _moved(self, before: list[tuple[str, str]]) -> None:
        """Wait until the focus is elsewhere; it may stay where nothing else takes it."""
        try:
            wait_until("moved focus", lambda: self.look() and self._focus() != before, 1)
        except RigError:
            return


def _chosen(it: Thing) -> bool:
    return it.has(State.FOCUSED) or it.has(State.SELECTED)
