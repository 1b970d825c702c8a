"""Phrases: the English sentence everywhere, another language where a window asks for it."""

import copy
import pickle
import time as clock
from datetime import datetime, time
from typing import ClassVar

import msgspec
import pytest

from tray_app.core.phrase import Phrase, join, phrase, plain_text, plural, spoken
from tray_app.core.phrase_reading import PhraseReader


class German:
    """A tongue with a few words."""

    WORDS: ClassVar = {
        "{n:,} photos wait for {network}.": (
            "{n:,} Foto wartet auf {network}.",
            "{n:,} Fotos warten auf {network}.",
        ),
        "This network": "dieses Netzwerk",
        "{size:.1f} MB": "{size:.1f} MB",
        "{path}: {size} too large.": "{size} sind zu viel für {path}.",
        "It is quiet until {end:%H:%M}.": "Bis {end:%H:%M} Uhr ist Ruhe.",
        "Use {braces} well.": "Nutzen Sie {braces} gut.",
    }

    def template(self, template: str, n: int | None) -> str:
        found = self.WORDS.get(template, template)
        return found if isinstance(found, str) else found[n != 1]

    def value(self, value: float | datetime | time, spec: str) -> str:
        return format(value, spec).translate(str.maketrans(",.", ".,"))


def _waiting(n: int, network: str) -> Phrase:
    one, many = "{n:,} photo waits for {network}.", "{n:,} photos wait for {network}."
    return plural(one, many, n=n, network=network)


def _large(path: str = "/a/b.jpg") -> Phrase:
    size = phrase("{size:.1f} MB", size=2.5)
    return phrase("{path}: {size} too large.", path=path, size=size)


def test_a_phrase_is_its_english_sentence() -> None:
    said = phrase("{path} is gone.", path="/a/b.jpg")
    assert said == "/a/b.jpg is gone."
    assert hash(said) == hash("/a/b.jpg is gone.")
    assert f"{said}" == str(said) == "/a/b.jpg is gone."
    assert type(str(said)) is str
    assert _waiting(1, "Wi-Fi") == "1 photo waits for Wi-Fi."
    assert _waiting(2000, "Wi-Fi") == "2,000 photos wait for Wi-Fi."
    assert phrase("Use {braces} well.") == "Use {braces} well."
    assert _large() == "/a/b.jpg: 2.5 MB too large."


def test_it_is_said_in_another_language() -> None:
    tongue = German()
    assert spoken(_waiting(1, phrase("This network")), tongue) == (
        "1 Foto wartet auf dieses Netzwerk."
    )
    assert spoken(_waiting(2000, "This network"), tongue) == (
        "2.000 Fotos warten auf This network."  # data: a network may have that name
    )
    assert spoken(_large(), tongue) == "2,5 MB sind zu viel für /a/b.jpg."
    assert spoken(phrase("It is quiet until {end:%H:%M}.", end=time(7, 5)), tongue) == (
        "Bis 07:05 Uhr ist Ruhe."
    )
    assert spoken(phrase("Use {braces} well."), tongue) == "Nutzen Sie {braces} gut."
    assert spoken("/home/This network", tongue) == "/home/This network"


def test_a_name_with_braces_is_data() -> None:
    assert _large("/{size}.jpg") == "/{size}.jpg: 2.5 MB too large."
    assert spoken(_large("/{size}.jpg"), German()) == "2,5 MB sind zu viel für /{size}.jpg."


def test_sentences_put_together_keep_their_parts() -> None:
    both = join(" ", [_waiting(2, phrase("This network")), "", _large()])
    assert both == "2 photos wait for This network. /a/b.jpg: 2.5 MB too large."
    assert spoken(both, German()) == (
        "2 Fotos warten auf dieses Netzwerk. 2,5 MB sind zu viel für /a/b.jpg."
    )
    assert join(" ", ["", ""]) == ""
    assert isinstance(join(" ", [phrase("This network"), ""]), Phrase)


def _pickled(text: str) -> object:
    return pickle.loads(pickle.dumps(text))  # noqa: S301  our own bytes


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, _pickled])
def test_copies_remember_too(copied) -> None:
    both = copied(join(" ", [_waiting(2, phrase("This network")), _large()]))
    assert spoken(both, German()).startswith("2 Fotos warten auf dieses Netzwerk. 2,5 MB")


def test_json_gets_the_sentence() -> None:
    said = {"reason": _large(), "both": join(" ", [phrase("A."), phrase("B.")])}
    assert msgspec.json.decode(msgspec.json.encode(said, enc_hook=plain_text)) == said
    with pytest.raises(NotImplementedError):
        msgspec.json.encode(object(), enc_hook=plain_text)


READER = PhraseReader(
    [
        ("{n:,} photos wait for {network}.", "{n:,} photo waits for {network}."),
        ("This network", ""),
        ("{size:.1f} MB", ""),
        ("{path}: {size} too large.", ""),
        ("{path} is gone.", ""),
        ("The server said: {answer}", ""),
        ("The server said: {answer} Again.", ""),
        ("Try again. It helps.", ""),
        ("See the logs.", ""),
        ("several files", "one file"),
    ]
)


@pytest.mark.parametrize(
    "said",
    [
        _waiting(1, phrase("This network")),
        _waiting(1_234_567, phrase("This network")),
        _large("/a b/c: d.jpg"),
        phrase("{path} is gone.", path="/photos/é\nx.jpg"),
        phrase("The server said: {answer} Again.", answer="no"),
        phrase("The server said: {answer}", answer="5 MB"),
        phrase("See the logs."),
        plural("one file", "several files", n=1),
        plural("one file", "several files", n=7),
    ],
)
def test_a_plain_text_is_recognised(said: Phrase) -> None:
    read = READER.read(str(said))
    assert isinstance(read, Phrase)
    assert (read, read.template, read.one) == (said, said.template, said.one)
    assert spoken(read, German()) == spoken(said, German())


def test_sentences_together_are_recognised() -> None:
    read = READER.read("/a. b.jpg is gone. Try again. It helps. What? See the logs.")
    assert read == "/a. b.jpg is gone. Try again. It helps. What? See the logs."
    parts = [part for part in read.parts if isinstance(part, Phrase)]
    assert parts == ["/a. b.jpg is gone.", "Try again. It helps.", "See the logs."]


def test_lines_keep_their_breaks() -> None:
    text = "See the logs. Try again. It helps.\nSee the logs."
    read = READER.read(text)
    assert read == text
    assert sum(isinstance(part, Phrase) for part in read.parts) == 3


def test_a_strange_text_stays() -> None:
    for text in ("", "Hello. World.", "1,23 photos wait for x", "..", "a. " * 500):
        assert READER.read(text) == text
        assert type(READER.read(text)) is str


def test_a_thousand_rows_are_read_quickly() -> None:
    many = [(f"Word{i} {{path}} is not {i}.", "") for i in range(800)]
    many += [(f"{{path}} is {i} bad.", "") for i in range(100)]
    reader = PhraseReader(many)
    rows = [
        f"/photos/{i}.jpg is {i % 100} bad. Word{i % 800} x is not {i % 800}." for i in range(1000)
    ]
    begin = clock.process_time()
    assert all(not isinstance(reader.read(row), Phrase) for row in rows)
    assert clock.process_time() - begin < 1.5
