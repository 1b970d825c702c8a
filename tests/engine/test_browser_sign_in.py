"""Signing in through the browser: real receivers, real HTTP, the demo's identity provider."""

import asyncio
import logging
import re
import socket
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.fakes.browser import Browser, Somebody
from tests.fakes.keychain import Keychain
from tests.fakes.site import Answer, immich, serving
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.immich.auth import ImmichDoor
from tray_app.adapters.immich.oauth import ImmichOAuth
from tray_app.adapters.locations import find_locations
from tray_app.adapters.loopback import Loopback
from tray_app.adapters.scheme import Scheme, hand_over
from tray_app.core.account import Method
from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.oauth import MOBILE, RANDOM_BYTES, Attempt, Returned
from tray_app.demo.identity_provider import Settings
from tray_app.demo.server import DemoServer
from tray_app.engine.browser_sign_in import Parts, sign_in_with_browser
from tray_app.engine.session import Session
from tray_app.ports.browser import NotTaken


class World:
    """One server, one computer, one person; each `start` is a sign-in of its own."""

    def __init__(self, server, folder):
        self.server = server
        self.folder = folder
        self.keychain = Keychain()
        self.locations = find_locations({"IMMICH_TRAY_HOME": str(folder / "home")})
        self.locations.create()
        self.url = f"{server.url}/api"
        self.hidden = []
        self.registered = 0
        self.patience = 30.0

    def begin(self):
        """Queues belong to the loop, so a person and a browser are made within it."""
        self.person = Somebody()
        self.browser = Browser(scheme=lambda url: hand_over(self.locations, {}, url))
        return self

    def session(self):
        return Session(ImmichDoor(), self.keychain, AccountFile(self.locations.account_file), {})

    async def _register(self):
        self.registered += 1

    def start(self, **changed):
        ways = (Loopback(), Scheme(self.locations, {}, self._register))
        parts = {
            "door": ImmichOAuth(),
            "pages": self.browser,
            "person": self.person,
            "ways": ways,
            "hide": self.hidden.append,
            "patience": self.patience,
        }
        return asyncio.create_task(
            sign_in_with_browser(self.session(), Parts(**parts | changed), self.url)
        )

    def set(self, **settings):
        self.server.identity.settings = Settings(enabled=True, **settings)

    def sessions(self):
        return self.server.state.accounts.sessions(self.server.user().id)


@pytest.fixture(params=["2.7.5", "3.0.3"])
def world(request, tmp_path):
    with DemoServer(tmp_path / "demo", version=request.param) as server:
        world = World(server, tmp_path)
        world.set()
        yield world


async def refused(task, kind=NeedsUser):
    with pytest.raises(kind) as caught:
        await task
    return caught.value


def nothing_is_kept(world):
    return not world.keychain.entries and not world.locations.account_file.exists()


async def test_by_the_loopback_address(world, both_loops):
    world.begin()
    identity = await world.start()
    assert (identity.email, identity.method) == ("demo@example.org", Method.OAUTH)
    assert identity.url == world.url
    [asked] = world.person.steps
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", asked.redirect)
    assert (asked.last, asked.page) == (False, "")
    assert world.registered == 0  # nothing of the system is changed where it was not needed
    [session] = world.sessions()
    assert session.device_type == socket.gethostname()
    assert '"oauth"' in world.locations.account_file.read_text()


async def test_the_session_is_used_by_the_next_start_and_ended_by_signing_out(world):
    world.begin()
    identity = await world.start()
    opened = await world.session().open()
    assert opened.account.user_id == identity.user_id
    assert opened.loaded.sign_in.access_token == world.keychain.get(identity.secret_name)
    assert not opened.loaded.temporary
    assert await world.session().sign_out() == ""
    assert world.sessions() == []
    assert nothing_is_kept(world)


async def test_where_only_the_phone_app_is_registered_the_person_passes_on(world, both_loops):
    world.begin().set(redirects=(MOBILE,))
    task = world.start()
    await world.browser.went.get()
    assert world.browser.status == 400  # the provider's page, of which nobody hears
    world.person.answers.put_nowait("")
    assert (await task).method is Method.OAUTH
    assert [step.redirect == MOBILE for step in world.person.steps] == [False, True]
    assert world.person.steps[1].last
    assert world.registered == 1
    states = [parse_qs(urlsplit(page).query)["state"] for page in world.browser.pages]
    assert states[0] != states[1]


async def test_by_way_of_the_servers_own_page(world):
    site = f"{world.server.url}/api/oauth/mobile-redirect"
    world.begin().set(redirects=(), mobile_redirect_uri=site)
    task = world.start()
    await world.browser.went.get()
    world.person.answers.put_nowait("")
    assert (await task).method is Method.OAUTH


@pytest.mark.parametrize("redirects", [("http://127.0.0.1:",), (MOBILE,)])
async def test_without_a_browser_the_person_pastes(world, redirects):
    world.begin().set(redirects=redirects)
    world.browser.opens = False
    task = world.start()
    if redirects == (MOBILE,):
        world.person.answers.put_nowait("")
        await world.person.asked.get()
    asked = await world.person.asked.get()
    assert asked.page.startswith(f"{world.server.url}/idp/")
    elsewhere = Browser()
    elsewhere.stays = True
    await elsewhere.go(asked.page)
    world.person.answers.put_nowait(f"  {elsewhere.last.replace(':///', ':/')}\r\n")
    assert (await task).method is Method.OAUTH


async def test_what_does_not_fit_is_told_and_asked_for_again(world):
    world.begin().browser.stays = True
    task = world.start()
    await world.browser.went.get()
    right = world.browser.last
    for wrong, words in (
        ("https://photos.example.org/", "not the address"),
        (re.sub(r"state=[^&]*", "state=guessed", right), "another sign-in"),
        (re.sub(r"code=[^&]*", "code=", right), "copy all of it"),
    ):
        world.person.answers.put_nowait(wrong)
        while not isinstance(step := await world.person.heard.get(), NotTaken):
            pass
        assert words in step.words
    assert world.sessions() == []
    world.person.answers.put_nowait(right)
    await task


async def test_on_the_last_way_there_is_no_next_one(world):
    world.begin().set(redirects=(MOBILE,))
    world.browser.stays = True
    task = world.start()
    for _ in range(2):
        await world.browser.went.get()
        world.person.answers.put_nowait("")
    while not isinstance(step := await world.person.heard.get(), NotTaken):
        pass
    assert "no other address" in step.words
    world.person.answers.put_nowait(world.browser.last)
    await task


async def test_a_foreign_page_cannot_slip_in_a_sign_in_of_its_own(world):
    """Login CSRF: somebody else's code must not make our photos go into their account."""
    world.begin().browser.stays = True
    task = world.start()
    await world.browser.went.get()
    asked = await world.person.asked.get()
    async with httpx.AsyncClient() as attacker:
        for query in ("code=theirs", "code=theirs&state=guessed", "error=access_denied&state=x"):
            assert (await attacker.get(f"{asked.redirect}?{query}")).status_code == 400
        rebound = {"host": f"evil.example:{urlsplit(asked.redirect).port}"}
        assert (await attacker.get(world.browser.last, headers=rebound)).status_code == 421
        assert not task.done()
        assert (await attacker.get(world.browser.last)).status_code == 200
    assert (await task).email == "demo@example.org"


async def test_a_code_is_exchanged_once(world):
    """The browser asks twice (prefetch, reload): one exchange, one session."""
    world.begin().browser.stays = True
    task = world.start()
    await world.browser.went.get()
    async with httpx.AsyncClient() as client:
        both = [client.get(world.browser.last) for _ in range(2)]
        said = await asyncio.gather(*both, return_exceptions=True)
    codes = [getattr(answer, "status_code", 0) for answer in said]
    assert codes.count(200) == 1
    await task
    assert len(world.sessions()) == 1
    assert world.server.log.count("POST", "/api/oauth/callback") == 1


async def test_an_address_that_comes_twice_at_once_is_taken_once(world):
    class Twice(Loopback):
        def open(self, offer):
            return super().open(lambda url: taken.extend((offer(url), offer(url))) or taken[0])

    taken = []
    await world.begin().start(ways=(Twice(),))
    assert taken == [True, False]


async def test_a_replayed_address_opens_no_second_session(world):
    world.begin()
    await world.start()
    used = world.browser.last
    world.browser.stays = True
    task = world.start()
    await world.browser.went.get()
    await world.person.asked.get()
    world.person.answers.put_nowait(used)
    while not isinstance(await world.person.heard.get(), NotTaken):
        pass
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(world.sessions()) == 1


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ("access_denied", NeedsUser, "cancelled.*access_denied: “The person said no”"),
        ("server_error", TryLater, "in trouble"),
        ("invalid_scope", NeedsUser, "refused"),
    ],
)
async def test_the_providers_refusal_ends_it_in_words(world, error, kind, words):
    world.begin().set(refuses=error)
    assert re.search(words, (await refused(world.start(), kind)).reason)
    assert nothing_is_kept(world)
    assert world.server.log.count("POST", "/api/oauth/callback") == 0


async def test_switched_off_is_told_before_anything_opens(world):
    world.begin().server.identity.settings = Settings(enabled=False)
    error = await refused(world.start())
    assert error.need is Need.SIGN_IN
    assert "the browser (OAuth) switched off" in error.reason
    assert "--email" in error.remedy
    assert world.browser.pages == []


async def test_switched_off_in_the_middle(world):
    world.begin().server.identity.settings.enabled = False
    with pytest.raises(NeedsUser, match=r"\(OAuth\) switched off"):
        await ImmichOAuth().begin(world.url, MOBILE, _attempt())


async def test_a_stranger_where_nobody_is_registered_by_itself(world):
    world.begin().set(email="stranger@example.org", auto_register=False)
    error = await refused(world.start())
    assert error.need is Need.SIGN_IN
    assert "no account for you" in error.reason
    assert nothing_is_kept(world)


async def test_a_code_the_server_cannot_exchange(world):
    world.begin().browser.stays = True
    task = world.start()
    await world.browser.went.get()
    world.person.answers.put_nowait(re.sub(r"code=[^&]*", "code=wrong", world.browser.last))
    error = await refused(task, TryLater)
    assert "could not finish the sign-in (500)" in error.reason
    assert nothing_is_kept(world)


async def test_nobody_comes_within_the_time(world, both_loops):
    world.begin().browser.stays = True
    world.patience = 0.2
    error = await refused(world.start())
    assert "Nobody signed in" in error.reason
    assert nothing_is_kept(world)


async def test_giving_up_leaves_nothing(world, both_loops):
    world.begin().browser.stays = True
    task = world.start()
    asked = await world.person.asked.get()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", urlsplit(asked.redirect).port)
    assert nothing_is_kept(world)
    assert world.sessions() == []


async def test_without_a_keychain_the_session_is_ended(world):
    world.begin().keychain.broken = True
    assert (await refused(world.start())).need is Need.KEYCHAIN
    assert world.sessions() == []


async def test_two_at_once_each_get_their_own(world):
    people = [World(world.server, world.folder).begin() for _ in range(2)]
    for one in people:
        one.browser.stays = True
    tasks = [one.start() for one in people]
    for one in people:
        await one.browser.went.get()
        await one.person.asked.get()
    first, second = people
    first.person.answers.put_nowait(second.browser.last)  # the wrong one of two tabs
    while not isinstance(await first.person.heard.get(), NotTaken):
        pass
    async with httpx.AsyncClient() as client:
        for one in people:
            assert (await client.get(one.browser.last)).status_code == 200
    await asyncio.gather(*tasks)
    assert len(world.sessions()) == 2


async def test_two_at_once_by_the_scheme(world):
    world.set(redirects=(MOBILE,))
    people = [World(world.server, world.folder).begin() for _ in range(2)]
    tasks = [one.start() for one in people]
    for one in people:
        await one.browser.went.get()
        one.person.answers.put_nowait("")
    assert len({(await task).user_id for task in tasks}) == 1
    assert len(world.sessions()) == 2


async def test_no_secret_is_told_or_logged(world, caplog):
    caplog.set_level(logging.DEBUG)
    world.begin().set(redirects=(MOBILE,))
    task = world.start()
    await world.browser.went.get()
    world.person.answers.put_nowait("")
    identity = await task
    sent = parse_qs(urlsplit(world.browser.last).query)
    token = world.keychain.get(identity.secret_name)
    secrets = {sent["code"][0], sent["state"][0], token}
    assert secrets <= set(world.hidden)
    assert len(world.hidden) == 6  # two tries with state and verifier, the code, the token
    ours = [one for one in caplog.records if one.name.startswith(("tray_app.a", "tray_app.e"))]
    said = "".join(map(str, world.person.steps)) + "".join(one.getMessage() for one in ours)
    said += world.locations.account_file.read_text()
    assert not [secret for secret in world.hidden if secret in said]


def _attempt():
    return Attempt.of(b"r" * RANDOM_BYTES)


class Odd:
    """A server on loopback that answers strangely."""

    def __init__(self, **routes):
        self.routes = {**immich(), **{f"/api/oauth/{name}": to for name, to in routes.items()}}


@pytest.mark.parametrize("page", ["file:///etc/passwd", "javascript:alert(1)", "--help", ""])
async def test_a_server_cannot_start_a_program(page):
    with (
        serving(Odd(authorize=Answer({"url": page}, 201)).routes) as site,
        pytest.raises(NeedsUser, match="no web page"),
    ):
        await ImmichOAuth().begin(f"{site.url}/api", MOBILE, _attempt())


@pytest.mark.parametrize("status", [400, 401, 403, 500, 502])
async def test_a_server_that_repeats_what_it_was_sent(status):
    attempt = _attempt()
    returned = Returned(f"{MOBILE}?code=the-code&state={attempt.state}", "the-code")

    def echo(asked):
        return Answer({"message": f"bad {asked.body}"}, status)

    with serving(Odd(callback=echo).routes) as site, pytest.raises(TrayError) as caught:
        await ImmichOAuth().exchange(f"{site.url}/api", returned, attempt)
    for secret in ("the-code", attempt.state, attempt.verifier):
        assert secret not in caught.value.words()


async def test_a_server_that_does_not_tell_its_ways_is_tried(tmp_path):
    with serving(immich()) as site:
        session = Session(ImmichDoor(), Keychain(), AccountFile(tmp_path / "a.json"), {})
        await session.require_way(f"{site.url}/api", Method.OAUTH)
    assert [asked.path for asked in site.asked] == ["/api/server/features"]
