import pytest

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.pins import pin_line, place_of, read_pin, same_spelling, spelled, with_pin
from tray_app.core.settings import InvalidSettings, Settings, changed
from tray_app.core.way import Way, secret_names, way_of

HEX = "ab" * 32
SECRETS = {
    "proxy": "p@ss/word",
    "clientKey": "horse",
    "header:cf-access-client-id": "v4lue",
}


def test_everything_of_the_settings_is_in_the_way():
    settings = Settings(
        proxy="http://me@proxy.lan:3128",
        lan_url="192.168.1.5:2283",
        authority_file="/ca.pem",
        client_certificate_file="/me.pem",
        client_key_file="/key.pem",
        extra_headers=("CF-Access-Client-Id",),
        trusted_certificates=(f"photos.lan:443 {HEX}",),
    )
    assert way_of(settings, SECRETS.get) == Way(
        proxy="http://me:p%40ss%2Fword@proxy.lan:3128",
        near=("https://192.168.1.5:2283/api", "http://192.168.1.5:2283/api"),
        authority="/ca.pem",
        certificate="/me.pem",
        key="/key.pem",
        key_password="horse",
        headers=(("CF-Access-Client-Id", "v4lue"),),
        pins=(("photos.lan:443", HEX),),
    )
    assert set(secret_names(settings)) == set(SECRETS)


def test_without_options_the_keychain_is_not_asked():
    def asked(name):
        raise AssertionError(name)

    assert way_of(Settings(proxy="http://proxy.lan:3128"), asked).near == ()


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        (Settings(proxy="http://me@p:1"), "password of the proxy"),
        (Settings(extra_headers=("X-Key",)), "value of the header X-Key"),
    ],
)
def test_a_secret_that_is_missing_is_named_with_what_to_type(settings, what):
    with pytest.raises(NeedsUser, match=what) as caught:
        way_of(settings, lambda _name: None)
    assert caught.value.need is Need.SETTINGS
    assert "immich-tray settings secret" in caught.value.remedy


def test_a_pin_counts_for_its_https_address_only():
    way = Way(pins=(("photos.lan:443", HEX),), near=("https://nas.lan/api",))
    assert way.pin_for("https://photos.lan/api") == HEX
    assert way.pin_for("https://photos.lan:8443/api") is None
    assert way.pin_for("http://photos.lan:443/api") is None
    assert way.is_near("https://nas.lan:443/x")
    assert not way.is_near("https://photos.lan/api")


@pytest.mark.parametrize(
    "text", [HEX, HEX.upper(), spelled(HEX), f"SHA256 Fingerprint={spelled(HEX)}", f" sha256:{HEX}"]
)
def test_fingerprints_are_read_however_they_are_written(text):
    assert same_spelling(text) == HEX


def test_a_new_certificate_takes_the_place_of_the_old_one():
    other = "01" * 32
    lines = with_pin((pin_line("a:443", HEX), pin_line("b:443", HEX)), "A:443", other)
    assert [read_pin(line) for line in lines] == [("b:443", HEX), ("a:443", other)]


def test_places_are_host_and_port():
    assert place_of("https://Photos.lan/api") == "photos.lan:443"
    assert place_of("http://[::1]:2283/x") == "[::1]:2283"
    assert place_of("http://a") == "a:80"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("proxy", "socks5://p:1", "http://me@proxy.lan:3128"),
        ("proxy", "http://me:secret@p:1", "keychain"),
        ("proxy", "http://p:1/path", "takes"),
        ("lanUrl", "ftp://nas", "not supported"),
        ("authorityFile", "ca.pem", "not an absolute path"),
        ("extraHeaders", ["Host"], "set by the program itself"),
        ("extraHeaders", ["x-api-key"], "set by the program itself"),
        ("extraHeaders", ["X A"], "not the name of a header"),
        ("extraHeaders", ["X-A", "x-a"], "listed twice"),
        ("trustedCertificates", ["photos.lan:443"], "fingerprint"),
        ("trustedCertificates", [f"photos.lan {HEX}"], "fingerprint"),
        ("trustedCertificates", [7], "fingerprint"),
        ("trustedCertificates", [f"a:1 {HEX}", f"A:1 {HEX}"], "listed twice"),
    ],
)
def test_options_that_cannot_be_are_refused(key, value, words):
    with pytest.raises(InvalidSettings, match=words):
        changed(Settings(), key, value)


@pytest.mark.parametrize("proxy", ["", "none", "http://p", "http://me@p:3128", "http://p:1/"])
def test_proxies_that_can_be(proxy):
    assert changed(Settings(), "proxy", proxy).proxy == proxy.rstrip("/")
