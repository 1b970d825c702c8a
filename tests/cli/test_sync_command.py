"""`immich-tray sync` as a person types it, against the demo server of both generations."""

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.rig.processes import wait_until
from tray_app.demo.faults import ServerError
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer


@pytest.fixture(params=["2.7.5", "3.0.3"])
def demo(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        server.fill(50)
        yield server


@pytest.fixture
def signed_in(run, demo):
    done = run("login", demo.url, "--email", DEMO_EMAIL, stdin=f"{DEMO_PASSWORD}\n")
    assert done.code == 0, done.err
    return run


def rows(run, sql, name="library.db"):
    connection = sqlite3.connect(run.home / "data" / name)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_once_with_json_and_then_nothing_new(signed_in, demo):
    done = signed_in("sync", "--once", "--json")
    assert done.code == 0, done.err
    found = done.json
    assert set(found) == {
        "mode",
        "upserted",
        "deleted",
        "assets",
        "albums",
        "users",
        "partners",
        "notModified",
        "seconds",
    }
    assert (found["mode"], found["assets"], found["users"]) == ("stream", 50, 2)
    assert found["upserted"] == 102  # assets, their exif, users
    assert "50 assets of yours" in done.err
    again = signed_in("sync", "--once", "--json").json
    assert (again["upserted"], again["deleted"], again["assets"]) == (0, 0, 50)
    (gone, *_) = demo.assets()
    demo.state.library.delete([gone.id])
    after = signed_in("sync", "--json").json
    assert (after["upserted"], after["deleted"], after["assets"]) == (0, 1, 49)
    assert rows(signed_in, "SELECT * FROM removal") == []
    assert rows(signed_in, "SELECT sha1, remote_id FROM tombstone", "backup.db") == [
        (gone.checksum, gone.id)
    ]


def test_full_sends_everything_again_and_changes_nothing(signed_in):
    signed_in("sync")
    full = signed_in("sync", "--full", "--json").json
    assert (full["upserted"], full["deleted"], full["assets"]) == (0, 0, 50)


def test_a_lost_library_is_filled_again(signed_in):
    signed_in("sync")
    for path in (signed_in.home / "data").glob("library.db*"):
        path.unlink()
    assert signed_in("sync", "--json").json["assets"] == 50


def test_a_damaged_library_is_set_aside_and_filled_again(signed_in):
    signed_in("sync")
    (signed_in.home / "data" / "library.db").write_bytes(os.urandom(50_000))
    done = signed_in("sync", "--json")
    assert (done.code, done.json["assets"]) == (0, 50)
    assert "damaged" in done.err


def test_a_newer_library_is_refused_and_kept(signed_in):
    signed_in("sync")
    path = signed_in.home / "data" / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    done = signed_in("sync", "--json")
    assert (done.code, done.json["need"]) == (3, "settings")
    assert path.read_bytes() == before


def test_the_environment_signs_in_too(run, demo):
    done = run(
        "sync",
        "--json",
        IMMICH_INSTANCE_URL=demo.url,
        IMMICH_EMAIL=DEMO_EMAIL,
        IMMICH_PASSWORD=DEMO_PASSWORD,
    )
    assert (done.code, done.json["assets"]) == (0, 50)


def with_key(demo, *permissions):
    key = demo.add_api_key(permissions or ("all",))
    return {"IMMICH_INSTANCE_URL": demo.url, "IMMICH_API_KEY": key}


def test_with_a_key_by_etags(run, demo):
    key = with_key(demo)
    done = run("sync", "--once", "--json", **key)
    assert done.code == 0, done.err
    found = done.json
    assert (found["mode"], found["assets"], found["users"]) == ("etag", 50, 2)
    assert (found["upserted"], found["notModified"]) == (102, 0)
    demo.log.clear()
    again = run("sync", "--json", **key).json
    not_modified = [entry for entry in demo.log.entries() if entry.status == 304]
    assert (again["upserted"], again["deleted"], again["assets"]) == (0, 0, 50)
    assert again["notModified"] == len(not_modified) > 10
    full = run("sync", "--full", "--json", **key).json
    assert (full["upserted"], full["notModified"]) == (0, 0)


def test_a_key_and_a_password_by_turns(run, demo):
    key = with_key(demo)
    password = {
        "IMMICH_INSTANCE_URL": demo.url,
        "IMMICH_EMAIL": DEMO_EMAIL,
        "IMMICH_PASSWORD": DEMO_PASSWORD,
    }
    modes = []
    for number, signed_in in enumerate((key, password, key), 1):
        demo.state.library.delete([demo.assets()[0].id])
        found = run("sync", "--json", **signed_in).json
        modes.append(found["mode"])
        assert found["assets"] == 50 - number
    assert modes == ["etag", "stream", "etag"]


def test_a_key_without_asset_read_says_what_it_lacks_and_backs_up_all_the_same(run, demo, tmp_path):
    key = with_key(demo, "asset.upload", "user.read")
    done = run("sync", "--json", **key)
    assert (done.code, done.json["need"]) == (3, "permission")
    assert "lacks the permissions album.read, asset.read, partner.read, stack.read" in done.err
    assert rows(run, "SELECT * FROM asset") == []
    assert rows(run, "SELECT count(*) FROM user") == [(2,)]
    (tmp_path / "photo.jpg").write_bytes(b"a photo")
    done = run("backup", str(tmp_path / "photo.jpg"), "--once", "--anyway", "--json", **key)
    assert (done.code, done.json["completedCount"]) == (0, 1), done.err


def test_a_key_that_lacks_less_syncs_the_rest_and_says_so(run, demo):
    done = run("sync", **with_key(demo, "asset.upload", "user.read", "asset.read"))
    assert done.code == 0, done.err
    assert "50 assets of yours" in done.out
    assert "The API key lacks album.read, partner.read, stack.read" in done.out


def test_what_is_known_of_the_server_is_kept_with_its_tag_in_both_modes(signed_in, demo):
    first = signed_in("sync", "--json").json
    again = signed_in("sync", "--json").json
    assert (first["notModified"], again["notModified"]) == (0, 4)
    kept = rows(signed_in, "SELECT path FROM resource WHERE etag IS NOT NULL ORDER BY 1")
    assert [path for (path,) in kept] == [
        "/server/config",
        "/server/features",
        "/server/media-types",
        "/users/me",
    ]


def test_without_a_sign_in_and_with_a_server_in_trouble(run, demo):
    assert run("sync").code == 3
    run("login", demo.url, "--email", DEMO_EMAIL, stdin=f"{DEMO_PASSWORD}\n")
    demo.faults.add(ServerError(path="/api/sync"))
    done = run("sync", "--json")
    assert done.code == 1
    assert "answered 500" in done.json["error"]


HOLDER = """
import sys, time
from tray_app.adapters.channel.transport import claim_of
from tray_app.adapters.locations import find_locations
claim = claim_of(find_locations({"IMMICH_TRAY_HOME": sys.argv[1]}), work="sync")
print(claim.take(), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("demo", ["3.0.3"], indirect=True)
def test_it_waits_for_another_sync_whose_death_ends_the_waiting(signed_in, demo):
    log = signed_in.home / "logs" / "immich-tray.log"
    words = [sys.executable, "-c", HOLDER, str(signed_in.home)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout.readline() == "True\n"
            command = signed_in.command("sync", "--json")
            with subprocess.Popen(
                command, env=signed_in.environ, stdout=subprocess.PIPE, text=True
            ) as waiting:
                wait_until(
                    "waiting", lambda: log.exists() and "waits for it" in log.read_text(), 30
                )
                assert demo.log.count("POST", "/api/sync/stream") == 0
                other.kill()
                out, _ = waiting.communicate(timeout=30)
        finally:
            other.kill()
    assert (waiting.returncode, '"assets": 50' in out or '"assets":50' in out) == (0, True)
    assert signed_in("status", "--json").json["lastSync"]
    assert "Library last synced" in signed_in("status").out
    assert "ok" in [
        check["state"]
        for check in signed_in("doctor", "--json").json["checks"]
        if check["name"] == "Library sync"
    ]
