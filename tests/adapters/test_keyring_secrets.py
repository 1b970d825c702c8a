import logging
import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from tray_app.adapters import logs
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.core.errors import Need, NeedsUser


class MemoryKeyring(KeyringBackend):
    """A keychain of this process, as good as the contract of `keyring` asks."""

    priority = 1

    def __init__(self):
        self.entries = {}

    def get_password(self, service, username):
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        self.entries[service, username] = password

    def delete_password(self, service, username):
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class PlaintextKeyring(MemoryKeyring):
    pass


class LockedKeyring(MemoryKeyring):
    def get_password(self, service, username):
        raise KeyringLocked("prompt dismissed")


class DismissedKeyring(MemoryKeyring):
    def get_password(self, service, username):
        raise InitError("Failed to create the collection: Prompt dismissed..")


class BrokenKeyring(MemoryKeyring):
    def get_password(self, service, username):
        raise RuntimeError("secret-value")


class HangingKeyring(MemoryKeyring):
    def __init__(self):
        super().__init__()
        self.released = threading.Event()
        self.asked = 0

    def get_password(self, service, username):
        self.asked += 1
        self.released.wait(30)


def test_entries_are_kept_per_service_and_forgotten():
    backend = MemoryKeyring()
    mine, other = (KeyringSecrets(name, backend=backend) for name in ("a", "b"))
    mine.set("x", "1")
    assert (mine.get("x"), other.get("x")) == ("1", None)
    mine.delete("x")
    mine.delete("x")
    assert mine.get("x") is None


@pytest.mark.parametrize("kind", [fail.Keyring, null.Keyring, PlaintextKeyring])
def test_backends_that_keep_nothing_safe_are_refused_with_the_way_out(kind):
    with pytest.raises(NeedsUser) as caught:
        KeyringSecrets("a", backend=kind()).set("x", "1")
    assert caught.value.need is Need.KEYCHAIN
    for word in ("gnome-keyring", "IMMICH_INSTANCE_URL", "IMMICH_API_KEY", "IMMICH_PASSWORD"):
        assert word in caught.value.remedy


def test_of_a_chain_only_the_safe_one_is_used(monkeypatch):
    safe, plain = MemoryKeyring(), PlaintextKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [plain, safe])
    KeyringSecrets("a", backend=ChainerBackend()).set("x", "1")
    assert (plain.entries, safe.entries) == ({}, {("a", "x"): "1"})


@pytest.mark.parametrize("kind", [LockedKeyring, DismissedKeyring])
def test_a_locked_keychain_says_so(kind):
    with pytest.raises(NeedsUser, match="is locked") as caught:
        KeyringSecrets("a", backend=kind()).get("x")
    assert "Unlock" in caught.value.remedy


def test_a_failing_backend_does_not_leak_its_words():
    with pytest.raises(NeedsUser, match=r"failed \(RuntimeError\)") as caught:
        KeyringSecrets("a", backend=BrokenKeyring()).get("x")
    assert "secret-value" not in caught.value.words()


def test_a_keychain_that_never_answers_is_given_up_and_not_asked_again():
    backend = HangingKeyring()
    secrets = KeyringSecrets("a", backend=backend, seconds=0.05)
    for _ in range(2):
        with pytest.raises(NeedsUser, match="did not answer") as caught:
            secrets.get("x")
        assert caught.value.need is Need.KEYCHAIN
    assert backend.asked == 1
    backend.released.set()


def test_no_secret_that_passed_through_is_ever_logged(tmp_path):
    backend = MemoryKeyring()
    backend.set_password("a", "x", "stored-before")
    secrets = KeyringSecrets("a", backend=backend)
    secrets.get("x")
    secrets.set("y", "stored-now")
    level = logging.getLogger().level
    path = logs.set_up(tmp_path, detailed=False)
    try:
        logging.getLogger("tray_app.x").warning("odd: stored-before stored-now")
    finally:
        logs.take_down()
        logging.getLogger().setLevel(level)
    assert path.read_text().endswith("odd: [hidden] [hidden]\n")
