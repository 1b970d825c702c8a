import pytest

from tests.fakes.site import Answer


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    return folder


@pytest.fixture
def signed_in(run, site, photos):
    run("login", site.url, "--email", "me@example.org", stdin="right horse\n")
    run("settings", "set", "folders", str(photos))
    return run


def states(done):
    return {check["name"]: check["state"] for check in done.json["checks"]}


def words(done, name):
    return next(check["words"] for check in done.json["checks"] if check["name"] == name)


def test_all_is_well(signed_in, photos):
    done = signed_in("doctor", "--json")
    found = states(done)
    assert done.code == 0, done.out
    assert done.json["ok"] is True
    assert "problem" not in found.values()
    for name in ("Keychain", "Settings", "Server name", "Connection", "Immich", "Sign-in"):
        assert found[name] == "ok"
    assert found[f"Folder {photos}"] == "ok"
    assert found["Clock"] == "ok"


def test_before_signing_in_it_says_what_to_do(run):
    done = run("doctor")
    assert done.code == 3
    assert "PROBLEM Server: You are not signed in" in done.out
    assert "immich-tray login URL" in done.out


def test_each_fault_is_found_with_its_remedy(signed_in, site, accounts, photos):
    signed_in.settings.write_text(f'[[folders]]\npath = "{photos}/gone"\n')
    site.routes["/api"] = Answer({}, 404, {"Date": "Mon, 01 Jan 2024 00:00:00 GMT"})
    accounts.sessions.clear()
    done = signed_in("doctor", "--json")
    found = states(done)
    assert done.code == 3
    assert found[f"Folder {photos}/gone"] == "problem"
    assert found["Sign-in"] == "problem"
    assert found["Permissions"] == "not checked"


def test_a_server_that_is_away_is_a_failure_and_later_steps_are_not_guessed(signed_in, site):
    record = signed_in.home / "data" / "account.json"
    record.write_text(record.read_text().replace(f":{site.port}/", ":1/"))
    done = signed_in("doctor", "--json")
    found = states(done)
    assert done.code == 1
    assert found["Connection"] == "problem"
    assert "refuses the connection on port 1" in words(done, "Connection")
    assert found["Immich"] == found["Sign-in"] == "not checked"


def test_missing_permissions_are_named(run, site, accounts):
    accounts.keys = {"weak-key": ["user.read"]}
    environ = {"IMMICH_INSTANCE_URL": site.url, "IMMICH_API_KEY": "weak-key"}
    done = run(
        "doctor", "--json", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring", **environ
    )
    assert done.code == 3
    assert "asset.upload" in words(done, "Permissions")
    assert states(done)["Keychain"] == "note"


def test_a_broken_settings_file_is_one_finding_among_others(signed_in):
    signed_in.settings.write_text("syncInterval = 0\n")
    done = signed_in("doctor", "--json")
    assert done.code == 3
    assert states(done)["Settings"] == "problem"
    assert states(done)["Immich"] == "ok"
