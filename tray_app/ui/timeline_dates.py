"""Months and dates of the timeline as the locale writes them."""

from PySide6.QtCore import QDateTime, QLocale, QTimeZone

from tray_app.core.timeline import NO_DATE, Month, year_and_month
from tray_app.ui import timeline_words as words
from tray_app.ui.language import tr


def month_title(month: Month) -> str:
    """Write "March 2024", "März 2024"."""
    if month == NO_DATE:
        return tr(words.NO_DATE)
    year, number = year_and_month(month)
    name = QLocale().standaloneMonthName(number)
    return f"{name[:1].upper()}{name[1:]} {year}"


def date_text(taken_ms: int | None) -> str:
    """Write a wall-clock time; "" where nobody knows it."""
    if taken_ms is None:
        return ""
    moment = QDateTime.fromMSecsSinceEpoch(taken_ms, QTimeZone(QTimeZone.Initialization.UTC))
    moment.setTimeZone(QTimeZone(QTimeZone.Initialization.LocalTime))
    locale = QLocale()
    date = locale.toString(moment.date(), QLocale.FormatType.LongFormat)
    return f"{date} {locale.toString(moment.time(), QLocale.FormatType.ShortFormat)}"
