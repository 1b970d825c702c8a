"""What a folder holds and what its rules leave out, before anything is sent."""

import queue

import pytest

from tray_app.adapters.files.inspect import FolderInspector, inspect
from tray_app.core.asset import Kind
from tray_app.core.inspection import MOST_NAMED, By, Inspection, LeftOut, below, together

KINDS = {".jpg": Kind.IMAGE, ".mp4": Kind.VIDEO, ".xmp": Kind.SIDECAR}


@pytest.fixture
def folder(tmp_path):
    for name, size in {
        "a.jpg": 10,
        "2024/b.jpg": 20,
        "2024/c.mp4": 30,
        "2024/notes.txt": 40,
        "2024/empty.jpg": 0,
        "Screenshots/d.jpg": 50,
        "draft.jpg": 60,
        "node_modules/logo.jpg": 70,
    }.items():
        path = tmp_path / "Pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    return tmp_path / "Pictures"


def last(folder, everywhere=(), own=()):
    *_, found = inspect(str(folder), everywhere, own, KINDS)
    return found


def test_photos_and_videos_are_counted_as_a_backup_would_take_them(folder):
    found = last(folder)
    assert (found.photos, found.size, found.done, found.error) == (5, 170, True, "")
    assert found.count(By.SHIPPED) == 1
    assert found.left_out == ()


def test_each_rule_is_told_from_the_others(folder):
    found = last(folder, ["Screenshots/"], ["draft*", "Screenshots/"])
    assert (found.photos, found.size) == (3, 60)
    assert set(found.left_out) == {
        LeftOut("Screenshots/", By.EVERYWHERE),
        LeftOut("draft.jpg", By.FOLDER),
    }
    assert [found.count(by) for by in By] == [1, 1, 1]


def test_a_folders_own_rule_may_take_back_one_for_all(folder):
    assert last(folder, ["*.jpg"]).photos == 1
    found = last(folder, ["*.jpg"], ["!a.jpg"])
    assert (found.photos, found.size) == (2, 40)


def test_a_folder_that_is_not_there_says_so(tmp_path):
    found = last(tmp_path / "gone")
    assert (found.photos, found.done) == (0, True)
    assert found.error == "Not there: is its drive connected?"


def test_names_are_bounded_and_safe(folder):
    for number in range(MOST_NAMED + 20):
        (folder / f"tmp-{number}.jpg").touch()
    (folder / "tmp-\udcff.jpg").touch()
    found = last(folder, own=["tmp-*"])
    assert len(found.left_out) == MOST_NAMED
    assert found.count(By.FOLDER) == MOST_NAMED + 21
    for one in found.left_out:
        one.path.encode()


def test_several_folders_are_told_together():
    one = Inspection(photos=1, size=5, left_out=(LeftOut("x", By.FOLDER),), done=True)
    two = Inspection(photos=2, size=6, counts=((By.FOLDER, 3),), error="Gone.")
    both = together([below(one, "Pictures"), two])
    assert (both.photos, both.size, both.done, both.error) == (3, 11, False, "Gone.")
    assert both.count(By.FOLDER) == 3
    assert both.left_out == (LeftOut("Pictures/x", By.FOLDER),)


def test_a_look_goes_on_in_the_background_and_can_be_ended(folder):
    for number in range(200):
        (folder / f"sub{number}").mkdir()
    told: queue.Queue = queue.Queue()
    inspector = FolderInspector(lambda: KINDS)
    inspector.inspect(str(folder), (), (), told.put)
    found = told.get(timeout=20)
    assert not found.done
    while not found.done:
        found = told.get(timeout=20)
    assert found.photos == 5

    heard = []

    def hear_once(found):
        heard.append(found)
        stop()
        ended.put(None)

    ended: queue.Queue = queue.Queue()
    gate: queue.Queue = queue.Queue()

    def kinds():
        gate.get()
        return KINDS

    stop = FolderInspector(kinds).inspect(str(folder), (), (), hear_once)
    gate.put(None)
    ended.get(timeout=20)
    assert len(heard) == 1
