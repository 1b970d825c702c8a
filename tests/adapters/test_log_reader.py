"""The log as the window reads it: newest first found, followed over a rotation."""

import pytest

from tray_app.adapters.log_reader import added, newest
from tray_app.core.log_lines import Level, Mark


def line(number, level="INFO"):
    return f"2026-03-12 14:30:00,{number:03} {level:<7} tray_app: entry {number}\n"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "immich-tray.log"


def numbers(page):
    return [int(entry.text.rsplit(" ", 1)[1]) for entry in page.entries]


def read(log, lowest=Level.DEBUG, search="", limit=100):
    return newest(log.parent, lowest, search, limit)


def test_no_log_yet(log):
    assert read(log).entries == ()
    assert added(log.parent, Mark(), Level.DEBUG, "").entries == ()


def test_the_newest_are_found_over_all_files(log):
    log.with_name("immich-tray.log.1").write_text(line(1) + line(2, "WARNING") + line(3))
    log.write_text(line(4) + line(5, "SEVERE"))
    assert numbers(read(log)) == [1, 2, 3, 4, 5]
    assert numbers(read(log, limit=3)) == [3, 4, 5]
    assert numbers(read(log, Level.WARNING, limit=1)) == [5]
    assert numbers(read(log, Level.WARNING)) == [2, 5]
    assert numbers(read(log, search="ENTRY 3")) == [3]


def test_what_is_added_is_read_once_and_only_whole_lines(log):
    log.write_text(line(1))
    page = read(log)
    with log.open("a") as file:
        file.write(line(2) + line(3)[:20])
    page = added(log.parent, page.mark, Level.DEBUG, "")
    assert numbers(page) == [2]
    with log.open("a") as file:
        file.write(line(3)[20:])
    page = added(log.parent, page.mark, Level.DEBUG, "")
    assert numbers(page) == [3]
    assert added(log.parent, page.mark, Level.DEBUG, "").entries == ()


def test_a_rotation_loses_nothing(log):
    log.write_text(line(1))
    mark = read(log).mark
    with log.open("a") as file:
        file.write(line(2))
    log.rename(log.with_name("immich-tray.log.1"))
    log.write_text(line(3))
    assert numbers(added(log.parent, mark, Level.DEBUG, "")) == [2, 3]


def test_a_log_that_was_emptied_is_read_from_its_beginning(log):
    log.write_text(line(1) + line(2))
    mark = read(log).mark
    log.write_text(line(3))
    assert numbers(added(log.parent, mark, Level.DEBUG, "")) == [3]


def test_bytes_that_are_no_text_do_no_harm(log):
    log.write_bytes(b"2026-03-12 14:30:00,000 INFO    tray_app: \xff 7\n")
    (entry,) = read(log).entries
    assert "\ufffd" in entry.text
