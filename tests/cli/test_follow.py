"""Who works on this installation, asked by a command that would do the same work."""

import os

import pytest

from tray_app.adapters.channel.place import Claim, socket_path
from tray_app.adapters.locations import find_locations
from tray_app.cli import follow
from tray_app.core.errors import TrayError


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    found = find_locations({"IMMICH_TRAY_HOME": str(tmp_path)})
    found.create()
    return found


@pytest.fixture
def claim(home):
    it = Claim(socket_path(home, os.environ))
    assert it.take()
    yield it
    it.give_back()


def test_nobody_is_there(home):
    assert follow.is_served(home) is False


def test_a_program_that_starts_or_ends_is_waited_for(home, claim, monkeypatch):
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            claim.give_back()

    monkeypatch.setattr(follow.time, "sleep", sleep)
    assert follow.is_served(home) is False
    assert len(waits) == 3


def test_one_that_never_answers_is_an_error_and_no_second_engine(home, claim, monkeypatch):
    monkeypatch.setattr(follow, "START_SECONDS", 0.2)
    with pytest.raises(TrayError, match="does not answer"):
        follow.is_served(home)


def test_a_place_where_nobody_can_make_a_claim_is_nobodys(home):
    home.cache.joinpath(socket_path(home, os.environ).with_suffix(".lock").name).mkdir()
    assert follow.is_served(home) is False


def test_a_look_takes_nothing_away(home):
    claim = Claim(socket_path(home, os.environ))
    assert not claim.is_taken()
    assert claim.take()
    assert Claim(socket_path(home, os.environ)).is_taken()
    claim.give_back()
