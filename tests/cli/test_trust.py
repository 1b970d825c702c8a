"""Signing in at a server with a certificate of its own, and secrets of the connection."""

import os
import pty
import subprocess

import pytest

from tests.fakes.certificates import Authority
from tests.fakes.site import serving
from tray_app.core.pins import spelled


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


def login(run, site, *more, stdin="right horse\n"):
    return run("login", site.url, "--email", "me@example.org", *more, stdin=stdin)


def test_a_self_signed_server_is_trusted_by_its_fingerprint(run, accounts, authority):
    tls = authority.context(self_signed=True)
    fingerprint = spelled(authority.shown)
    with serving(accounts.routes(), tls=tls) as site:
        done = login(run, site)
        assert done.code == 3
        assert "self-signed" in done.err
        assert fingerprint in done.err
        assert site.asked == []
        done = login(run, site, "--trust", fingerprint.lower())
        assert done.code == 0, done.err
        assert fingerprint in run.settings.read_text()
        assert login(run, site).code == 0  # from now on, without being asked


def test_a_wrong_fingerprint_trusts_nothing(run, accounts, authority):
    with serving(accounts.routes(), tls=authority.context(self_signed=True)) as site:
        for wrong in ("ab" * 32, "nonsense"):
            done = login(run, site, "--trust", wrong)
            assert done.code == 3
            assert "another fingerprint" in done.err
        assert site.asked == []
    assert "AB:AB" not in run("settings", "get", "trustedCertificates").out


def test_a_changed_certificate_stops_everything_until_it_is_trusted(run, accounts, authority):
    tls = authority.context(self_signed=True)
    with serving(accounts.routes(), tls=tls) as site:
        assert login(run, site, "--trust", authority.shown).code == 0
        renewed = authority.context(self_signed=True)
        done = run("backup", str(run.home), "--once")
        first = done.err
        with serving(accounts.routes(), tls=renewed) as other:
            moved = run.settings.read_text().replace(f":{site.port} ", f":{other.port} ")
            run.settings.write_text(moved)
            done = login(run, other)
            assert done.code == 3
            assert "another certificate than the one you trusted" in done.err
            assert other.asked == []
            assert login(run, other, "--trust", authority.shown).code == 0
    assert "certificate" not in first


def test_extra_headers_have_names_in_the_file_and_values_in_the_keychain(run, site):
    run("settings", "set", "extraHeaders", "X-Door")
    done = login(run, site)
    assert done.code == 3
    assert "value of the header X-Door" in done.err
    assert site.asked == []
    done = run("settings", "secret", "header:x-door", stdin="v4lue-of-mine\n")
    assert (done.code, done.out) == (0, "")
    assert login(run, site).code == 0
    assert all(asked.headers["x-door"] == "v4lue-of-mine" for asked in site.asked)
    assert "v4lue-of-mine" in run.keyring.read_text()
    assert "v4lue-of-mine" not in run.everything_written()
    assert "v4lue-of-mine" not in run("settings").out + run("doctor").out
    run("settings", "secret", "header:x-door", "--delete")
    assert "v4lue-of-mine" not in run.keyring.read_text()


def test_only_secrets_that_something_uses_are_kept(run):
    done = run("settings", "secret", "header:X-Other", stdin="v\n")
    assert done.code == 2
    assert "clientKey, proxy" in done.err


def test_doctor_checks_by_the_same_way(run, accounts, authority):
    with serving(accounts.routes(), tls=authority.context(self_signed=True)) as site:
        assert login(run, site, "--trust", authority.shown).code == 0
        done = run("doctor")
        assert "The certificate is the one you trust." in done.out
        assert "Signed in as me@example.org" in done.out


class Terminal:
    """A person at a terminal, who answers what they read."""

    def __init__(self, run, *args):
        self._main, other = pty.openpty()
        self.said = b""
        self._process = subprocess.Popen(
            run.command(*args),
            stdin=other,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=run.environ,
            start_new_session=True,
        )
        os.close(other)

    def answer(self, question, words):
        while question not in self.said:
            more = self._process.stdout.read1()
            assert more, self.said
            self.said += more
        os.write(self._main, words + b"\n")

    def end(self):
        self.said += self._process.communicate(timeout=50)[0]
        os.close(self._main)
        return self._process.returncode, self.said.decode()


def test_a_person_at_the_terminal_is_asked_with_the_fingerprint(run, accounts, authority):
    accounts.keys = {"the-key-of-me": ["all"]}
    tls = authority.context(self_signed=True)
    with serving(accounts.routes(), tls=tls) as site:
        person = Terminal(run, "login", site.url, "--api-key")
        person.answer(b"Trust this certificate", b"n")
        code, said = person.end()
        assert code == 1
        assert spelled(authority.shown) in said
        assert "self-signed" in said
        assert site.asked == []
        person = Terminal(run, "login", site.url, "--api-key")
        person.answer(b"Trust this certificate", b"y")
        person.answer(b"API key", b"the-key-of-me")
        code, said = person.end()
        assert code == 0, said
        assert "Signed in as me@example.org" in said
        assert spelled(authority.shown) in run.settings.read_text()
