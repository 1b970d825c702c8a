"""Signing in against the demo server, which speaks like real 2.x and 3.x servers."""

import pytest

from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.server import DemoServer


@pytest.fixture(params=["2.7.5", "3.0.3"])
def demo(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        yield server


def states(done):
    return {check["name"]: check["state"] for check in done.json["checks"]}


def test_password_doctor_and_sign_out(run, demo):
    typed = demo.url.removeprefix("http://")
    done = run("login", typed, "--email", DEMO_EMAIL, stdin=f"{DEMO_PASSWORD}\n")
    assert done.code == 0, done.err
    assert f"Immich {demo.options.version}" in done.out
    report = run("doctor", "--json")
    assert report.code == 0, report.out
    assert states(report)["Sign-in"] == "ok"
    assert run("logout").err == ""
    assert run.keyring.read_text() == "{}"
    assert run("doctor").code == 3


def test_a_weak_key_is_refused_by_name_and_a_minimal_one_works(run, demo):
    weak = demo.add_api_key(["user.read"])
    done = run("login", demo.url, "--api-key", stdin=f"{weak}\n")
    assert (done.code, "asset.upload" in done.err) == (3, True)
    minimal = demo.add_api_key(["user.read", "asset.upload"])
    assert run("login", demo.url, "--api-key", stdin=f"{minimal}\n").code == 0
    assert run("doctor", "--json").code == 0


def test_wrong_credentials_in_the_words_of_each_version(run, demo):
    done = run("login", demo.url, "--email", DEMO_EMAIL, stdin="wrong\n")
    assert done.code == 3
    assert "does not accept this e-mail and password" in done.err
    done = run("login", demo.url, "--api-key", stdin="wrong\n")
    assert done.code == 3
    assert "does not accept this API key" in done.err
