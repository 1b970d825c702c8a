"""What Qt makes of the catalogues, and what is missed; their texts: test_words_catalogue.py."""

import pytest
from PySide6.QtCore import QTranslator

from tests.scripts import load

tool = load("translations")


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
