"""A disk that is full, read-only or out of inodes: nothing lost, told plainly, recovered."""

import json
import tomllib

import pytest

from tests.acceptance.client import Person
from tests.acceptance.photos import holds_once, photos, settled
from tests.acceptance.test_kill import whole
from tests.faults.disk import PAGE, small_disk
from tests.faults.trial import trial
from tests.rig.processes import wait_until
from tray_app.demo.process import serve_in_process

EMAIL = "who@example.org"
TOLD = (1, 3)  # something failed, or a person has to act


@pytest.fixture
def server(tmp_path):
    with serve_in_process(tmp_path / "server") as demo:
        yield demo


@pytest.fixture
def disk(tmp_path):
    """The whole home of the program: settings, databases, logs, cache."""
    with small_disk(tmp_path / "who" / "home") as it:
        yield it


@pytest.fixture
def person(server, disk, tmp_path):
    who = Person.of(tmp_path / "who", server)
    who.settings(backupTriggerDelay=0)
    return who


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "photos"


def said_plainly(done):
    assert "Traceback" not in done.said, done.said
    assert "Logging error" not in done.said, done.said
    if done.status:
        assert done.status in TOLD, done.said
        assert "disk" in done.said or "space" in done.said, done.said


def recovers(person, server, folder):
    done = person.backup(folder)
    assert done.status == 0, done.said
    holds_once(server, EMAIL, folder)
    whole(person)


def each_write_fails_once(person, disk, server, folder, lefts):
    """Leave room for so many pages more each time, so that another write is the one that fails."""
    failed = 0
    for pages in lefts:
        photos(folder / str(pages), 3, seed=pages)
        settled()
        disk.fill(pages * PAGE)
        done = person.backup(folder)
        said_plainly(done)
        failed += done.status != 0
        disk.free()
        recovers(person, server, folder)
    return failed


def test_the_first_start_meets_a_full_disk(person, disk, server, folder):
    photos(folder, 5)
    settled()
    disk.fill()
    done = person.backup(folder)
    assert done.status in TOLD
    said_plainly(done)
    disk.free()
    recovers(person, server, folder)


def test_each_write_of_a_run_fails_once(person, disk, server, folder, record):
    lefts = (0, 1, 2, 3, 5, 8, 12, 20, 40)
    failed = each_write_fails_once(person, disk, server, folder, lefts)
    assert failed >= 4, "the disk was hardly ever in the way"
    record(levels=len(lefts), runs_that_failed=failed)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_each_write_of_many_runs_fails_once(person, disk, server, folder, record):
    failed = each_write_fails_once(person, disk, server, folder, range(150))
    assert failed >= 20
    record(levels=150, runs_that_failed=failed)


def test_no_more_inodes(server, tmp_path, folder):
    photos(folder, 5)
    settled()
    with small_disk(tmp_path / "who" / "home", inodes=64) as disk:
        who = Person.of(tmp_path / "who", server)
        who.settings(backupTriggerDelay=0)
        others = []
        while True:
            try:
                others.append(disk.point / f"o{len(others)}")
                others[-1].touch()
            except OSError:
                others.pop()
                break
        done = who.backup(folder)
        assert done.status in TOLD
        said_plainly(done)
        for one in others:
            one.unlink()
        recovers(who, server, folder)


def test_a_disk_that_turned_read_only(person, disk, server, folder):
    photos(folder / "a", 5, seed="a")
    settled()
    recovers(person, server, folder)
    photos(folder / "b", 5, seed="b")
    settled()
    disk.read_only(on=True)
    done = person.backup(folder)
    assert done.status in TOLD, done.said
    assert "Traceback" not in done.said
    assert "read-only" in done.said.lower() or "readonly" in done.said.lower(), done.said
    disk.read_only(on=False)
    recovers(person, server, folder)


def test_settings_are_written_whole_or_not_at_all(person, disk):
    file = person.home / "config" / "settings.toml"
    assert person.run("settings", "set", "syncInterval", "20").status == 0
    before = file.read_text()
    disk.fill()
    done = person.run("settings", "set", "syncInterval", "30")
    assert done.status == 3
    said_plainly(done)
    assert file.read_text() == before
    assert not list(file.parent.glob(".settings*")), "a part was left behind"
    disk.free()
    assert person.run("settings", "set", "syncInterval", "30").status == 0
    assert tomllib.loads(file.read_text())["syncInterval"] == 30


@pytest.mark.timeout(300)
def test_the_tray_program_lives_through_a_full_disk(tmp_path):
    """Its home fills up while it works; when there is room again it goes on, with one word."""
    place = tmp_path / "t"
    with small_disk(place / "home") as disk, trial(place, "disk", files=40) as it:
        wait_until("running program", it.running, 30)
        disk.fill()
        for number in range(3):
            it.on_add(number * 9 + 8)
        asked = it.command("backup", "--once", "--json")
        assert asked.returncode in (0, *TOLD), asked.stderr
        assert it.app.poll() is None
        told = it.status()
        disk.free()
        before = it.looks()
        last = it.calm()
        assert (last["failedCount"], told["running"]) == (0, True), json.dumps(last)
        it.verdict(before)
