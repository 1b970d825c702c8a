"""The catalogues: complete, in step with the code, compiled, with the same placeholders."""

import importlib.util
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from tray_app.core.phrase import PLACEHOLDER

ROOT = Path(__file__).parents[2]
MNEMONIC = re.compile(r"&(?=[^&\s])")
CATALOGUES = [("ui", "de"), ("words", "de")]


def _tool():
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = _tool()


def test_they_are_not_behind_the_code():
    assert tool.behind() == []


@pytest.mark.parametrize(("context", "language"), CATALOGUES)
def test_every_text_is_translated_with_the_same_places(context, language):
    known = tool.translations(context, language)
    messages = tool.extracted(context)
    assert len(messages) > 100
    for text, one in messages:
        forms = known.get(text)
        assert forms, f"not translated: {text}"
        assert len(forms) == (2 if one else 1), text
        for source, form in zip((one or text, text), forms, strict=False):
            assert places(form) == places(source if one else text), form
            assert bool(MNEMONIC.search(form)) == bool(MNEMONIC.search(text)), form


def places(text):
    return {match[0] for match in PLACEHOLDER.finditer(text)} - {"{n}", "{n:,}"}


@pytest.mark.parametrize(("context", "language"), CATALOGUES)
def test_what_is_compiled_is_what_is_written(context, language, tmp_path):
    fresh = tmp_path / "fresh.qm"
    tool.compiled(context, language, fresh)
    assert fresh.read_bytes() == (tool.FOLDER / f"{context}_{language}.qm").read_bytes()


def test_a_compiled_catalogue_speaks(qapp):
    translator = QTranslator()
    assert translator.load(str(tool.FOLDER / "ui_de.qm"))
    assert translator.translate("ui", "&Back up now") == "&Jetzt sichern"
    assert translator.translate("ui", "{n:,} items", None, 1) == "{n:,} Element"
    assert translator.translate("ui", "{n:,} items", None, 2) == "{n:,} Elemente"


@pytest.mark.parametrize(
    "line", ["tr('New here')", "mark('New here')", "trn('One here', 'New here', 2)"]
)
def test_a_new_text_makes_them_behind(line, tmp_path, monkeypatch):
    file = tmp_path / "new.py"
    file.write_text(line)
    before = tool.sources("ui")
    monkeypatch.setattr(tool, "sources", lambda context: [*before, file] if context == "ui" else [])
    assert "ui_de.ts" in tool.behind()
