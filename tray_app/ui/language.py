"""The window's language: every text that a person sees goes through `tr`, `trn` or `localised`.

Without an installed catalogue all of them answer in English, as in a test of words alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from tray_app.core.phrase import Joined, Phrase, Value, phrase, plural, spoken

CONTEXTS = ("ui", "words")  # the catalogues: texts of the windows, texts made elsewhere
_in_english: ContextVar[bool] = ContextVar("in_english", default=False)


def mark(text: str) -> str:
    """Note a text for the catalogue, to be translated by `tr` where it is shown."""
    return text


def tr(text: str, /, **values: Value) -> str:
    """Say a text of ours; `{name}` stands for a value, which is written by the locale."""
    return localised(phrase(text, **values))


def trn(one: str, many: str, /, n: int, **values: Value) -> str:
    """Say a text that depends on the count `n`."""
    return localised(plural(one, many, n, **values))


def localised(text: str) -> str:
    """Say what was made elsewhere; what the catalogue does not know stays as it is."""
    if not isinstance(text, Phrase | Joined):
        text = _tongue.read(text)
    return spoken(text, _tongue)


@contextmanager
def english() -> Iterator[None]:
    """Say everything in English meanwhile, as other programs expect it (docs/decisions/0012)."""
    token = _in_english.set(True)
    try:
        yield
    finally:
        _in_english.reset(token)


def _given() -> QLocale:
    return QLocale.c() if _in_english.get() else QLocale()


def locale() -> QLocale:
    """Return how numbers and dates are written; English where nobody says anything."""
    given = _given()
    if given.language() == QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return given


def number(value: float, digits: int = 0) -> str:
    """Write a number: "1,234", "1.234"."""
    return locale().toString(value) if isinstance(value, int) else _decimal(value, digits)


def clock(when: time) -> str:
    """Write a time of day: "14:02", "2:02 PM"."""
    given = _given()
    if given.language() == QLocale.Language.C:
        return f"{when:%H:%M}"
    return given.toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)


def _decimal(value: float, digits: int) -> str:
    return locale().toString(value, "f", digits)


def recognise(read: Callable[[str], str]) -> None:
    """Let `localised` know plain texts, too; `read` gives the phrase that a text was."""
    _tongue.read = read


class _Qt:
    """Speaks what Qt's translators know (`tray_app.core.phrase.Tongue`)."""

    read: Callable[[str], str] = staticmethod(str)

    def template(self, template: str, n: int | None) -> str:
        for context in () if _in_english.get() else CONTEXTS:
            count = -1 if n is None else n
            said = QCoreApplication.translate(context, template, None, count)
            if said != template:
                return said
        return template

    def value(self, value: float | datetime | time, spec: str) -> str:
        if isinstance(value, datetime):
            return self._moment(value, spec)
        if isinstance(value, time):
            return clock(value)
        if isinstance(value, int) and not spec:
            return str(value)
        digits = int(spec.removesuffix("f").rpartition(".")[2] or 0) if "f" in spec else 0
        said = _decimal(value, digits) if digits or isinstance(value, float) else number(value)
        return said if "," in spec else said.replace(locale().groupSeparator(), "")

    def _moment(self, value: datetime, spec: str) -> str:
        if spec in ("%H:%M", "%X"):
            return clock(value.time())
        if spec.startswith("%a"):
            day = locale().dayName(value.isoweekday(), QLocale.FormatType.ShortFormat)
            return f"{day} {clock(value.time())}"
        date = locale().toString(
            QDate(value.year, value.month, value.day), QLocale.FormatType.ShortFormat
        )
        return date if "%H" not in spec else f"{date} {clock(value.time())}"


_tongue = _Qt()
