"""Numbers, times and names as a person reads them; no widgets."""

import re
from datetime import datetime, timedelta, tzinfo

from tray_app.ui.language import clock, locale, tr

_SPACES = re.compile(r"\s+")
_SMALL_WORDS = frozenset(
    {"A", "An", "It", "No", "Something", "The", "There", "This", "You", "Your"}
)
_WEEK = timedelta(days=6)
_JOINERS = "\u200c\u200d"  # emoji families and several scripts need them


def clock_time(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Say a time within a day as "14:02", any other with its day."""
    day = day_word(when, now, zone)
    return clock(when.astimezone(zone).time()) if day == tr("today") else moment(when, now, zone)


def moment(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Say "today 14:02", "Tuesday 14:02" within the week around now, else "3 May 14:02"."""
    return tr(
        "{day} {time}", day=day_word(when, now, zone), time=clock(when.astimezone(zone).time())
    )


def day_word(when: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Name the day of `when` as seen from `now`; `zone` None is the computer's."""
    day, today = when.astimezone(zone).date(), now.astimezone(zone).date()
    near = {-1: tr("yesterday"), 0: tr("today"), 1: tr("tomorrow")}.get((day - today).days)
    if near:
        return near
    if abs(day - today) <= _WEEK:
        return locale().dayName(day.isoweekday())
    name = locale().monthName(day.month)
    if day.year == today.year:
        return tr("{day} {month}", day=day.day, month=name)
    return tr("{day} {month} {year}", day=day.day, month=name, year=day.year)


def one_line(text: str) -> str:
    r"""Make foreign text safe to stand in a line of ours.

    Line breaks become spaces, the rest is as in `visible`; `<` becomes a look-alike, since some
    tray hosts read a tooltip as markup.
    """
    return _tame(visible(_SPACES.sub(" ", text).strip()))


def no_markup(text: str) -> str:
    """Keep foreign text in a tooltip from being read as markup; its lines stay."""
    return _tame("\n".join(map(visible, text.split("\n"))))


def visible(text: str) -> str:
    r"""Show every letter of foreign text where only plain text is shown, as in a table.

    Undecodable bytes show as `\xff`; control characters, line breaks and the marks that turn the
    reading direction as escapes.
    """
    return "".join(
        letter if letter.isprintable() or letter in _JOINERS else _escaped(letter)
        for letter in text
    )


def _tame(text: str) -> str:
    """Take look-alikes for what makes Qt and tray hosts guess that a text is markup."""
    return text.replace("<", "\u2039").replace("&lt;", "\ufe60lt;")


def _escaped(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return letter.encode("unicode_escape", "backslashreplace").decode("ascii")


def elided(text: str, limit: int) -> str:
    """Shorten in the middle to `limit` characters, so that a name keeps its ending."""
    if len(text) <= limit:
        return text
    tail = (limit - 1) // 3
    return f"{text[: limit - 1 - tail]}…{text[-tail:]}"


def cut(text: str, limit: int) -> str:
    """Shorten a sentence at a word to at most `limit` characters."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rsplit(" ", 1)[0] or text[: limit - 1]
    return f"{kept}…"


def after_colon(sentence: str) -> str:
    """Lower the capital of a small first word; a name keeps its own."""
    first, _, _ = sentence.partition(" ")
    return sentence[0].lower() + sentence[1:] if first in _SMALL_WORDS else sentence
