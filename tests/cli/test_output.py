import json

import pytest

from tray_app.cli.output import Exit, errors_in_words, exit_code
from tray_app.core.errors import AssetRejected, Need, NeedsUser, TryLater


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NeedsUser("x", need=Need.QUOTA), Exit.NEEDS_USER),
        (TryLater("x"), Exit.FAILED),
        (AssetRejected("x"), Exit.FAILED),
    ],
)
def test_each_error_has_its_status(error, code):
    assert exit_code(error) is code


def test_a_known_error_ends_in_words_and_one_json_object(capsys):
    with pytest.raises(SystemExit) as ended, errors_in_words(as_json=True):
        raise NeedsUser("Full\x1b[2J.", need=Need.QUOTA, remedy="Free space.")
    assert ended.value.code == 3
    out, err = capsys.readouterr()
    assert err == "Full\\x1b[2J. Free space.\n"
    assert json.loads(out)["need"] == "quota"


def test_ctrl_c_ends_calmly(capsys):
    with pytest.raises(SystemExit) as ended, errors_in_words():
        raise KeyboardInterrupt
    assert ended.value.code == 1
    assert capsys.readouterr().err == "Stopped.\n"


def test_ctrl_c_ends_json_too(capsys):
    with pytest.raises(SystemExit), errors_in_words(as_json=True):
        raise KeyboardInterrupt
    assert json.loads(capsys.readouterr().out) == {"error": "Stopped.", "remedy": "", "need": None}


def test_a_bug_stays_loud():
    with pytest.raises(ZeroDivisionError), errors_in_words():
        1 / 0  # noqa: B018
