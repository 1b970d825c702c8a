import json

import pytest

from tests.fakes.site import Answer


def test_signing_in_with_a_password_and_out_again(run, site, accounts):
    done = run("login", site.url, "--email", "me@example.org", stdin="right horse\n")
    assert (done.code, done.err) == (0, "")
    assert f"Signed in as me@example.org at {site.url}/api (Immich 2.7.5)." in done.out
    assert "token-1" in run.keyring.read_text()
    assert f'serverUrl = "{site.url}"' in run.settings.read_text()
    for secret in ("right horse", "token-1"):
        assert secret not in run.everything_written() + done.out
    done = run("logout")
    assert (done.code, done.out) == (0, f"Signed out of {site.url}/api.\n")
    assert (accounts.sessions, run.keyring.read_text()) == ({}, "{}")
    assert "not signed in" in run("logout").out


def test_signing_out_leaves_the_secrets_of_the_connection_unless_asked(run, site):
    run("settings", "set", "extraHeaders", "X-Door")
    names = ("proxy", "clientKey", "header:X-Door")
    for name in names:
        assert run("settings", "secret", name, stdin="quiet word\n").code == 0
    assert run("login", site.url, "--email", "me@example.org", stdin="right horse\n").code == 0
    assert run("logout").code == 0
    kept = json.loads(run.keyring.read_text())
    assert len(kept) == len(names)
    assert run("logout", "--secrets").code == 0
    assert run.keyring.read_text() == "{}"


def test_signing_in_with_a_key(run, site, accounts):
    accounts.keys = {"the-key-of-me": ["all"]}
    assert run("login", site.url, "--api-key", stdin="the-key-of-me\r\n").code == 0
    assert "the-key-of-me" in run.keyring.read_text()
    assert "the-key-of-me" not in run.everything_written()


def test_a_key_without_album_rights_is_refused_when_albums_are_wanted(run, site, accounts):
    accounts.keys = {"weak-key": ["asset.upload", "user.read"]}
    run("settings", "set", "albumMode", "folder")
    done = run("login", site.url, "--api-key", stdin="weak-key\n")
    assert done.code == 3
    assert "album.create, album.read, albumAsset.create" in done.err


@pytest.mark.parametrize(
    ("args", "stdin", "words"),
    [
        (["--api-key", "--email", "e"], "", "either"),
        (["--browser", "--email", "e"], "", "either"),
        ([], "secret\n", "--email E, --browser or --api-key"),
        (["--api-key"], "", "first line of standard input"),
    ],
)
def test_wrong_usage_is_told_with_status_2(run, site, args, stdin, words):
    done = run("login", site.url, *args, stdin=stdin)
    assert done.code == 2
    assert words in done.err


def test_a_wrong_password_needs_the_person(run, site):
    done = run("login", site.url, "--email", "me@example.org", stdin="wrong horse\n")
    assert done.code == 3
    assert "does not accept this e-mail and password" in done.err
    assert "wrong horse" not in done.err + run.everything_written()


def test_trouble_of_the_server_is_a_failure_not_the_persons(run, site):
    site.routes["/api/server/config"] = Answer({"maintenanceMode": True})
    done = run("login", site.url, "--api-key", stdin="k\n")
    assert done.code == 1
    assert "in maintenance" in done.err


def test_without_a_keychain_the_variables_are_named(run, site, accounts):
    backend = "keyring.backends.fail.Keyring"
    done = run(
        "login",
        site.url,
        "--email=me@example.org",
        stdin="right horse\n",
        PYTHON_KEYRING_BACKEND=backend,
    )
    assert done.code == 3
    assert "IMMICH_API_KEY" in done.err
    assert accounts.sessions == {}


def test_a_broken_settings_file_does_not_prevent_signing_in_and_stays(run, site):
    run.settings.parent.mkdir(parents=True)
    run.settings.write_text("a = = 1\n")
    done = run("login", site.url, "--email", "me@example.org", stdin="right horse\n")
    assert done.code == 0
    assert "line 1" in done.err
    assert run.settings.read_text() == "a = = 1\n"
