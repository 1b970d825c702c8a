"""`immich-tray verify` as a person and a script use it."""

import csv

import pytest

from tray_app.cli.table import csv_file
from tray_app.core.errors import NeedsUser
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer


@pytest.fixture
def demo(tmp_path):
    with DemoServer(tmp_path / "demo") as server:
        yield server


@pytest.fixture
def here(run, demo, tmp_path):
    """A computer from which five photos were backed up."""
    done = run("login", demo.url, "--email", DEMO_EMAIL, stdin=f"{DEMO_PASSWORD}\n")
    assert done.code == 0, done.err
    run.photos = tmp_path / "photos"
    run.photos.mkdir()
    for n in range(5):
        (run.photos / f"{n}.jpg").write_bytes(b"%d" % n)
    assert backup(run).code == 0
    return run


def backup(run):
    return run("backup", str(run.photos), "--once", "--anyway", "--json")


def lose(demo, name):
    (asset,) = [asset for asset in demo.assets() if asset.file_name == name]
    demo.state.db.run("DELETE FROM asset WHERE id = ?", (asset.id,))
    demo.state.db.run("DELETE FROM deletion")


def test_all_well(here):
    done = here("verify", str(here.photos), "--json")
    assert (done.code, done.json["files"], done.json["onServer"]) == (0, 5, 5)
    assert done.json["findings"] == []
    assert "The server holds all 5 files." in here("verify", str(here.photos)).out


def test_a_loss_is_found_told_and_sent_again(here, demo, tmp_path):
    lose(demo, "3.jpg")
    table = tmp_path / "table.csv"
    done = here("verify", str(here.photos), "--export", str(table))
    assert done.code == 1
    assert "does not hold all 5 files" in done.out
    assert "1 backed up once and gone from the server" in done.out
    assert f"{here.photos / '3.jpg'}: It was backed up and is gone" in done.out
    assert "verify --send-again" in done.out
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert rows[1][:2] == [str(here.photos / "3.jpg"), "missing"]
    assert here("status", "--json").json["missing"] == 1
    assert backup(here).json["totalCount"] == 0  # only a person can tell a deletion from a loss
    done = here("verify", str(here.photos), "--send-again", "--json")
    assert (done.code, done.json["missing"]) == (1, 1)
    assert "will be uploaded by the next backup" in done.err
    assert backup(here).json["completedCount"] == 1
    assert here("verify", str(here.photos), "--quick").code == 0


def test_what_is_wrong_with_the_question(here, tmp_path):
    assert here("verify", str(tmp_path / "nowhere")).code == 2
    assert here("verify").code == 3  # no folder was chosen
    export = here("verify", str(here.photos), "--export", str(tmp_path / "no" / "where.csv"))
    assert export.code == 3
    assert "could not be written" in export.err


def test_a_formula_in_a_name_stays_text(tmp_path):
    table = tmp_path / "table.csv"
    with csv_file(table, ["name"]) as write:
        for cell in ("=1+1", "+1", "-1", "@x", "\tx", "plain", None, 5):
            write([cell])
    lines = table.read_bytes().decode("utf-8-sig").split("\r\n")
    cells = [row[0] if row else "" for row in csv.reader(lines[:-1])]
    assert cells == ["name", "'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain", "", "5"]


def test_a_full_disk_is_told(tmp_path):
    with (
        pytest.raises(NeedsUser, match="could not be written"),
        csv_file(tmp_path / "no" / "x.csv", ["name"]),
    ):
        pass
