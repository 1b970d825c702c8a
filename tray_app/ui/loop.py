"""Qt and asyncio on one loop, and the ways such a program is told to end."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import qasync
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from tray_app.ui.garbage import garbage_collected_here
from tray_app.ui.icons import app_icon
from tray_app.ui.view import APP_NAME

PROGRAM = "immich-tray"
Main = Callable[[QApplication, asyncio.Event], Awaitable[int]]

log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def run_with_qt(main: Main, argv: Sequence[str] = (PROGRAM,)) -> int:
    """Run `main(app, quit_requested)` with both loops and return its exit status.

    SIGINT, SIGTERM, SIGHUP and every wish of Qt or the desktop to quit set `quit_requested`;
    `main` ends in its own time. A second signal ends the process at once.
    """
    with _qt_messages_in_the_log():
        app = _application(argv)
        quit_requested = asyncio.Event()
        guard = _QuitGuard(quit_requested)
        app.installEventFilter(guard)
        with (
            garbage_collected_here(),
            asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner,
        ):
            ended = asyncio.Event()
            try:
                status = runner.run(_main(main, app, quit_requested, ended))
            except RuntimeError:
                if ended.is_set():
                    raise
                _die_with_the_screen()
        app.removeEventFilter(guard)
    return status


async def _main(
    main: Main, app: QApplication, quit_requested: asyncio.Event, ended: asyncio.Event
) -> int:
    try:
        with _signals_set(quit_requested):
            return await main(app, quit_requested)
    finally:
        ended.set()


def _die_with_the_screen() -> NoReturn:
    """End at once: Qt has left its loop for good, so that nothing can be awaited any more.

    That happens when the display server goes away under us, as at the end of some sessions. The
    databases stand any kill; what was under way is still in the queue.
    """
    log.error("The screen has gone away, and the program with it. The next start goes on.")
    logging.shutdown()
    os._exit(1)


def _application(argv: Sequence[str]) -> QApplication:
    # At logout an X11 session manager would end the Qt loop under the awaiting main, and start
    # a copy of us at the next login beside the one of autostart. We get SIGTERM all the same.
    os.environ.pop("SESSION_MANAGER", None)
    QCoreApplication.setApplicationName(PROGRAM)
    QApplication.setApplicationDisplayName(APP_NAME)
    # A Flatpak's menu entry is named by its id; windows are grouped and shown under that name.
    QApplication.setDesktopFileName(os.environ.get("FLATPAK_ID") or PROGRAM)
    instance = QApplication.instance()
    app = instance if isinstance(instance, QApplication) else QApplication(list(argv))
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(app_icon())
    return app


class _QuitGuard(QObject):
    """Turns `QApplication.quit()`, whoever calls it, into a request that `main` serves."""

    def __init__(self, quit_requested: asyncio.Event) -> None:
        super().__init__()
        self._quit_requested = quit_requested

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() != QEvent.Type.Quit:
            return super().eventFilter(watched, event)
        self._quit_requested.set()
        return True


@contextmanager
def _signals_set(quit_requested: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()

    def on_signal() -> None:
        quit_requested.set()
        for number in caught:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    if sys.platform == "win32":
        # No signal handlers in Windows' loops; a tray program there has no console to send one.
        yield
        return
    # SIGHUP: the end of the session, or of the terminal; `nohup` asks to survive that.
    caught = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        caught.append(signal.SIGHUP)
    for number in caught:
        loop.add_signal_handler(number, on_signal)
    try:
        yield
    finally:
        for number in caught:
            loop.remove_signal_handler(number)


@contextmanager
def _qt_messages_in_the_log() -> Iterator[None]:
    def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        _qt_log.log(_LEVELS[kind], "%s: %s", context.category or "qt", message)

    previous = qInstallMessageHandler(handle)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
