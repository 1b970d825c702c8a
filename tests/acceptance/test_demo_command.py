"""`immich-tray demo --headless`, and that it touches nothing of the person who tries it."""

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.client import Person
from tests.acceptance.photos import photos, sha1, sums
from tray_app.demo.options import DEMO_EMAIL
from tray_app.demo.state import State


def _kept(home: Path) -> Counter[str]:
    state = State(home / "server")
    try:
        owner = state.accounts.user_by_email(DEMO_EMAIL)
        return Counter(sha1(asset.path) for asset in state.library.assets(owner.id))
    finally:
        state.close()


@pytest.fixture
def visitor(tmp_path):
    """Somebody without an account; a keychain that is touched would end the program."""
    who = Person(tmp_path)
    (tmp_path / "empty").mkdir()
    who.extra = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    return who


def _nothing_else(visitor: Person) -> None:
    assert list((visitor.place / "empty").iterdir()) == [], "HOME stays empty"
    assert {path.name for path in visitor.place.iterdir()} <= {"home", "empty", "said", "photos"}


def test_demo_with_own_photos(visitor, tmp_path):
    folder = photos(tmp_path / "photos", 8)
    done = visitor.run("demo", folder, "--headless")
    assert done.status == 0, done.err
    assert "8 files uploaded and verified" in done.out
    assert str(visitor.home / "server") in done.out
    assert _kept(visitor.home) == Counter(sums(folder))
    _nothing_else(visitor)

    started = time.monotonic()
    again = visitor.run("demo", folder, "--headless")
    assert time.monotonic() - started < 5
    assert again.status == 0
    assert "Nothing to do" in again.out
    assert _kept(visitor.home) == Counter(sums(folder))


def test_demo_with_its_samples(visitor, record):
    started = time.monotonic()
    first = visitor.run("demo", "--headless")
    took = time.monotonic() - started
    assert first.status == 0, first.said
    kept = _kept(visitor.home)
    assert len(kept) > 10
    assert max(kept.values()) == 1
    assert "skipped" in first.out
    _nothing_else(visitor)
    started = time.monotonic()
    again = visitor.run("demo", "--headless")
    second = time.monotonic() - started
    assert second < 5
    assert again.status == 0
    assert "Nothing to do" in again.out
    assert _kept(visitor.home) == kept
    record(first_seconds=took, second_seconds=second)
    for path in visitor.home.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
