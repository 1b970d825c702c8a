"""Colours derived from the palette of the system, so that light and dark come by themselves."""

from PySide6.QtGui import QColor

# Black on white becomes 6 to 1: plainly quieter than other text, and still easy to read.
TEXT_SHARE = 0.61


def mixed(front: QColor, back: QColor, share: float = TEXT_SHARE) -> QColor:
    """Return a colour between two: `share` (0-1) of the front one."""
    return QColor.fromRgbF(
        share * front.redF() + (1 - share) * back.redF(),
        share * front.greenF() + (1 - share) * back.greenF(),
        share * front.blueF() + (1 - share) * back.blueF(),
    )
