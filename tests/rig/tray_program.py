"""A smallest tray program: one magenta icon whose menu has "Leave". For the test of the rig."""

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

app = QApplication(sys.argv)
app.setQuitOnLastWindowClosed(False)
pixmap = QPixmap(24, 24)
pixmap.fill(QColor("#ff00ff"))
menu = QMenu()
menu.addAction("Leave", app.quit)
tray = QSystemTrayIcon(QIcon(pixmap))
tray.setContextMenu(menu)
tray.show()
sys.exit(app.exec())
