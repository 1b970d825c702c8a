"""Sentences for a person that can still be said in another language.

A phrase is its English sentence, everywhere: in logs, databases, JSON and tests. It also remembers
the template and the values it was made of, so that the window can say it anew
(docs/decisions/0012). Templates stand as literals in the calls: the catalogue is read from there.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Protocol, Self

Value = str | int | float | datetime | time
"""What a placeholder can hold: a phrase is translated too, a plain text (a file's name) is not."""

PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


class Phrase(str):
    """One sentence. `template` has `{name}` or `{name:format}`; `one` is its form for n = 1."""

    __slots__ = ("one", "template", "values")
    template: str
    one: str
    values: Mapping[str, Value]

    def __new__(
        cls, template: str, values: Mapping[str, Value], one: str = "", said: str | None = None
    ) -> Self:
        """`values` must not change afterwards; with `one` there is a value `n`.

        `said`: the English sentence where it is known, as it is when a plain text was read.
        """
        if said is None:
            form = one if one and values["n"] == 1 else template
            said = form.format_map(values) if values else form
        made = super().__new__(cls, said)
        made.template, made.values, made.one = template, values, one
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, Mapping[str, Value], str, str]]:
        return type(self), (self.template, self.values, self.one, str(self))


class Joined(str):
    """Several texts put together; each keeps what it is."""

    __slots__ = ("parts", "separator")
    separator: str
    parts: tuple[str, ...]

    def __new__(cls, separator: str, parts: tuple[str, ...]) -> Self:
        """Put the separator between the parts."""
        made = super().__new__(cls, separator.join(parts))
        made.separator, made.parts = separator, parts
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, tuple[str, ...]]]:
        return type(self), (self.separator, self.parts)


def phrase(template: str, /, **values: object) -> Phrase:
    """Say a sentence; without values braces mean themselves. An odd value is written at once."""
    return Phrase(template, {name: _kept(value) for name, value in values.items()})


def filled(said: Phrase, /, **values: object) -> Phrase:
    """Say a sentence of a table, whose places are still empty."""
    return phrase(said.template, **values)


def plural(one: str, many: str, /, n: int, **values: object) -> Phrase:
    """Say a sentence that depends on the count `n`; `many` names it in the catalogue."""
    return Phrase(many, {"n": n, **{name: _kept(value) for name, value in values.items()}}, one)


def _kept(value: object) -> Value:
    return value if isinstance(value, str | int | float | datetime | time) else str(value)


def join(separator: str, parts: Iterable[str]) -> str:
    """Put the texts that say something together."""
    said = tuple(part for part in parts if part)
    return said[0] if len(said) == 1 else Joined(separator, said)


def plain_text(value: object) -> str:
    """Let msgspec write a phrase as its sentence (an `enc_hook`)."""
    if isinstance(value, Phrase | Joined):
        return str(value)
    raise NotImplementedError(f"{type(value)} is no text")


class Tongue(Protocol):
    """How a language says things."""

    def template(self, template: str, n: int | None) -> str:
        """Return the translated template, in the form for the count `n` where there is one."""

    def value(self, value: float | datetime | time, spec: str) -> str:
        """Write a number, a time or a date; `spec` is Python's format: ",", ".1f", "%H:%M"."""


def spoken(text: str, tongue: Tongue) -> str:
    """Say a text in another language; what is no phrase stays as it is."""
    if isinstance(text, Joined):
        return text.separator.join(spoken(part, tongue) for part in text.parts)
    if not isinstance(text, Phrase):
        return text
    n = text.values["n"] if text.one else None
    translated = tongue.template(text.template, n if isinstance(n, int) else None)
    if translated == text.template and n == 1:
        translated = text.one  # not translated: English has two forms
    return _told(translated, text.values, tongue) if text.values else translated


def _told(template: str, values: Mapping[str, Value], tongue: Tongue) -> str:
    def said(match: re.Match[str]) -> str:
        value = values[match[1]]
        if isinstance(value, str):
            return spoken(value, tongue)
        return tongue.value(value, match[2] or "")

    return PLACEHOLDER.sub(said, template)
