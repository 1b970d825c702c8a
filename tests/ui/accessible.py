"""What is wrong with a window for who cannot see it well, or has no mouse; empty lists are good.

Names, roles, places and states come from Qt's accessibility interface; focus and contrast are
looked for in what is painted.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from tests.ui.contrast import contrast
from tray_app.ui.plain_text import PlainText

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit)  # their insides are theirs
TO_BE_READ = (PlainText,)  # sentences on a page: read with it, nothing to be done there
NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)
ROW = 24  # pixels: what is less apart is in one row
LEAST = 4.5
MOST_TABS = 150


def controls(top: QWidget) -> list[QWidget]:
    """Everything one can use that is seen in this window."""
    return [
        it
        for it in top.findChildren(QWidget)
        if isinstance(it, INTERACTIVE)
        and it.isVisibleTo(top)
        and not _is_inside(it)
        and not isinstance(it, QHeaderView | QMenu)
        and it.window() is top.window()
    ]


def _is_inside(it: QWidget) -> bool:
    above = it.parentWidget()
    while above:
        if isinstance(above, WHOLE):
            return True
        above = above.parentWidget()
    return False


def described(it: QWidget) -> str:
    face = QAccessible.queryAccessibleInterface(it)
    name = face.text(QAccessible.Text.Name) if face else ""
    return f"{type(it).__name__} {name or it.objectName() or 'without a name'!r}"


def nameless(top: QWidget) -> list[str]:
    """Controls without a name or a role."""
    found = []
    for it in [top, *controls(top)]:
        face = QAccessible.queryAccessibleInterface(it)
        if not face.text(QAccessible.Text.Name) or (it is not top and face.role() in NO_ROLE):
            found.append(described(it))
    return found


def walked(top: QWidget) -> list[QWidget]:
    """Where Tab leads, round the whole window from its top on."""
    usable = [it for it in controls(top) if it.isEnabled() and it.focusPolicy()]
    corner = lambda it: it.mapTo(top, QPoint(0, 0)).toTuple()  # noqa: E731
    min(usable, key=lambda it: (corner(it)[1] // ROW, corner(it)[0])).setFocus()
    seen: list[QWidget] = []
    while (here := QApplication.focusWidget()) not in seen and len(seen) < MOST_TABS:
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return seen


def out_of_reach(top: QWidget, stops: list[QWidget]) -> list[str]:
    """Controls in use to which no Tab leads, nor an arrow from the radio button beside."""
    return [
        described(it)
        for it in controls(top)
        if it.isEnabled()
        and it not in stops
        and it.focusProxy() not in stops
        and not _by_arrow(it, stops)
        and not isinstance(it, TO_BE_READ)
    ]


def _by_arrow(it: QWidget, stops: list[QWidget]) -> bool:
    """One of a group of radio buttons is enough."""
    return type(it).__name__ == "QRadioButton" and any(
        type(stop).__name__ == "QRadioButton" and stop.parent() is it.parent() for stop in stops
    )


def against_reading(top: QWidget, stops: list[QWidget]) -> list[str]:
    """Steps of Tab that go up or to the left within one column of the window."""
    found = []
    for before, after in pairwise(stops):
        one, other = (it.mapTo(top, QPoint(0, 0)) for it in (before, after))
        if isinstance(before, QTabBar) or _column(before, top) is not _column(after, top):
            continue
        same_row = abs(other.y() - one.y()) < ROW
        if other.y() < one.y() - ROW or (same_row and other.x() < one.x()):
            found.append(f"{described(before)} -> {described(after)}")
    return found


def _column(it: QWidget, top: QWidget) -> QWidget:
    """The part of the window that scrolls with it, or the child of a stack, or the window."""
    above = it.parentWidget()
    while above and above is not top:
        if type(above).__name__ in ("QStackedWidget", "QScrollArea"):
            return above
        above = above.parentWidget()
    return top


def unseen_focus(top: QWidget, stops: list[QWidget]) -> list[str]:
    """Controls that look the same with the focus as without it."""
    found = []
    for it, other in zip(stops, [*stops[1:], stops[0]], strict=True):
        if it is other:
            continue
        _scroll_to(it)
        it.setFocus(Qt.FocusReason.TabFocusReason)
        lit = _part(top, it)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        if _part(top, it) == lit:
            found.append(described(it))
    return found


def _scroll_to(it: QWidget) -> None:
    above = it.parentWidget()
    while above:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(it)
        above = above.parentWidget()


def _part(top: QWidget, it: QWidget) -> QImage:
    top.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after a real Tab
    place = QRect(it.mapTo(top, QPoint(0, 0)), it.size()).adjusted(-3, -3, 3, 3)
    return top.grab(place & top.rect()).toImage()


def hard_to_read(top: QWidget) -> list[str]:
    """Texts in use whose strongest pixel stands out too little from their ground."""
    picture = top.grab().toImage()
    ratio = picture.devicePixelRatio()
    found = []
    for it in _written(top):
        place = QRect(it.mapTo(top, QPoint(0, 0)), it.size()) & top.rect() & _seen(it, top)
        if place.width() < 4 or place.height() < 8:
            continue  # scrolled out of sight
        scaled = QRect(place.topLeft() * ratio, place.size() * ratio)
        if (best := _contrast(picture.copy(scaled))) < LEAST:
            found.append(f"{described(it)}: {best:.2f}")
    return found


def _seen(it: QWidget, top: QWidget) -> QRect:
    """The part of the window where it may be seen, inside of all that scrolls around it."""
    place, above = top.rect(), it.parentWidget()
    while above and above is not top:
        if isinstance(above, QAbstractScrollArea):
            port = above.viewport()
            place &= QRect(port.mapTo(top, QPoint(0, 0)), port.size())
        above = above.parentWidget()
    return place


def _written(top: QWidget) -> Iterator[QWidget]:
    for it in top.findChildren(QWidget):
        if not it.isVisibleTo(top) or not it.isEnabled() or it.window() is not top.window():
            continue
        if (
            (isinstance(it, QLabel | QAbstractButton) and it.text())
            or (isinstance(it, QLineEdit) and (it.text() or it.placeholderText()))
            or (isinstance(it, QComboBox) and it.currentText())
        ):
            yield it


def _contrast(picture: QImage) -> float:
    colours = Counter(
        picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    ground = QColor(colours.most_common(1)[0][0])
    return max(contrast(QColor(colour), ground) for colour in colours)


def faults(top: QWidget) -> list[str]:
    """Everything that is wrong with this window as it is now, except its colours."""
    stops = walked(top)
    return [
        *(f"no name or role: {it}" for it in nameless(top)),
        *(f"Tab does not lead to {it}" for it in out_of_reach(top, stops)),
        *(f"Tab goes back: {it}" for it in against_reading(top, stops)),
        *(f"focus is not seen: {it}" for it in unseen_focus(top, stops)),
    ]


def menu_faults(menu: QMenu) -> list[str]:
    """Entries without a name or a role, in this menu and those below."""
    face = QAccessible.queryAccessibleInterface(menu)
    found = [] if face.text(QAccessible.Text.Name) else [described(menu)]
    for number, action in enumerate(menu.actions()):
        entry = face.child(number)
        if action.isSeparator() or not action.isVisible():
            continue
        if not entry.text(QAccessible.Text.Name) or entry.role() in NO_ROLE:
            found.append(f"entry {number} of {described(menu)}")
        if action.menu():
            found += menu_faults(action.menu())
    return found


def dialogs() -> list[QDialog]:
    """Dialogs that are open now."""
    tops = QApplication.topLevelWidgets()
    return [it for it in tops if isinstance(it, QDialog) and it.isVisible()]
