"""Opens pages in the person's browser."""

import logging
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

log = logging.getLogger(__name__)


def open_page(address: str) -> bool:
    """Ask the desktop to show `address`; False where it cannot, or where it is no web page.

    Only http and https with a host: an address from settings or a server must not start a
    program through another scheme.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        log.warning("Not a web page, so it was not opened: scheme %r", url.scheme())
        return False
    return QDesktopServices.openUrl(url)


def open_own_file(path: Path) -> bool:
    """Show a text file of ours in the person's editor; False where the desktop cannot."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
