import pytest

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.url import api_url, endpoint_url, is_local, normalise, warning_for


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("photos.example.org", "https://photos.example.org"),
        ("  HTTPS://Photos.Example.org/// ", "https://photos.example.org"),
        ("https://host.example:2283/api", "https://host.example:2283"),
        ("https://host.example/api/", "https://host.example"),
        ("https://host.example:443", "https://host.example"),
        ("http://host.example:80/sub//path/", "http://host.example/sub/path"),
        ("https://host.example/sub/api", "https://host.example/sub"),
        ("https://host.example/photos?x=1#y", "https://host.example"),
        ("https://host.example/auth/login?continue=%2F", "https://host.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://Straße.Bücher.example", "https://xn--strae-oqa.xn--bcher-kva.example"),
        ("https://写真.example", "https://xn--g7qs82g.example"),
        ("http://[::1]:2283", "http://[::1]:2283"),
        ("https://[2001:DB8:0::1]", "https://[2001:db8::1]"),
        ("https://2001:db8::1/sub", "https://[2001:db8::1]/sub"),
        ("https://host.example.", "https://host.example"),
    ],
)
def test_an_address_is_understood(typed, site):
    assert normalise(typed).sites == (site,)


@pytest.mark.parametrize(
    "typed", ["localhost:2283", "192.168.1.5:2283", "nas", "nas.local", "100.100.1.2", "::1"]
)
def test_only_a_local_host_without_scheme_is_tried_over_http_too(typed):
    https, http = normalise(typed).sites
    assert https.startswith("https://")
    assert http == https.replace("https", "http", 1)
    assert normalise(f"https://{typed}").sites == (https,)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("ftp://host", "ftp://"),
        ("https://host:99999", "port"),
        ("https://host:abc", "port"),
        ("https://", "host name"),
        ("https://a..b", "host name"),
        ("https://-a.example", "host name"),
        ("https://a_b$.example", "host name"),
        ("https://[::1", "brackets"),
        ("https://[zz]", "brackets"),
        ("https://" + "a" * 64 + ".example", "host name"),
    ],
)
def test_what_cannot_be_an_address_is_told(typed, why):
    with pytest.raises(NeedsUser, match=why) as caught:
        normalise(typed)
    assert caught.value.need is Need.ADDRESS
    assert "https://photos.example.org" in caught.value.remedy


def test_a_password_in_the_address_is_refused_without_showing_it():
    with pytest.raises(NeedsUser, match="does not belong") as caught:
        normalise("https://me:hunter2@host.example")
    assert "hunter2" not in caught.value.words()


@pytest.mark.parametrize(
    ("site", "endpoint", "url"),
    [
        ("https://h", "/api", "https://h/api"),
        ("https://h/sub", "/api/", "https://h/sub/api"),
        ("https://h", "https://other/api", "https://other/api"),
        ("https://h", "https://other/x/", "https://other/x/api"),
    ],
)
def test_the_endpoint_is_relative_to_the_site(site, endpoint, url):
    assert endpoint_url(site, endpoint) == url
    assert api_url(url) == url


def test_plain_http_across_the_internet_is_warned_of():
    assert "not encrypted" in warning_for("http://photos.example.org/api")
    assert warning_for("https://photos.example.org") == ""
    assert warning_for("http://192.168.1.5:2283/api") == ""


def test_public_addresses_are_not_local():
    assert not any(map(is_local, ["8.8.8.8", "example.org", "2606:4700::1111"]))
