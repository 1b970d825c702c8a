import msgspec
import pytest

from tray_app.core.notification import Notification

REQUIRED = {
    "title": "Backup Progress",
    "content": "Uploading photo 5 of 100",
    "progress": 5,
    "max": 100,
    "indeterminate": False,
    "isDetail": True,
}


def test_the_wire_names_are_those_of_the_requirement():
    said = Notification(
        title="Backup Progress",
        content="Uploading photo 5 of 100",
        progress=5,
        max=100,
        is_detail=True,
    )
    assert msgspec.to_builtins(said) == REQUIRED
    assert msgspec.convert(REQUIRED, Notification) == said


@pytest.mark.parametrize(("progress", "most"), [(-1, 100), (101, 100), (1, 0), (0, -1)])
def test_impossible_counts_are_refused(progress, most):
    with pytest.raises(ValueError, match="not within"):
        Notification(title="t", content="c", progress=progress, max=most)
    with pytest.raises(msgspec.ValidationError, match="not within"):
        msgspec.convert({**REQUIRED, "progress": progress, "max": most}, Notification)
