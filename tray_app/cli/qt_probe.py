"""`immich-tray qt-probe`, which `doctor` starts: a broken display would end doctor itself."""

import sys

import click


@click.command(hidden=True)
def qt_probe() -> None:
    """Start Qt and say whether this desktop shows a tray."""
    from PySide6.QtWidgets import QApplication, QSystemTrayIcon  # noqa: PLC0415  may end us

    application = QApplication(sys.argv[:1])
    click.echo("tray" if QSystemTrayIcon.isSystemTrayAvailable() else "no tray")
    application.quit()
