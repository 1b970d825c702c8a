import asyncio
import socket

import pytest

from tests.fakes.accounts import Accounts
from tests.fakes.keychain import Keychain
from tests.fakes.site import serving
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.core.account import Method
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.permissions import missing_permissions
from tray_app.engine.session import Session

ALL_ALBUMS = ["asset.upload", "user.read", "album.read", "album.create", "albumAsset.create"]


class World:
    """A server on loopback, a keychain and a data folder that outlive each session object."""

    def __init__(self, site, accounts, folder):
        self.site, self.accounts = site, accounts
        self.url = f"{site.url}/api"
        self.keychain = Keychain()
        self.file = AccountFile(folder / "account.json")
        self.path = folder / "account.json"

    def session(self, **environ):
        return Session(ImmichDoor(), self.keychain, self.file, environ)

    def with_password(self, password="right horse"):  # noqa: S107  made up here
        session = self.session()
        return asyncio.run(session.sign_in_with_password(self.url, "me@example.org", password))

    def with_key(self, key, *, albums=False):
        return asyncio.run(self.session().sign_in_with_key(self.url, key, albums=albums))

    def headless(self):
        return self.session(
            IMMICH_INSTANCE_URL=self.site.url,
            IMMICH_EMAIL="me@example.org",
            IMMICH_PASSWORD="right horse",
        )

    def asked_for(self, path):
        return [asked for asked in self.site.asked if asked.path == path]


@pytest.fixture
def world(tmp_path):
    accounts = Accounts()
    with serving(accounts.routes()) as site:
        yield World(site, accounts, tmp_path)


def needs(need, act, *args, **kwargs):
    with pytest.raises(NeedsUser) as caught:
        act(*args, **kwargs)
    assert caught.value.need is need
    return caught.value


def test_a_password_becomes_a_session_that_the_next_start_uses(world):
    identity = world.with_password()
    assert (identity.url, identity.user_id) == (world.url, "user-1")
    opened = asyncio.run(world.session().open())
    assert opened.loaded.sign_in.access_token == "token-1"
    assert opened.account.email == "me@example.org"
    headers = world.accounts.sessions["token-1"]
    assert headers["devicemodel"] == socket.gethostname()
    assert headers["devicetype"].startswith("Immich Tray on ")


def test_neither_password_nor_token_is_in_a_file(world):
    world.with_password()
    text = world.path.read_text()
    assert "right horse" not in text
    assert "token-1" not in text
    assert "right horse" not in str(world.keychain.entries)
    assert world.path.stat().st_mode & 0o777 == 0o600


def test_a_wrong_password_is_told_in_its_own_words_and_changes_nothing(world):
    error = needs(Need.SIGN_IN, world.with_password, "wrong")
    assert "does not accept this e-mail and password" in error.reason
    assert "Incorrect email or password" in error.reason
    assert world.keychain.entries == {}
    assert not world.path.exists()


def test_a_key_is_kept_when_it_may_do_all_we_need(world):
    world.accounts.keys = {"small": ["asset.upload", "user.read"], "big": ["all"]}
    assert world.with_key("small").method is Method.API_KEY
    assert world.with_key("big", albums=True).method is Method.API_KEY
    assert asyncio.run(world.session().load_sign_in()).sign_in.api_key == "big"


def test_every_missing_permission_is_named(world):
    world.accounts.keys = {"weak": ["user.read"]}
    error = needs(Need.PERMISSION, world.with_key, "weak", albums=True)
    for name in set(ALL_ALBUMS) - {"user.read"}:
        assert name in error.reason
    assert "user.read" not in error.reason
    assert world.keychain.entries == {}
    assert missing_permissions(frozenset(ALL_ALBUMS), albums=True) == ()


def test_an_unknown_key_is_told(world):
    error = needs(Need.SIGN_IN, world.with_key, "bad")
    assert "does not accept this API key" in error.reason


def test_without_a_keychain_signing_in_fails_and_leaves_no_session_behind(world):
    world.keychain.broken = True
    needs(Need.KEYCHAIN, world.with_password)
    assert world.accounts.sessions == {}
    assert not world.path.exists()


def test_signing_in_again_ends_the_session_before(world):
    world.with_password()
    world.with_password()
    assert list(world.accounts.sessions) == ["token-2"]
    assert list(world.keychain.entries.values()) == ["token-2"]


def test_only_401_means_sign_in_again(world):
    world.with_password()
    for status in (500, 503, 429):
        world.accounts.me_status = status
        with pytest.raises(TryLater):
            asyncio.run(world.session().open())
    world.accounts.me_status = 401
    needs(Need.SIGN_IN, asyncio.run, world.session().open())
    assert world.keychain.entries


def test_another_user_at_the_address_stops_everything_until_signed_in_again(world):
    world.with_password()
    world.accounts.user_id = "user-2"
    error = needs(Need.IDENTITY, asyncio.run, world.session().open())
    assert "Nothing is sent" in error.reason
    world.with_password()
    assert asyncio.run(world.session().open()).account.user_id == "user-2"


def test_signing_out_ends_the_session_and_forgets(world):
    world.with_password()
    assert asyncio.run(world.session().sign_out()) == ""
    assert (world.accounts.sessions, world.keychain.entries) == ({}, {})
    error = needs(Need.SIGN_IN, asyncio.run, world.session().load_sign_in())
    assert "not signed in" in error.reason
    assert asyncio.run(world.session().sign_out()) == ""


def test_signing_out_with_a_key_does_not_ask_the_server(world):
    world.accounts.keys = {"big": ["all"]}
    world.with_key("big")
    asyncio.run(world.session().sign_out())
    assert world.asked_for("/api/auth/logout") == []
    assert world.keychain.entries == {}


def test_signing_out_of_a_session_that_is_gone_needs_no_warning(world):
    world.with_password()
    world.accounts.sessions.clear()
    assert asyncio.run(world.session().sign_out()) == ""


def test_signing_out_while_the_server_is_away_forgets_and_says_what_stays(world):
    world.with_password()
    world.site.routes.clear()
    warning = asyncio.run(world.session().sign_out())
    assert "Authorised Devices" in warning
    assert world.keychain.entries == {}
    assert not world.path.exists()


def test_a_key_from_the_environment_needs_no_keychain(world):
    world.accounts.keys = {"big": ["all"]}
    world.keychain.broken = True
    session = world.session(IMMICH_INSTANCE_URL=world.site.url, IMMICH_API_KEY="big")
    opened = asyncio.run(session.open())
    assert opened.loaded.sign_in.url == world.url
    assert not opened.loaded.temporary


def test_the_environment_goes_before_what_is_saved_and_leaves_it_alone(world):
    world.with_password()
    world.accounts.keys = {"big": ["all"]}
    session = world.session(IMMICH_INSTANCE_URL=world.site.url, IMMICH_API_KEY="big")
    assert asyncio.run(session.open()).loaded.sign_in.api_key == "big"
    assert world.file.load().method is Method.PASSWORD


def test_with_variables_too_another_user_at_the_address_is_noticed(world):
    world.accounts.keys = {"big": ["all"]}
    environ = {"IMMICH_INSTANCE_URL": world.site.url, "IMMICH_API_KEY": "big"}
    asyncio.run(world.session(**environ).open())
    world.accounts.user_id = "user-2"
    needs(Need.IDENTITY, asyncio.run, world.session(**environ).open())


def test_a_headless_password_session_is_kept_where_there_is_a_keychain(world):
    for _ in range(2):
        session = world.headless()
        opened = asyncio.run(session.open())
        asyncio.run(session.finish(opened.loaded))
    assert list(world.accounts.sessions) == ["token-1"]


def test_a_headless_session_that_was_revoked_is_opened_again(world):
    asyncio.run(world.headless().open())
    world.accounts.sessions.clear()
    assert asyncio.run(world.headless().open()).loaded.sign_in.access_token == "token-2"


def test_a_headless_password_session_ends_with_the_run_where_there_is_no_keychain(world):
    world.keychain.broken = True
    session = world.headless()
    opened = asyncio.run(session.open())
    assert opened.loaded.temporary
    assert world.accounts.sessions
    asyncio.run(session.finish(opened.loaded))
    assert world.accounts.sessions == {}


def test_a_headless_session_refused_by_identity_is_ended(world):
    world.keychain.broken = True
    asyncio.run(world.headless().open())
    world.accounts.sessions.clear()
    world.accounts.user_id = "user-2"
    needs(Need.IDENTITY, asyncio.run, world.headless().open())
    assert world.accounts.sessions == {}


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"IMMICH_API_KEY": "k"}, ["IMMICH_INSTANCE_URL"]),
        ({"IMMICH_INSTANCE_URL": "u"}, ["IMMICH_API_KEY", "IMMICH_EMAIL"]),
        ({"IMMICH_INSTANCE_URL": "u", "IMMICH_EMAIL": "e"}, ["IMMICH_PASSWORD is missing"]),
        ({"IMMICH_EMAIL": "e", "IMMICH_PASSWORD": "hunter2"}, ["IMMICH_INSTANCE_URL is missing"]),
    ],
)
def test_half_a_set_of_variables_is_an_error_that_names_the_rest(world, environ, missing):
    error = needs(Need.SIGN_IN, asyncio.run, world.session(**environ).load_sign_in())
    for name in missing:
        assert name in error.reason
    assert "hunter2" not in error.words()


def test_empty_variables_count_as_absent(world):
    world.with_password()
    session = world.session(IMMICH_INSTANCE_URL="", IMMICH_API_KEY="", IMMICH_EMAIL="")
    assert asyncio.run(session.load_sign_in()).sign_in.access_token == "token-1"


def test_a_damaged_record_asks_to_sign_in_again_which_repairs_it(world):
    world.path.write_text("{")
    error = needs(Need.SIGN_IN, asyncio.run, world.session().load_sign_in())
    assert str(world.path) in error.reason
    world.with_password()
    assert asyncio.run(world.session().open()).account.user_id == "user-1"


def test_a_secret_is_never_sent_to_an_edited_address(world):
    world.with_password()
    text = world.path.read_text()
    world.path.write_text(text.replace(world.url, "https://evil.example/api"))
    needs(Need.SIGN_IN, asyncio.run, world.session().load_sign_in())
