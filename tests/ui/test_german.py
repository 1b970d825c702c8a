"""The windows in German: nothing cut off, numbers and dates as the locale writes them."""

from datetime import UTC, timedelta

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.ui import window_examples
from tests.ui.german import speaking
from tests.ui.history_world import NOW
from tests.ui.settings_rig import FakeDesk, Rig
from tests.ui.timeline_examples import Stage, fill
from tests.ui.waiting import until
from tray_app.app.channel import status_json
from tray_app.core.phrase import phrase
from tray_app.core.quantities import size
from tray_app.core.setting_specs import Group, Language
from tray_app.core.snapshot import Phase, Snapshot
from tray_app.ui import words
from tray_app.ui.language import localised, number
from tray_app.ui.timeline_dates import month_title
from tray_app.ui.translators import picked
from tray_app.ui.view import tray_view
from tray_app.ui.window_view import window_view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def german(qapp):
    with speaking(qapp):
        yield


@pytest.fixture
def both_loops():
    return "qasync"


def cut_off(root: QWidget) -> list[str]:
    """Return the texts that have less room than they ask for."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                small = widget.height() < widget.heightForWidth(widget.width())
            else:
                small = widget.width() < widget.sizeHint().width()
            found += [widget.text()] if small else []
        elif isinstance(widget, QAbstractButton) and widget.text():
            asks = (
                widget.minimumSizeHint() if isinstance(widget, QToolButton) else widget.sizeHint()
            )
            found += [widget.text()] if widget.width() < asks.width() else []
        elif isinstance(widget, QTableView):
            found += _heads(widget)
    return found


def _heads(table: QTableView) -> list[str]:
    head, model = table.horizontalHeader(), table.model()
    return [
        model.headerData(at, head.orientation())
        for at in range(head.count())
        if head.sectionSize(at)
        < head.fontMetrics().horizontalAdvance(model.headerData(at, head.orientation()))
    ]


async def test_no_page_of_the_window_cuts_a_text_off(german, both_loops, shown):
    shown.world.files(2000)
    shown.world.run(NOW - timedelta(days=2), completedCount=1234, bytesSent=10**9)
    folder = shown.world.folder("/p")
    for row in range(3):
        shown.world.fail(f"{row}.jpg".encode(), folder)
    shown.window.show()
    for state in window_examples.STATES.values():
        shown.window.show_view(window_view(state, NOW, UTC))
        for key in ("overview", "activity", "failed", "logs"):
            shown.open(key)
            await until(lambda: not shown.errands.busy)
            shown.window.grab()
            assert cut_off(shown.window) == [], key


def test_no_page_of_the_settings_cuts_a_text_off(german, qapp, tmp_path):
    rig = Rig(tmp_path, FakeDesk(), change_account=lambda: None)
    rig.preferences.change("backgroundBackup", True)
    rig.window.show()
    for group in Group:
        rig.window.show_page(group)
        qapp.processEvents()  # layouts
        rig.window.grab()
        assert cut_off(rig.window) == [], group
    rig.window.close_down()


async def test_the_timeline_cuts_no_text_off(german, both_loops, qapp, tmp_path):
    fill(tmp_path, 2000)
    stage = Stage(tmp_path)
    try:
        stage.page.resize(700, 560)
        stage.page.show()
        await until(lambda: stage.page.model.total and stage.page.model.cell(0))
        stage.page.grab()
        assert stage.page.filter.count.text() == "2.118 Elemente"
        assert cut_off(stage.page) == []
        stage.page.hide()
    finally:
        stage.close()


def test_numbers_sizes_and_dates_are_german(german):
    assert number(1234) == "1.234"
    assert localised(size(2_400_000)) == "2,4 MB"
    assert localised("2.4 MB") == "2,4 MB"
    assert words.moment(NOW, NOW, UTC) == "heute 14:30"
    assert words.moment(NOW - timedelta(days=2), NOW, UTC) == "Dienstag 14:30"
    assert words.moment(NOW - timedelta(days=9), NOW, UTC) == "3. März 14:30"
    assert words.moment(NOW - timedelta(days=400), NOW, UTC) == "5. Februar 2025 14:30"
    assert month_title(2026 * 12 + 2) == "März 2026"
    view = tray_view(Snapshot(phase=Phase.IDLE, backed_up=12_040, last_success=NOW), NOW, UTC)
    assert view.status == "Alle 12.040 Fotos sind gesichert"


def test_numbers_and_dates_are_english(qapp):
    with speaking(qapp, Language.EN):
        assert number(1234) == "1,234"
        assert localised(size(2_400_000)) == "2.4 MB"
        assert words.moment(NOW, NOW, UTC) == "today 14:30"
        assert words.moment(NOW - timedelta(days=9), NOW, UTC) == "3 March 14:30"
        assert localised(phrase("{n} byte", n=1)) == "1 byte"


def test_an_unknown_text_stays_as_it_is(german):
    assert localised("IMG_1.jpg") == "IMG_1.jpg"
    assert localised("Permission denied.") == "Permission denied."
    assert localised("") == ""


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        (Language.SYSTEM, ["de-AT", "de"], Language.DE),
        (Language.SYSTEM, ["fr-FR", "de-DE", "en"], Language.DE),
        (Language.SYSTEM, ["C"], Language.EN),
        (Language.SYSTEM, ["fr-FR"], Language.EN),
        (Language.EN, ["de-DE"], Language.EN),
        (Language.DE, ["en-US"], Language.DE),
    ],
)
def test_the_language_is_the_chosen_one_or_the_best_of_the_system(wanted, system, spoken):
    assert picked(wanted, system) is spoken


def test_other_programs_are_answered_in_english(german):
    snapshot = Snapshot(
        phase=Phase.COOLING_DOWN,
        reasons=(phrase("The power saver is on."),),
        resume_at=NOW + timedelta(days=1),
    )
    words = status_json(snapshot, NOW)["words"]
    german_words = tray_view(snapshot, NOW, UTC).tooltip

    assert words.startswith("Waiting: the power saver is on. Next try at tomorrow ")
    assert words[-3] == ":", "hours and minutes as 14:02"
    assert "Energiesparmodus" in german_words
