"""Certificates, proxies, headers and addresses on real sockets, for HTTP and Socket.IO alike."""

import asyncio
import ssl

import pytest

from tests.fakes.both_ways import (
    ALL,
    BOTH,
    TOKEN,
    TunnelProxy,
    by_http,
    by_socket,
    serving_both,
    sign_in,
)
from tests.fakes.certificates import Authority
from tests.fakes.site import Answer, immich, serving
from tray_app.adapters.immich import http as module
from tray_app.adapters.immich.certificate import shown_certificate
from tray_app.adapters.immich.discovery import find_server
from tray_app.adapters.immich.errors import translated
from tray_app.adapters.immich.routing import proxy_for
from tray_app.core.errors import Need, NeedsUser, TrayError, TryLater
from tray_app.core.pins import place_of
from tray_app.core.way import Way

both = pytest.mark.parametrize("reach", BOTH)
all_ways = pytest.mark.parametrize("reach", ALL)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def own(authority):
    """The way with the authority of the tests as one's own."""
    return Way(authority=str(authority.file))


async def refused(reach, tls, way, need=Need.CERTIFICATE):
    """Reach for a server that must not be reached: no request may come to it."""
    async with serving_both(tls) as server:
        with pytest.raises(NeedsUser) as caught:
            await reach(sign_in(server.url, way))
        assert server.asked == []
    assert caught.value.need is need
    assert caught.value.remedy
    return caught.value.reason


@both
async def test_an_own_authority_is_trusted_beside_those_of_the_system(reach, authority, own):
    async with serving_both(authority.context()) as server:
        await reach(sign_in(server.url, own))
        assert server.asked[-1][1]["authorization"] == f"Bearer {TOKEN}"
    assert "does not trust" in await refused(reach, authority.context(), Way())


@all_ways
@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"days": -1}, "has expired"),
        ({"ip": "127.0.0.2"}, "for another name than 127.0.0.1"),
        ({"self_signed": True}, "self-signed"),
    ],
)
async def test_a_bad_certificate_is_never_bypassed(reach, bad, words, authority, own):
    assert words in await refused(reach, authority.context(**bad), own)


def pinned(server, fingerprint):
    return Way(pins=((place_of(server.url), fingerprint),))


@all_ways
@pytest.mark.parametrize("kind", [{"self_signed": True}, {"days": -1}, {"ip": "127.0.0.2"}, {}])
async def test_a_certificate_trusted_by_its_fingerprint_is_enough(reach, kind, authority):
    async with serving_both(authority.context(**kind)) as server:
        await reach(sign_in(server.url, pinned(server, authority.shown)))
        assert server.asked


@all_ways
async def test_another_certificate_than_the_trusted_one_stops_before_anything_is_sent(
    reach, authority, own
):
    tls = authority.context()  # signed by a trusted authority, and yet not the one we know
    shown = authority.shown
    async with serving_both(tls) as server:
        way = Way(authority=own.authority, pins=pinned(server, "ab" * 32).pins)
        with pytest.raises(NeedsUser) as caught:
            await reach(sign_in(server.url, way))
        assert server.asked == []
    assert caught.value.need is Need.IDENTITY
    assert shown[:2].upper() + ":" in caught.value.reason


@all_ways
async def test_a_pin_counts_at_its_own_address_only(reach, authority):
    way = Way(pins=(("127.0.0.1:1", "00" * 32),))
    assert "self-signed" in await refused(reach, authority.context(self_signed=True), way)


@both
@pytest.mark.parametrize("password", ["", "horse"])
async def test_a_client_certificate_opens_a_server_that_asks_for_one(reach, password, authority):
    certificate, key = authority.client(password=password)
    way = Way(
        authority=str(authority.file),
        certificate=str(certificate),
        key=str(key),
        key_password=password,
    )
    async with serving_both(authority.context(clients_only=True)) as server:
        await reach(sign_in(server.url, way))
        assert server.asked


@all_ways
async def test_without_a_client_certificate_the_words_ask_for_one(reach, authority, own):
    tls = authority.context(clients_only=True)
    # With 1.3 the refusal comes after the request, and may be overtaken by the end of the line.
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(immich(), tls=tls) as site:
        with pytest.raises(NeedsUser, match="client certificate") as caught:
            await reach(sign_in(site.url, own))
        assert caught.value.need is Need.CERTIFICATE
        assert "clientCertificateFile" in caught.value.remedy
        assert site.asked == []


def test_a_refusal_after_the_handshake_is_understood():
    said = ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate req")
    with pytest.raises(NeedsUser, match="client certificate"), translated("https://a.example"):
        raise said
    with pytest.raises(TryLater), translated("https://a.example"):
        raise ssl.SSLError(1, "[SSL: SSLV3_ALERT_BAD_RECORD_MAC] bad record mac")


async def test_a_proxy_that_asks_for_one_in_words_is_understood_too():
    page = Answer("<html>400 No required SSL certificate was sent</html>", 400)
    with (
        serving({"/api/server/version": page}) as site,
        pytest.raises(NeedsUser, match="client certificate"),
    ):
        await by_http(sign_in(site.url, Way()))


@all_ways
async def test_a_client_certificate_goes_along_with_a_pin(reach, authority):
    certificate, key = authority.client()
    async with serving_both(authority.context(clients_only=True)) as server:
        way = Way(
            certificate=str(certificate), key=str(key), pins=pinned(server, authority.shown).pins
        )
        await reach(sign_in(server.url, way))


@both
@pytest.mark.parametrize("field", ["authority", "certificate", "key"])
async def test_a_file_of_no_use_is_named(reach, field, authority, tmp_path):
    certificate, key = map(str, authority.client(password="horse"))
    good = {"authority": str(authority.file), "certificate": certificate, "key": key}
    rubbish = tmp_path / "rubbish.pem"
    rubbish.write_text("no certificate")
    for bad in (rubbish, tmp_path / "gone.pem"):
        way = Way(**{**good, field: str(bad)}, key_password="horse")
        words = await refused(reach, authority.context(), way)
        assert str(bad if field == "authority" else way.certificate) in words
    wrong = Way(**good, key_password="donkey")
    assert "password" in await refused(reach, authority.context(), wrong)


@both
async def test_a_proxy_tunnels_what_it_cannot_read(reach, authority, own, monkeypatch):
    async with serving_both(authority.context()) as server, TunnelProxy().running() as proxy:
        place = place_of(server.url)
        with_user = proxy.url.replace("//", "//me:s3cret@")
        way = Way(authority=own.authority, proxy=with_user)
        await reach(sign_in(server.url, way))
        assert proxy.asked == [(place, "Basic bWU6czNjcmV0")]
        assert "s3cret" not in repr(way)
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "elsewhere")
        await reach(sign_in(server.url, own))
        assert len(proxy.asked) == 2
        await reach(sign_in(server.url, Way(authority=own.authority, proxy="none")))
        assert len(proxy.asked) == 2


@both
async def test_pins_count_through_a_proxy_too(reach, authority):
    async with (
        serving_both(authority.context(self_signed=True)) as server,
        TunnelProxy().running() as proxy,
    ):
        pins = pinned(server, authority.shown).pins
        await reach(sign_in(server.url, Way(proxy=proxy.url, pins=pins)))
        with pytest.raises(NeedsUser, match="another certificate"):
            await reach(
                sign_in(server.url, Way(proxy=proxy.url, pins=pinned(server, "0" * 64).pins))
            )
        assert len(proxy.asked) == 2


@both
async def test_a_proxy_that_refuses_may_let_us_through_later(reach, authority, own):
    proxy = TunnelProxy()
    proxy.refuses = True
    async with serving_both(authority.context()) as server, proxy.running():
        with pytest.raises(TrayError):
            await reach(sign_in(server.url, Way(authority=own.authority, proxy=proxy.url)))
        assert server.asked == []


def test_which_proxy_is_used(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,home.example")
    assert proxy_for("https://photos.example/api", Way()) == "http://127.0.0.1:9"
    assert proxy_for("https://home.example/api", Way()) is None
    assert proxy_for("https://127.0.0.1:2283/api", Way()) is None
    near = Way(proxy="http://p:1", near=("https://nas.lan/api",))
    assert proxy_for("https://photos.example/api", near) == "http://p:1"
    assert proxy_for("https://nas.lan/api", near) is None
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(NeedsUser, match="SOCKS"):
        proxy_for("https://photos.example/api", Way())


HEADERS = (("CF-Access-Client-Secret", "v4lue-of-mine"), ("Authorization", "Basic nobody"))


@both
async def test_extra_headers_go_to_the_server_and_never_replace_our_own(reach):
    async with serving_both() as server:
        await reach(sign_in(server.url, Way(headers=HEADERS)))
        for _, headers in server.asked:
            assert headers["cf-access-client-secret"] == "v4lue-of-mine"
            assert headers["authorization"] == f"Bearer {TOKEN}"


@both
async def test_extra_headers_and_credentials_do_not_follow_a_redirect(reach):
    async with serving_both() as other, serving_both(location=other.url) as server:
        with pytest.raises(TrayError):
            await reach(sign_in(server.url, Way(headers=HEADERS)))
        assert server.asked
        assert other.asked == []


@all_ways
@pytest.mark.parametrize("there", ["http", "https"])
async def test_no_redirect_leads_down_or_to_another_origin(reach, there, authority, own):
    """From https to http, or to a server as trusted as the first: nothing is asked there."""
    tls = authority.context() if there == "https" else None
    async with (
        serving_both(tls) as other,
        serving_both(authority.context(), location=other.url) as server,
    ):
        with pytest.raises(TrayError) as caught:
            await reach(sign_in(server.url, own))
        assert caught.value.reason
        assert server.asked
        assert other.asked == []


async def test_looking_for_the_server_takes_headers_to_its_own_origin_only():
    async with serving_both() as other, serving_both(location=other.url) as server:
        found = await find_server(server.url, Way(headers=HEADERS))
        assert found.url == f"{other.url}/api"
        assert all("cf-access-client-secret" in headers for _, headers in server.asked)
        assert other.asked
        assert not any("cf-access-client-secret" in headers for _, headers in other.asked)


def test_no_way_shows_its_secrets():
    way = Way(headers=HEADERS, key_password="horse", proxy="http://me:donkey@p:1")
    for secret in ("v4lue-of-mine", "horse", "donkey", "nobody"):
        assert secret not in repr(way)
        assert secret not in repr(sign_in("http://a", way))


class TestTwoAddresses:
    """Design section 3: the first that answers as the same user is used."""

    async def used(self, far, near_url, user_id="user-1"):
        one = sign_in(far.url, Way(near=(f"{near_url}/api",)), user_id)
        await by_socket(one)
        return await by_http(one)

    async def test_the_near_one_is_used_while_it_answers(self):
        async with serving_both() as far:
            async with serving_both() as near:
                assert await self.used(far, near.url) == f"{near.url}/api"
                assert near.asked[-1][1]["authorization"] == f"Bearer {TOKEN}"
                assert far.asked == []
            assert await self.used(far, near.url) == f"{far.url}/api"

    async def test_one_that_never_answers_costs_little(self, monkeypatch):
        monkeypatch.setattr(module, "NEAR_SECONDS", 0.2)
        async with serving_both() as far, SilentServer() as silent:
            assert await self.used(far, silent.url) == f"{far.url}/api"

    async def test_another_user_there_is_refused(self, caplog):
        async with serving_both() as far, serving_both(user_id="user-2") as near:
            assert await self.used(far, near.url) == f"{far.url}/api"
        assert "another account answers there" in caplog.text

    async def test_what_is_no_immich_gets_no_credential(self):
        async with serving_both() as far, serving_both(location="http://127.0.0.1:1") as router:
            assert await self.used(far, router.url) == f"{far.url}/api"
            assert router.asked
            assert not any("authorization" in headers for _, headers in router.asked)

    async def test_a_near_certificate_needs_trust_of_its_own(self, authority):
        async with (
            serving_both() as far,
            serving_both(authority.context(self_signed=True)) as near,
        ):
            assert await self.used(far, near.url) == f"{far.url}/api"
            way = Way(near=(f"{near.url}/api",), pins=pinned(near, authority.shown).pins)
            assert await by_http(sign_in(far.url, way, "user-1")) == f"{near.url}/api"

    async def test_before_we_know_who_we_are_only_the_address_itself_counts(self):
        async with serving_both() as far, serving_both() as near:
            assert await self.used(far, near.url, user_id=None) == f"{far.url}/api"
            assert near.asked == []


class SilentServer:
    """Takes connections and never says a word."""

    def __init__(self):
        self._writers = []

    async def __aenter__(self):
        take = lambda _reader, writer: self._writers.append(writer)  # noqa: E731
        self._server = await asyncio.start_server(take, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for writer in self._writers:
            writer.close()


async def test_the_certificate_of_a_server_can_be_looked_at_without_sending_it_anything(authority):
    async with serving_both(authority.context(self_signed=True)) as server:
        shown = await shown_certificate(server.url, Way(headers=HEADERS))
        assert (shown.place, shown.fingerprint) == (place_of(server.url), authority.shown)
        assert server.asked == []
    async with serving_both() as plain:
        assert await shown_certificate(plain.url, Way()) is None
        assert await shown_certificate(plain.url.replace("http:", "https:"), Way()) is None
    with pytest.raises(TryLater):
        await shown_certificate(server.url, Way())
