"""The support bundle: everything that helps, and no secret."""

import stat
import zipfile

import pytest

SECRETS = ("hunter2-hunter2", "right horse", "token-1", "the-key-in-the-environment")


@pytest.fixture
def bundle(run, site, tmp_path):
    """Write one after a life full of secrets; its texts by name."""
    run("login", site.url, "--email", "me@example.org", stdin="right horse\n")
    run("settings", "set", "excludePatterns", "*.tmp")
    with run.settings.open("a") as file:
        file.write('\n# password = "hunter2-hunter2"\n')
    log = run.home / "logs" / "immich-tray.log"
    with log.open("a") as file:
        file.write(
            "2026-03-12 14:30:00,000 INFO    app: GET /api?token=hunter2-hunter2 of"
            f" {run.environ['HOME']}/Pictures, cookie: immich_access_token=hunter2-hunter2\n"
            "2026-03-12 14:30:00,000 INFO    app: it says the-key-in-the-environment, token-1\n"
        )
    log.with_name("immich-tray.log.1").write_text("older\n")
    target = tmp_path / "bundle.zip"
    done = run("logs", "--bundle", str(target), IMMICH_API_KEY="the-key-in-the-environment")
    assert done.code == 0, done.err
    assert str(target) in done.out
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_it_has_what_helps(bundle):
    assert set(bundle) == {
        "README.txt",
        "versions.txt",
        "doctor.txt",
        "immich-tray.log.1",
        "immich-tray.log",
        "settings.toml",
    }
    assert "Signed in at" in bundle["immich-tray.log"]
    assert bundle["immich-tray.log.1"] == "older\n"
    assert '"*.tmp"' in bundle["settings.toml"]
    assert "Keychain" in bundle["doctor.txt"]
    assert "Immich Tray " in bundle["versions.txt"]
    assert "SQLite 3" in bundle["versions.txt"]


def test_it_has_no_secret_and_not_whose_home_it_is(bundle, run):
    everything = "".join(bundle.values())
    for secret in SECRETS:
        assert secret not in everything
    assert run.environ["HOME"] not in everything
    assert "~/Pictures" in bundle["immich-tray.log"]


def test_a_place_that_cannot_be_written_is_named(run, tmp_path):
    done = run("logs", "--bundle", str(tmp_path / "no" / "bundle.zip"))
    assert done.code == 3
    assert "bundle.zip could not be written: No such file or directory. Name another" in done.err
