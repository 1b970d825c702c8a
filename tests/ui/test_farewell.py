"""Quit says once that backups go on, and can switch that off."""

import pytest
from PySide6.QtWidgets import QMessageBox

from tray_app.core.errors import Need, NeedsUser
from tray_app.ui.farewell import HEADLINE, Farewell
from tray_app.ui.memory import Memory

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Job:
    """Port `Departure`."""

    def __init__(self):
        self.on = True
        self.fault = None

    def goes_on(self):
        return self.on

    def switch_off(self):
        if self.fault:
            raise self.fault
        self.on = False


@pytest.fixture
def job():
    return Job()


@pytest.fixture
def ended():
    return []


@pytest.fixture
def memory(tmp_path):
    return Memory(tmp_path / "window.ini")


@pytest.fixture
def farewell(qapp, job, ended, memory):
    it = Farewell(lambda: ended.append("quit"), job, memory)
    yield it
    it.close()


def press(farewell, words):
    buttons = [button for button in farewell.box.buttons() if words in button.text()]
    buttons[0].click()


def test_it_is_said_once(farewell, job, ended, tmp_path):
    farewell.ask()
    assert farewell.box.text() == HEADLINE
    assert "every hour" in farewell.box.informativeText()
    assert ended == []
    press(farewell, "&Quit")
    assert ended == ["quit"]
    assert job.on
    Farewell(lambda: ended.append("again"), job, Memory(tmp_path / "window.ini")).ask()
    assert ended == ["quit", "again"]


def test_it_can_be_switched_off_on_the_way_out(farewell, job, ended):
    farewell.ask()
    press(farewell, "switch &off")
    assert not job.on
    assert ended == ["quit"]


def test_cancel_leaves_all_as_it_is_and_it_is_said_again(farewell, job, ended):
    farewell.ask()
    press(farewell, "&Cancel")
    assert ended == []
    farewell.ask()
    assert farewell.box is not None
    farewell.box.reject()  # Esc
    assert ended == []
    assert job.on


def test_a_second_wish_to_quit_raises_the_question(farewell):
    farewell.ask()
    box = farewell.box
    farewell.ask()
    assert farewell.box is box


@pytest.mark.parametrize("nothing", ["no job", "no scheduled backup"])
def test_where_nothing_goes_on_nothing_is_said(qapp, job, ended, memory, nothing):
    job.on = False
    Farewell(lambda: ended.append("quit"), None if nothing == "no job" else job, memory).ask()
    assert ended == ["quit"]
    assert not memory.farewell_said


def test_what_cannot_be_switched_off_keeps_the_program(farewell, job, ended, qapp):
    job.fault = NeedsUser("The settings file is broken.", need=Need.SETTINGS)
    farewell.ask()
    press(farewell, "switch &off")
    assert ended == []
    told = [it for it in qapp.topLevelWidgets() if isinstance(it, QMessageBox) and it.isVisible()]
    assert "The settings file is broken." in told[-1].informativeText()
    told[-1].close()
