"""A pause that another process writes while the program starts."""

from datetime import timedelta

import pytest

from tests.fakes.clock import FakeClock
from tray_app.adapters.choices_file import ChoicesFile
from tray_app.cli.channel import told_or_kept
from tray_app.core.choices import Choices
from tray_app.core.pauses import Pause
from tray_app.engine.choices import PersonalChoices


async def test_what_was_written_since_is_taken(tmp_path):
    clock, file = FakeClock(), ChoicesFile(tmp_path / "choices.json")
    pause = Pause(clock.now() + timedelta(hours=1))
    file.save(Choices(pause, {"id": "Phone"}))
    choices = PersonalChoices(file, clock)
    assert choices.pause == pause
    assert not choices.look_again()
    file.save(Choices(None, {"id": "Phone"}))
    assert choices.look_again()
    assert choices.pause is None
    choices.allow("other", "Train")
    await choices.close()
    assert file.load() == Choices(None, {"id": "Phone", "other": "Train"})


async def test_what_was_taken_over_can_be_taken_back(tmp_path):
    """The end of a pause that another process wrote is written, too (schedule 69)."""
    clock, file = FakeClock(), ChoicesFile(tmp_path / "choices.json")
    choices = PersonalChoices(file, clock)
    file.save(Choices(Pause(clock.now() + timedelta(hours=1)), {}))
    assert choices.look_again()
    choices.set_pause(None)
    await choices.close()
    assert file.load().pause is None


@pytest.mark.parametrize(
    ("listens_at", "order"),
    [(1, ["told"]), (2, ["kept", "told"]), (3, ["kept"])],
    ids=["running", "begins to listen meanwhile", "not running"],
)
def test_a_program_that_starts_hears_it_or_reads_it(listens_at, order):
    happened, asked = [], iter((1, 2))

    def tell():
        heard = next(asked) >= listens_at
        happened.extend(["told"] * heard)
        return heard

    told_or_kept(tell, lambda: happened.append("kept"))
    assert happened == order
