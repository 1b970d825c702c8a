"""The German of everything that is said: complete, in step with the code, and found again."""

import json
import re
from datetime import datetime, time
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.scripts import load
from tray_app.core.phrase import PLACEHOLDER, Phrase, Value, phrase, plural, spoken
from tray_app.core.phrase_reading import PhraseReader
from tray_app.core.quantities import duration, files, size

ROOT = Path(__file__).parents[2]
CONTEXTS = ("words", "ui")
ENDINGS = ".?!:…"
MNEMONIC = re.compile(r"&(?=[^&\s])")
TOOL = load("translations")


@cache
def _german(context: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = TOOL.translations(context, "de")
    return found


@cache
def _reader() -> PhraseReader:
    return PhraseReader((text, one) for text, one in json.loads(TOOL.phrases()))


class Catalogue:
    """A tongue that speaks the catalogue, without Qt."""

    def __init__(self) -> None:
        self._said = {**_german("ui"), **_german("words")}

    def template(self, template: str, n: int | None) -> str:
        forms = self._said.get(template, [template])
        return forms[-1] if n != 1 else forms[0]

    def value(self, value: float | datetime | time, spec: str) -> str:
        return format(value, spec)


def test_catalogues_are_in_step_with_the_code() -> None:
    assert TOOL.behind() == [], "run: python packaging/translations.py"


@pytest.mark.parametrize("context", CONTEXTS)
def test_compiled_catalogues_are_in_step_with_their_sources(context: str, tmp_path: Path) -> None:
    TOOL.compiled(context, "de", tmp_path / "new.qm")
    committed = ROOT / "resources" / "translations" / f"{context}_de.qm"
    assert committed.read_bytes() == (tmp_path / "new.qm").read_bytes(), (
        "run: python packaging/translations.py"
    )


@pytest.mark.parametrize("context", CONTEXTS)
def test_german_is_complete(context: str) -> None:
    file = ROOT / "resources" / "translations" / f"{context}_de.ts"
    states = [said.get("type") for said in ET.parse(file).iter("translation")]  # noqa: S314  ours
    assert len(states) > 100
    assert set(states) == {None}, "a text is not translated"
    for text, one in TOOL.extracted(context):
        forms = _german(context)[text]
        assert len(forms) == (2 if one else 1), text
        assert all(form.strip() for form in forms), text


@pytest.mark.parametrize("context", CONTEXTS)
def test_german_has_the_same_places(context: str) -> None:
    for text, forms in _german(context).items():
        for form in forms:
            wanted, found = (
                {match[0] for match in PLACEHOLDER.finditer(it)} for it in (text, form)
            )
            missing = (
                wanted - found - ({"{n}", "{n:,}"} if form == forms[0] != forms[-1] else set())
            )
            assert not missing, (text, form)  # "1 Datei" may say its number as a word
            assert not found - wanted, (text, form)


@pytest.mark.parametrize("context", CONTEXTS)
def test_what_has_a_key_to_press_has_one_in_german(context: str) -> None:
    for text, forms in _german(context).items():
        for form in forms:
            assert bool(MNEMONIC.search(form)) == bool(MNEMONIC.search(text)), form


def test_german_ends_like_english() -> None:
    for text, forms in _german("words").items():
        for form in forms:
            assert (text[-1] in ENDINGS) == (form[-1] in ENDINGS), (text, form)
            assert text[:1].isspace() == form[:1].isspace(), (text, form)


def test_german_is_said_with_its_own_marks() -> None:
    for forms in _german("words").values():
        assert not any("“" in form and "„" not in form for form in forms), forms


def _sample(name: str, spec: str) -> Value:
    if spec.startswith("%"):
        return datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001  it is only written
    if name == "n" or spec == ",":
        return 1234
    if spec.endswith("f"):
        return 2.5
    nested = {"size": size(2_500_000), "duration": duration(600), "files": files(7)}
    return nested.get(name, "Xy")


def test_nearly_every_text_is_recognised_when_it_comes_back_plain() -> None:
    every = json.loads(TOOL.phrases())
    lost = []
    for text, one in every:
        places = PLACEHOLDER.findall(text)
        values = {name: _sample(name, spec) for name, spec in places}
        said = Phrase(text, {"n": 1234, **values} if one else values, one)
        read = _reader().read(str(said))
        assert read == said
        words = PLACEHOLDER.sub("", text)
        if spoken(read, Catalogue()) != spoken(said, Catalogue()) and re.search("[a-z]{4}", words):
            lost.append(text)
    assert lost == []


def test_reasons_of_the_database_are_german_again() -> None:
    words = "1.jpg changed while it was being read. It will be tried again when it is finished."
    assert spoken(_reader().read(words), Catalogue()) == (
        "1.jpg hat sich während des Lesens geändert. Es wird wieder versucht, wenn sie fertig ist."
    )


def test_a_count_takes_its_german_form() -> None:
    assert [spoken(files(n), Catalogue()) for n in (0, 1, 2)] == [
        "0 Dateien",
        "1 Datei",
        "2 Dateien",
    ]
    said = plural("{n:,} file could not be backed up.", "{n:,} files could not be backed up.", n=1)
    assert spoken(said, Catalogue()) == "1 Datei konnte nicht gesichert werden."
    assert spoken(phrase("{duration} left", duration=duration(130)), Catalogue()) == "noch 2 min"
