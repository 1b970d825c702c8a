from datetime import UTC, datetime

import pytest

from tray_app.adapters.told_file import ToldFile
from tray_app.core.errors import Need
from tray_app.core.toasts import Told

NOW = datetime(2026, 5, 1, tzinfo=UTC)
FULL = Told(
    failing=True, need=Need.QUOTA, needed_at=NOW, waiting_since=NOW, last_done=NOW, reminded=NOW
)


def test_what_was_told_survives(tmp_path):
    file = ToldFile(tmp_path / "told.json")
    assert file.load() == Told()
    file.save(FULL)
    assert ToldFile(tmp_path / "told.json").load() == FULL


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"need": "unheard of"}', '{"last_done": "2026-05-01T00:00:00"}']
)
def test_a_damaged_file_counts_as_nothing_told(tmp_path, text, caplog):
    (tmp_path / "told.json").write_text(text)
    assert ToldFile(tmp_path / "told.json").load() == Told()
    assert "told.json" in caplog.text
