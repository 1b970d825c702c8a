"""The program in German, for tests and pictures, and back again."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from tray_app.core.setting_specs import Language
from tray_app.ui import language
from tray_app.ui.translators import speak


@contextmanager
def speaking(app: QCoreApplication, wanted: Language = Language.DE) -> Iterator[None]:
    before = QLocale()
    speak(app, wanted)
    try:
        yield
    finally:
        for translator in app.findChildren(QTranslator):
            app.removeTranslator(translator)
            translator.deleteLater()
        language.recognise(str)
        QLocale.setDefault(before)
