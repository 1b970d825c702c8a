"""The lengths of a pause, for the tray's menu and the window's button."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from tray_app.core.pauses import minutes_until_tomorrow
from tray_app.engine.commands import Commands
from tray_app.ui.language import mark, tr

_PAUSES = ((mark("30 minutes"), 30), (mark("1 hour"), 60))


def pause_menu(commands: Commands, now: Callable[[], datetime], parent: QWidget) -> QMenu:
    """Return the menu; `now` gives the aware wall clock."""
    menu = QMenu(tr("Pause for"), parent)
    menu.setAccessibleName(tr("Pause for"))
    for label, minutes in _PAUSES:
        entry(menu, label, partial(commands.pause, minutes))
    entry(menu, mark("Until tomorrow"), lambda: commands.pause(minutes_until_tomorrow(now())))
    entry(menu, mark("Until I resume"), partial(commands.pause, None))
    return menu


def entry(menu: QMenu, label: str, act: Callable[[], None]) -> QAction:
    """Add an entry that does `act`; its English `label` names it in code."""
    made = menu.addAction(tr(label))
    made.setObjectName(label)
    # The signal brings `checked`, which no command wants.
    made.triggered.connect(lambda _checked: act())
    return made


def menu_text(text: str) -> str:
    """Return foreign text for an entry: a single "&" would mark the next letter as a shortcut."""
    return text.replace("&", "&&")
