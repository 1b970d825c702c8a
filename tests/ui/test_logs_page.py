"""The page of the log: levels, filter, follow, more detail, the bundle."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest

from tests.ui.contrast import contrast
from tests.ui.waiting import until
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.log_lines import Level
from tray_app.ui.log_colours import DARK, LIGHT, level_colours

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.usefixtures("both_loops"),
    pytest.mark.parametrize("both_loops", ["qasync"], indirect=True),
]
LINES = (
    (Level.DEBUG, "app: detail"),
    (Level.INFO, "app: started"),
    (Level.WARNING, "app: try 2"),
    (Level.SEVERE, "app: broken\nTraceback"),
)


def shows(page, *words):
    text = page.text.toPlainText()
    return all(word in text for word in words)


async def test_levels_are_chosen_and_texts_are_filtered(shown):
    shown.log.write(*LINES)
    page = shown.open("logs")
    await until(lambda: shows(page, "detail", "started", "try 2", "broken", "Traceback"))
    page.level.setCurrentText("WARNING and SEVERE")
    await until(lambda: shows(page, "try 2", "Traceback") and not shows(page, "started"))
    page.level.setCurrentText("SEVERE")
    await until(lambda: not shows(page, "try 2"))
    page.level.setCurrentText("Everything")
    QTest.keyClicks(page.search, "TRY")
    await until(lambda: shows(page, "try 2") and not shows(page, "detail"))
    page.search.setText("no such word")
    await until(lambda: page.note.text() == "The log has no such entry.")


async def test_new_lines_are_followed_and_only_then(shown):
    shown.log.write(*LINES[:1])
    page = shown.open("logs")
    await until(lambda: shows(page, "detail"))
    shown.log.write((Level.INFO, "app: newer"))
    await until(lambda: shows(page, "newer"))
    page.follow.setChecked(False)
    await until(lambda: not shown.errands.busy)  # a look may have been under way
    shown.log.write((Level.INFO, "app: newest"))
    page._look()
    assert not shown.errands.busy
    page.follow.setChecked(True)
    await until(lambda: shows(page, "newest"))
    shown.window.open_page("overview")
    assert not page._looking.isActive()


async def test_somebody_who_reads_further_up_is_not_moved(shown):
    shown.log.write(*[(Level.INFO, f"app: line {number}") for number in range(500)])
    page = shown.open("logs")
    await until(lambda: shows(page, "line 499"))
    bar = page.text.verticalScrollBar()
    assert bar.value() == bar.maximum()
    bar.setValue(10)
    shown.log.write((Level.INFO, "app: newer"))
    await until(lambda: shows(page, "newer"))
    assert bar.value() == 10
    bar.setValue(bar.maximum())
    shown.log.write((Level.INFO, "app: newest"))
    await until(lambda: shows(page, "newest"))
    assert bar.value() == bar.maximum()


async def test_detail_is_switched_and_shows_its_real_state(shown):
    page = shown.open("logs")
    assert not page.detailed.isChecked()
    page.detailed.click()
    await until(lambda: shown.log.detailed)
    await until(page.detailed.isChecked)
    shown.log.fault = NeedsUser("The settings are broken.", need=Need.SETTINGS)
    page.detailed.click()
    await until(lambda: page.note.text() == "The settings are broken.")
    assert page.detailed.isChecked()
    shown.log.detailed = False
    shown.window.open_page("overview")
    shown.window.open_page("logs")
    assert not page.detailed.isChecked()


async def test_text_can_be_selected_and_is_no_markup(shown):
    shown.log.write((Level.INFO, "app: <b>a</b>\u202egpj.exe\x1b[31m"))
    page = shown.open("logs")
    await until(lambda: shows(page, "<b>a</b>\\u202egpj.exe\\x1b[31m"))
    page.text.setFocus()
    QTest.keyClick(page.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "<b>a</b>" in page.text.textCursor().selectedText()


async def test_the_bundle_is_written(shown, tmp_path):
    page = shown.open("logs")
    page.export_to(tmp_path / "bundle.zip")
    await until(lambda: "The support bundle is" in page.note.text())
    assert (tmp_path / "bundle.zip").read_bytes() == b"zip"
    assert page.export.isEnabled()


@pytest.mark.parametrize("ground", ["#ffffff", "#efefef", "#31363b", "#000000"])
async def test_colours_of_levels_can_be_read(ground):
    for colour in level_colours(QColor(ground)).values():
        assert contrast(colour, QColor(ground)) >= 4.5


async def test_colours_follow_the_theme(shown):
    shown.log.write(*LINES)
    page = shown.open("logs")
    await until(lambda: shows(page, "broken"))

    def colour():
        block = page.text.document().findBlock(page.text.toPlainText().index("broken"))
        (part, *_) = block.layout().formats()
        return QColor(part.format.foreground().color())

    palette = page.text.palette()
    for ground, known in (("#000000", DARK), ("#ffffff", LIGHT)):
        palette.setColor(QPalette.ColorRole.Base, QColor(ground))
        page.text.setPalette(palette)
        assert colour() == known[Level.SEVERE]
