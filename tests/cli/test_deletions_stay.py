"""A photo deleted on the server stays deleted, whatever happens to us (issue 4, part 5)."""

import hashlib
import sqlite3

import pytest

from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer

PHOTO = b"a photo"
SHA1 = hashlib.sha1(PHOTO).digest()


@pytest.fixture(params=["2.7.5", "3.0.3"])
def demo(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        yield server


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(PHOTO)
    return folder


@pytest.fixture
def here(run, demo):
    """Somebody signed in with a password."""
    sign_in(run, demo)
    return run


def sign_in(run, demo):
    done = run("login", demo.url, "--email", DEMO_EMAIL, stdin=f"{DEMO_PASSWORD}\n")
    assert done.code == 0, done.err


def backed_up(run, folder):
    """Back up; return how many files were candidates."""
    done = run("backup", str(folder), "--once", "--anyway", "--json")
    assert done.code == 0, done.err
    return done.json["totalCount"]


def tombstones(run):
    connection = sqlite3.connect(run.home / "data" / "backup.db")
    try:
        return [row[0] for row in connection.execute("SELECT sha1 FROM tombstone")]
    finally:
        connection.close()


def forget_confirmations(run):
    connection = sqlite3.connect(run.home / "data" / "backup.db")
    with connection:
        connection.execute("DELETE FROM confirmation")
    connection.close()


def test_over_resets_and_signing_in_again(here, demo, photos):
    assert backed_up(here, photos) == 1
    (asset,) = demo.assets()
    here("sync")
    demo.state.library.delete([asset.id])
    here("sync")
    assert tombstones(here) == [SHA1]
    forget_confirmations(here)  # from here on only the tombstone keeps it back
    assert backed_up(here, photos) == 0
    here("sync", "--full")
    assert backed_up(here, photos) == 0
    here("logout")
    sign_in(here, demo)
    here("sync")
    for path in (here.home / "data").glob("library.db*"):
        path.unlink()
    here("sync")
    assert backed_up(here, photos) == 0
    assert demo.assets() == []
    assert (photos / "a.jpg").read_bytes() == PHOTO


def test_the_trash_counts_and_a_restore_lifts_it(here, demo, photos):
    backed_up(here, photos)
    (asset,) = demo.assets()
    demo.state.library.trash([asset.id])
    here("sync")
    assert tombstones(here) == [SHA1]
    demo.state.library.restore(demo.user().id)
    here("sync")
    assert tombstones(here) == []


def test_a_deletion_before_the_first_sync_is_known_by_the_id(here, demo, photos):
    backed_up(here, photos)
    demo.state.library.delete([demo.assets()[0].id])
    here("sync")
    assert tombstones(here) == [SHA1]


def test_upload_again_makes_it_a_candidate(here, demo, photos):
    backed_up(here, photos)
    demo.state.library.delete([demo.assets()[0].id])
    here("sync")
    listed = here("upload-again", "--json")
    assert (listed.code, listed.json["count"], listed.json["handedOver"]) == (0, 1, False)
    assert "name them, or --all" in listed.err
    assert backed_up(here, photos) == 0
    assert here("upload-again", str(photos), "--dry-run", "--json").json["count"] == 1
    assert backed_up(here, photos) == 0
    done = here("upload-again", str(photos / "a.jpg"))
    assert "deleted on the server, or in its trash" in done.out
    assert "1 file will be uploaded by the next backup" in done.out
    assert backed_up(here, photos) == 1
    assert [found.checksum for found in demo.assets()] == [SHA1]
    here("sync")
    assert tombstones(here) == []


def test_somebody_elses_deletion_or_unsharing_is_none_of_mine(here, demo, photos):
    ann = demo.add_user("ann@example.org")
    demo.fill(3, "ann@example.org")
    run = demo.state.db.run
    run(
        "INSERT INTO partner (shared_by_id, shared_with_id) VALUES (?, ?)", (ann.id, demo.user().id)
    )
    run("UPDATE asset SET checksum = ? WHERE id = ?", (SHA1, demo.assets(ann.email)[0].id))
    here("sync")
    assert backed_up(here, photos) == 1  # her copy is not my backup
    demo.state.library.delete([demo.assets(ann.email)[0].id])
    here("sync")
    run("DELETE FROM partner")
    done = here("sync", "--json").json
    assert (done["assets"], done["partners"]) == (1, 0)
    assert tombstones(here) == []


def test_what_a_rolled_back_server_lost_is_asked_about(here, demo, photos):
    """Neither sent again by itself nor forgotten: a person answers."""
    for n in range(5):
        (photos / f"{n}.jpg").write_bytes(b"%d" % n)
    backed_up(here, photos)
    here("sync")
    demo.state.db.run("DELETE FROM asset")
    demo.state.db.run("DELETE FROM deletion")
    here("sync", "--full")
    assert (backed_up(here, photos), tombstones(here)) == (0, [])
    assert "Gone from the server: 6" in here("status").out
    assert here("status", "--json").json["missing"] == 6
    done = here("keep-deleted", str(photos / "a.jpg"), "--json")
    assert (done.code, done.json["count"]) == (0, 1)
    assert tombstones(here) == [SHA1]
    assert "1 file will not be uploaded again" in done.err
    again = here("upload-again", "--all", "--json").json
    assert [one["why"] for one in again["files"]].count("missing") == 5
    assert backed_up(here, photos) == 6
    assert here("status", "--json").json["missing"] == 0
    assert here("upload-again", "--all", "x").code == 2
    assert "No file there is missing" in here("keep-deleted").out


def with_key(run, demo):
    """Run commands with an API key from the environment."""
    key = {"IMMICH_INSTANCE_URL": demo.url, "IMMICH_API_KEY": demo.add_api_key()}

    def call(*args):
        done = run(*args, **key)
        assert done.code == 0, done.err
        return done

    call.home = run.home
    return call


def test_with_an_api_key_too_over_resets_and_a_lost_library(run, demo, photos):
    demo.fill(40)
    here = with_key(run, demo)
    assert backed_up(here, photos) == 1
    assert here("sync", "--json").json["assets"] == 41
    (asset,) = (found for found in demo.assets() if found.checksum == SHA1)
    demo.state.library.delete([asset.id])
    done = here("sync", "--json").json
    assert (done["mode"], done["deleted"], done["assets"]) == ("etag", 1, 40)
    assert tombstones(here) == [SHA1]
    forget_confirmations(here)  # from here on only the tombstone keeps it back
    assert backed_up(here, photos) == 0
    here("sync", "--full")
    for path in (here.home / "data").glob("library.db*"):
        path.unlink()
    here("sync")
    assert backed_up(here, photos) == 0
    assert len(demo.assets()) == 40
    assert (photos / "a.jpg").read_bytes() == PHOTO


def test_with_an_api_key_the_trash_counts_and_a_restore_lifts_it(run, demo, photos):
    here = with_key(run, demo)
    backed_up(here, photos)
    here("sync")
    (asset,) = demo.assets()
    demo.state.library.trash([asset.id])
    here("sync")
    assert tombstones(here) == [SHA1]
    demo.state.library.restore(demo.user().id)
    here("sync")
    assert tombstones(here) == []


def test_with_an_api_key_a_large_difference_makes_no_tombstones(run, demo, photos):
    here = with_key(run, demo)
    backed_up(here, photos)
    here("sync")
    demo.state.library.delete([demo.assets()[0].id])  # all there is: a server set back?
    here("sync")
    assert tombstones(here) == []
    assert backed_up(here, photos) == 0  # neither uploaded nor forgotten
