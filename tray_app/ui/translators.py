"""Sets the language of the window: our catalogues, Qt's own, and how numbers are written."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from tray_app.core.phrase_reading import PhraseReader
from tray_app.core.setting_specs import Language
from tray_app.ui import language
from tray_app.ui.resources import resource, resource_path


def picked(wanted: Language, preferred: Sequence[str]) -> Language:
    """Choose among our languages; `preferred` are those of the system, the best one first."""
    if wanted is not Language.SYSTEM:
        return wanted
    ours = {str(one) for one in Language} - {Language.SYSTEM}
    spoken = (name.replace("_", "-").partition("-")[0] for name in preferred)
    return Language(next((name for name in spoken if name in ours), Language.EN))


def speak(app: QCoreApplication, wanted: Language = Language.SYSTEM) -> None:
    """Speak this language from now on; what is on the screen already stays as it is."""
    system = QLocale.system()
    spoken = picked(wanted, system.uiLanguages())
    QLocale.setDefault(_locale(spoken, system))
    if spoken is Language.EN:
        return
    for file in (*_own(spoken), _qt(spoken)):
        translator = QTranslator(app)
        if translator.load(file):
            app.installTranslator(translator)
    language.recognise(reader().read)


def reader() -> PhraseReader:
    """Read plain texts, as they come from databases and sockets, by the phrases there are."""
    found = json.loads(resource("translations/phrases.json"))
    return PhraseReader((template, one) for template, one in found)


def _own(spoken: Language) -> Sequence[str]:
    return [resource_path(f"translations/{name}_{spoken}.qm") for name in language.CONTEXTS]


def _qt(spoken: Language) -> str:
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return f"{folder}/qtbase_{spoken}.qm"


def _locale(spoken: Language, system: QLocale) -> QLocale:
    """Take the system's way of writing where it speaks that language, else the usual one."""
    usual = QLocale(spoken)
    if system.language() in (usual.language(), QLocale.Language.C) and spoken is Language.EN:
        return system
    return system if system.language() == usual.language() else usual
