"""Which phrase a plain English text is: texts come back plain from databases, sockets and logs."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from tray_app.core.phrase import PLACEHOLDER, Joined, Phrase, Value

Entry = tuple[str, str]
"""A template and its form for one (empty: it has no count)."""

# Values that may be phrases themselves; all others are data, which stay as they are.
NESTED = frozenset(
    [
        "allowed",
        "duration",
        "files",
        "kinds",
        "network",
        "reason",
        "reasons",
        "remedy",
        "size",
        "speed",
        "what",
        "why",
        "words",
    ]
)
_MEASURES = frozenset({"size", "files", "duration"})
_GROUPED, _DECIMAL = r"-?\d+(?:,\d{3})*", r"-?\d[\d,]*(?:\.\d+)?"
_MEASURE = r"\d.*?"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s(?=\S)")
_MOST_SENTENCES = 12
_REMEMBERED = 4096
_SEVERAL = 2  # where only the form tells that it is not one


class PhraseReader:
    """Reads plain texts by the templates there are."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._exact: dict[str, Entry] = {}
        self._first: dict[str, list[_Form]] = defaultdict(list)
        for template, one in entries:
            for form in filter(None, (template, one)):
                if PLACEHOLDER.search(form):
                    if any(map(str.isalpha, PLACEHOLDER.sub("", form))):  # else all would fit
                        self._first[_first_word(form)].append(_Form(form, (template, one)))
                else:
                    self._exact[form] = (template, one)
        for forms in self._first.values():
            forms.sort(key=lambda form: form.certainty, reverse=True)
        self.read = lru_cache(_REMEMBERED)(self._read)

    def _read(self, text: str) -> str:
        """Return the phrase, or the phrases joined; a part that is none stays plain."""
        if found := self._whole(text):
            return found
        ends = [match.start() for match in _SENTENCE_END.finditer(text)][:_MOST_SENTENCES]
        return self._split(text, ends)

    def _split(self, text: str, ends: list[int]) -> str:
        """Take the longest beginning that is a phrase; else pass over the first sentence."""
        parts: list[tuple[str, str]] = []  # text, and what stands before it
        begin, before = 0, ""
        while begin < len(text):
            later = [end for end in ends if end > begin]
            longest = (end for end in [len(text), *reversed(later)] if self._whole(text[begin:end]))
            end = next(longest, later[0] if later else len(text))
            parts.append((self._whole(text[begin:end]) or text[begin:end], before))
            begin, before = end + 1, text[end : end + 1]
        return _joined(parts, text)

    def _whole(self, text: str) -> Phrase | None:
        if entry := self._exact.get(text):
            template, one = entry
            return Phrase(template, {"n": 1 if text == one else _SEVERAL} if one else {}, one, text)
        for word in (text.split(" ", 1)[0], ""):
            for form in self._first.get(word, ()):
                if (values := form.values(text)) is not None:
                    return self._made(text, form, values)
        return None

    def _made(self, text: str, form: "_Form", read: dict[str, Value]) -> Phrase:
        for name, value in read.items():
            if name in NESTED and isinstance(value, str):
                read[name] = self.read(value)
        template, one = form.entry
        if one:
            read.setdefault("n", 1 if form.words == one else _SEVERAL)
        return Phrase(template, read, one, text)


def _joined(parts: list[tuple[str, str]], text: str) -> str:
    if not any(isinstance(part, Phrase) for part, _ in parts):
        return text
    if len({before for _, before in parts[1:]}) < 2:
        return Joined(parts[1][1] if len(parts) > 1 else "", tuple(part for part, _ in parts))
    return Joined("", tuple(piece for part, before in parts for piece in (before, part)))


class _Form:
    """One template made ready to be looked for."""

    def __init__(self, form: str, entry: Entry) -> None:
        self.entry = entry
        self.words = form
        self._specs: dict[str, str] = {}
        pattern, at = "", 0
        for match in PLACEHOLDER.finditer(form):
            pattern += re.escape(form[at : match.start()]) + self._group(match)
            at = match.end()
        self._pattern = re.compile(pattern + re.escape(form[at:]), re.DOTALL)
        literal = PLACEHOLDER.sub("", form)
        typed = sum(map(bool, self._specs.values()))  # a number is surer than any text
        self.certainty = (sum(map(str.isalpha, literal)), len(literal), typed)

    def _group(self, match: re.Match[str]) -> str:
        name, spec = match[1], match[2] or ""
        if name in self._specs:
            return f"(?P={name})"
        self._specs[name] = spec
        if spec.endswith("f"):
            return f"(?P<{name}>{_DECIMAL})"
        if spec == "," or name == "n":
            return f"(?P<{name}>{_GROUPED})"
        return f"(?P<{name}>{_MEASURE if name in _MEASURES else '.+?'})"

    def values(self, text: str) -> dict[str, Value] | None:
        """Return what stands in the places, None where the text is another."""
        found = self._pattern.fullmatch(text)
        return found and {name: self._value(name, said) for name, said in found.groupdict().items()}

    def _value(self, name: str, said: str) -> Value:
        spec = self._specs[name]
        if spec.endswith("f"):
            return float(said.replace(",", ""))
        if "%" in spec:
            return _moment(said, spec)
        return int(said.replace(",", "")) if spec == "," or name == "n" else said


def _moment(said: str, spec: str) -> Value:
    """Read a time; of a day that is only named any will do."""
    try:
        found = datetime.strptime(said, spec)  # noqa: DTZ007  it is only written again
    except ValueError:
        return said
    if "%a" not in spec:
        return found.time()
    days = (found + timedelta(days=day) for day in range(7))
    return next((day for day in days if f"{day:%a}" == said[:3]), said)


def _first_word(form: str) -> str:
    """Return the word every text of this form begins with, "" where it differs."""
    word, space, _ = form.partition(" ")
    return word if space and not PLACEHOLDER.search(word) else ""
