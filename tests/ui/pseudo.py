"""A made-up language that shows which texts do not go through the catalogue.

Each translated text stands in brackets and is a third longer; values stay outside of them.
"""

import re
from collections.abc import Iterator

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tray_app.core.phrase import PLACEHOLDER
from tray_app.ui.language import CONTEXTS
from tray_app.ui.pattern_box import PatternBox

OPEN, CLOSE, LONGER = "⟦", "⟧", 0.3
_OF_QT = ("QPlatformTheme", "QTabBar")
_ROWS = 30  # of each list
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
# What no catalogue has: names, paths, addresses, keys to press, numbers.
DATA = re.compile(
    r"https?://\S+|\S*[/\\]\S*|\S+@\S+|\S+\.(?:jpe?g|heic|mp4|exe|tmp|zip|toml)\b"
    r"|(?:Ctrl|Shift|Alt)\+\S+|(?:[0-9A-F]{2}:?){8,}|\b[a-z]+\.[a-z]+[A-Z]\w*|Immich Tray"
    r"|Invalid value \(at line \d+, column \d+\)|Immich \d\S*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


class PseudoTranslator(QTranslator):
    """Translates our texts and Qt's; keys and names of Qt's stay as they are."""

    def isEmpty(self) -> bool:  # noqa: N802  Qt's name
        """Have texts."""
        return False

    def translate(self, context, source, disambiguation=None, n=-1):
        """Put it in brackets."""
        del disambiguation, n
        return wrapped(source) if context in (*CONTEXTS, *_OF_QT) else None


def wrapped(source: str) -> str:
    """Bracket what stands between the placeholders."""
    more = "·" * round(len(source) * LONGER)
    parts = PLACEHOLDER.sub(lambda match: f"{CLOSE}{match[0]}{OPEN}", source)
    return f"{OPEN}{more}{parts}{CLOSE}".replace(OPEN + CLOSE, "")


def untranslated(text: str, *data: str) -> list[str]:
    """Return the words that stand outside of brackets and are no data."""
    for known in data:
        text = text.replace(known, "")
    if CLOSE in text and text.find(CLOSE) < (text.find(OPEN) + 1 or len(text)):
        text = text.partition(CLOSE)[2]  # the line before has the beginning
    rest = re.sub(f"{OPEN}[^{CLOSE}]*({CLOSE}|$)", " ", text)
    return [word for word in _WORD.findall(DATA.sub(" ", rest)) if word not in _calendar()]


def _calendar() -> set[str]:
    locale = QLocale(QLocale.Language.English)
    return {locale.dayName(day) for day in range(1, 8)} | {
        locale.monthName(month) for month in range(1, 13)
    }


def texts(root: QWidget | QMenu) -> Iterator[tuple[str, str]]:
    """Return every text that can be seen or heard, each with where it stands."""
    foreign = [part for one in root.findChildren(QFileDialog) for part in one.findChildren(QObject)]
    for widget in (root, *root.findChildren(QWidget)):
        if widget in foreign:
            continue
        where = f"{type(widget).__name__} in {type(widget.parent() or root).__name__}"
        for text in (
            widget.windowTitle() if widget.isWindow() or isinstance(widget, QMenu) else "",
            widget.accessibleName(),
            widget.accessibleDescription(),
            widget.toolTip(),
            widget.statusTip(),
            widget.whatsThis(),
            *_own(widget),
        ):
            yield where, text
    for action in root.findChildren(QAction):
        if action in foreign:
            continue
        for text in (action.text(), action.toolTip(), action.statusTip()):
            yield f"action of {type(action.parent()).__name__}", text.replace("&", "")


def _own(widget: QWidget) -> Iterator[str]:  # noqa: C901  a case for each kind
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case PatternBox():
            return
        case QTextEdit():
            yield widget.toPlainText()
        case QPlainTextEdit():
            if type(widget.parent()).__name__ != "LogsPage":
                yield widget.toPlainText()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QSpinBox():
            yield widget.suffix()
            yield widget.specialValueText()
        case QAbstractSpinBox():
            return
        case QTabBar():
            yield from (widget.tabText(tab) for tab in range(widget.count()))
        case QAbstractItemView() if widget.model():
            yield from _cells(widget.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    columns = range(
        1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    )
    heads = (model.headerData(at, Qt.Orientation.Horizontal) for at in columns)
    yield from (head for head in heads if isinstance(head, str) and not head.isdigit())
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        for at in columns:
            for role in _ROLES:
                text = model.index(row, at).data(role)
                if isinstance(text, str):
                    yield text


def faults(root: QWidget | QMenu, *data: str) -> list[str]:
    """Say what is not translated, and where."""
    return sorted(
        {
            f"{where}: {text!r} has {words}"
            for where, text in texts(root)
            if (words := untranslated(text, *data))
        }
    )
