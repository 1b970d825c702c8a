import asyncio
import socket

import pytest

from tests.fakes.certificates import Authority
from tests.fakes.site import HTML, Answer, immich, serving, version
from tray_app.adapters.immich.discovery import find_server
from tray_app.core.errors import Need, NeedsUser, TryLater

WELL_KNOWN = "/.well-known/immich"


def find(typed):
    return asyncio.run(find_server(typed))


def told(typed, kind=NeedsUser):
    with pytest.raises(kind) as caught:
        find(typed)
    return caught.value


def endpoint(value):
    return {WELL_KNOWN: Answer({"api": {"endpoint": value}})}


def moved(target, status=301):
    return Answer("", status, {"Location": target})


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


def test_a_site_without_well_known_has_its_api_below_it():
    with serving(immich()) as site:
        found = find(site.url)
        assert found.url == f"{site.url}/api"
        assert str(found.version) == "2.7.5"
        assert found.warnings == ()
        assert not any("authorization" in a.headers or "x-api-key" in a.headers for a in site.asked)


@pytest.mark.parametrize("typed", ["{}/", "{}/api", " {}/api/ ", "{}/photos"])
def test_what_people_type_leads_to_the_same_server(typed):
    with serving({**immich(), **endpoint("/api")}) as site:
        assert find(typed.format(site.url)).url == f"{site.url}/api"


def test_no_scheme_on_a_local_host_falls_back_to_http():
    with serving(immich()) as site:
        assert find(f"127.0.0.1:{site.port}").url == f"{site.url}/api"


def test_the_endpoint_may_be_relative_to_a_sub_path_or_absolute():
    with serving(immich("/sub/api")) as site:
        site.routes["/sub/.well-known/immich"] = Answer({"api": {"endpoint": "/api"}})
        assert find(f"{site.url}/sub").url == f"{site.url}/sub/api"
        with serving(endpoint(f"{site.url}/sub/api")) as front:
            assert find(front.url).url == f"{site.url}/sub/api"


@pytest.mark.parametrize("answer", [HTML, Answer([1]), Answer({"api": 1}), Answer({}, 500)])
def test_a_useless_well_known_is_ignored(answer):
    with serving({**immich(), WELL_KNOWN: answer}) as site:
        assert find(site.url).url == f"{site.url}/api"


def test_redirects_lead_to_the_final_address():
    with serving(immich()) as target, serving() as old:
        old.routes["/api/server/ping"] = moved(f"{target.url}/api/server/ping")
        assert find(old.url).url == f"{target.url}/api"
        old.routes[WELL_KNOWN] = moved(f"{target.url}{WELL_KNOWN}")
        target.routes |= endpoint("/api")
        del old.routes["/api/server/ping"]
        assert find(old.url).url == f"{target.url}/api"


def test_a_redirect_loop_ends():
    with serving({WELL_KNOWN: moved(WELL_KNOWN)}) as site:
        assert "redirects again and again" in told(site.url).reason
        assert len(site.asked) == 4


def test_https_never_leads_to_http(authority, trusted):
    with serving(immich()) as plain, serving(tls=authority.context()) as site:
        site.routes["/api/server/ping"] = moved(f"{plain.url}/api/server/ping")
        assert "not safe" in told(site.url).reason
        site.routes = endpoint(f"{plain.url}/api")
        assert "not safe" in told(site.url).reason
        assert plain.asked == []


def test_https_with_a_trusted_certificate_works_and_needs_no_scheme(authority, trusted):
    with serving(immich(), tls=authority.context()) as site:
        assert find(f"127.0.0.1:{site.port}").url == f"{site.url}/api"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"days": -1}, "has expired"),
        ({"ip": "127.0.0.2"}, "for another name than 127.0.0.1"),
        ({"self_signed": True}, "self-signed"),
    ],
)
@pytest.mark.parametrize("typed", ["https://{}", "{}"])
def test_each_bad_certificate_has_its_words_and_is_never_bypassed(
    authority, trusted, bad, words, typed
):
    with serving(immich(), tls=authority.context(**bad)) as site:
        error = told(typed.format(f"127.0.0.1:{site.port}"))
        assert words in error.reason
        assert error.need is Need.CERTIFICATE
        assert error.remedy
        assert site.asked == []


def test_an_unknown_authority_has_its_words(authority):
    with serving(immich(), tls=authority.context()) as site:
        assert "authority that this computer does not trust" in told(site.url).reason


def test_https_to_an_http_port_says_so():
    with serving(immich()) as site:
        error = told(site.url.replace("http:", "https:"))
        assert "does not speak https on this port" in error.reason
        assert "http://" in error.remedy


def test_http_to_an_https_port_says_so():
    page = Answer("<html>The plain HTTP request was sent to HTTPS port</html>", 400)
    with serving({"/api/server/ping": page}) as site:
        assert "speaks https on this port" in told(site.url).reason


def test_an_unknown_name_says_so():
    error = told("https://nowhere.invalid", TryLater)
    assert "name nowhere.invalid could not be found" in error.reason
    assert "typing errors" in error.remedy


def test_a_refused_connection_says_so():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        assert "refused the connection" in told(f"127.0.0.1:{port}", TryLater).reason


@pytest.mark.parametrize(
    "answer", [Answer({"res": "ping"}), Answer({"x": 1}, 404), Answer("pong"), Answer("no", 404)]
)
def test_something_else_is_not_immich(answer, authority, trusted):
    with serving({"/api/server/ping": answer}, tls=authority.context()) as site:
        error = told(site.url)
        assert "not an Immich server" in error.reason
        assert error.need is Need.ADDRESS


def test_a_login_page_of_the_network_says_so():
    with serving({"/login": HTML}) as portal, serving({"/api/server/ping": HTML}) as site:
        for answer in (HTML, Answer("<html>", 511), moved(f"{portal.url}/login", 302)):
            site.routes["/api/server/ping"] = answer
            error = told(site.url.replace("127.0.0.1", "localhost"), TryLater)
            assert "login page of this network" in error.reason
            assert error.server_wide


def test_a_proxy_without_its_server_is_trouble_for_later():
    with serving({"/api/server/ping": Answer("<html>bad gateway</html>", 502)}) as site:
        assert "answered 502" in told(site.url, TryLater).reason


def test_an_old_server_is_named_with_its_version():
    with serving({**immich(), "/api/server/version": version(1, 144, 1)}) as site:
        error = told(site.url)
        assert "Immich 1.144.1" in error.reason
        assert "2.0.0" in error.reason
        assert error.need is Need.VERSION


def test_a_newer_server_works_with_a_warning():
    with serving({**immich(), "/api/server/version": version(4)}) as site:
        assert "newer than this program" in find(site.url).warnings[0]


def test_maintenance_is_a_pause_not_a_wrong_address():
    config = Answer({"maintenanceMode": True})
    with serving({**immich(), "/api/server/config": config}) as site:
        error = told(site.url, TryLater)
        assert "in maintenance" in error.reason
        assert error.server_wide
