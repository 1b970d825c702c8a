"""What goes out when a person signs in through the browser, and what may come back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tray_app.core.account import Method, WaysIn
from tray_app.core.errors import Need, NeedsUser, TryLater
from tray_app.core.oauth import (
    LONGEST,
    MOBILE,
    RANDOM_BYTES,
    Attempt,
    Foreign,
    Refused,
    Returned,
    is_web_page,
    judge,
    loopback,
    refusal,
)

HERE = loopback(5555)
GOOD = f"{HERE}?code=abc&state=S"


def test_the_challenge_is_that_of_the_rfc():
    attempt = Attempt("s", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")  # RFC 7636, appendix B
    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_state_and_verifier_come_from_different_random_bytes():
    attempt = Attempt.of(bytes(range(RANDOM_BYTES)))
    assert len(attempt.state) == len(attempt.verifier) == 43  # the least RFC 7636 allows
    assert attempt.state != attempt.verifier
    assert attempt.state not in repr(attempt) + str([attempt])
    with pytest.raises(ValueError, match="64"):
        Attempt.of(b"too few")


@pytest.mark.parametrize(
    ("text", "redirect", "url"),
    [
        (GOOD, HERE, GOOD),
        (f"  {GOOD}\n", HERE, GOOD),
        (GOOD.replace("code", "co\n  de"), HERE, GOOD),  # a terminal broke the line
        (f"{GOOD}#_=_", HERE, GOOD),
        (f"{MOBILE}?code=abc&state=S", MOBILE, f"{MOBILE}?code=abc&state=S"),
        ("app.immich:/oauth-callback?code=abc&state=S", MOBILE, f"{MOBILE}?code=abc&state=S"),
        ("app.immich://oauth-callback?code=abc&state=S", MOBILE, f"{MOBILE}?code=abc&state=S"),
        (
            "https://photos.example.org/api/oauth/mobile-redirect?code=abc&state=S",
            MOBILE,
            f"{MOBILE}?code=abc&state=S",
        ),
    ],
)
def test_what_is_waited_for_is_taken_however_it_was_copied(text, redirect, url):
    assert judge(text, redirect, "S") == Returned(url, "abc")
    assert "abc" not in repr(judge(text, redirect, "S"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Foreign.ADDRESS),
        ("https://example.org/?code=abc&state=S", Foreign.ADDRESS),
        (GOOD.replace("5555", "5556"), Foreign.ADDRESS),
        (GOOD.replace("127.0.0.1", "localhost"), Foreign.ADDRESS),
        (GOOD.replace("http:", "https:"), Foreign.ADDRESS),
        (GOOD.replace("callback", "callback/x"), Foreign.ADDRESS),
        (GOOD.replace("//", "//127.0.0.1:5555@evil.example/"), Foreign.ADDRESS),
        (f"{MOBILE}?code=abc&state=S", Foreign.ADDRESS),
        ("https://a/api/oauth/mobile-redirect?code=abc&state=S", Foreign.ADDRESS),
        (f"{GOOD}&x={'x' * LONGEST}", Foreign.ADDRESS),
        (f"{GOOD}&{'&'.join('abcdefgh' * 20)}", Foreign.ADDRESS),
        (f"{GOOD}\x1b[2J", Foreign.ADDRESS),
        (HERE, Foreign.STATE),
        (f"{HERE}?code=abc", Foreign.STATE),
        (f"{HERE}?code=abc&state=s", Foreign.STATE),
        (f"{HERE}?code=abc&state=", Foreign.STATE),
        (f"{HERE}?code=abc&state=\u00e9", Foreign.STATE),
        (f"{GOOD}&state=other", Foreign.STATE),
        (f"{HERE}?error=access_denied&state=other", Foreign.STATE),
        (f"{HERE}?state=S", Foreign.CODE),
        (f"{HERE}?code=&state=S", Foreign.CODE),
        (f"{GOOD}&code=another", Foreign.CODE),
    ],
)
def test_nothing_else_is(text, why):
    assert judge(text, HERE, "S") is why


@given(st.text() | st.text().map(f"{HERE}?".__add__) | st.text().map(f"{HERE}?state=".__add__))
@example(f"{HERE}?\ud800")
def test_without_the_state_nothing_is_ever_taken(text):
    assert isinstance(judge(text, HERE, "an-unguessable-state"), Foreign)


def test_the_providers_refusal_counts_only_with_our_state():
    text = f"{HERE}?error=access_denied&error_description=no%0Away&state=S"
    refused = judge(text, HERE, "S")
    assert refused == Refused("access_denied", "no\nway")
    error = refusal(refused, "photos.example.org")
    assert isinstance(error, NeedsUser)
    assert "photos.example.org" in error.reason
    assert "access_denied: “no way”" in error.reason


def test_refusals_are_classed_by_what_to_do_and_say_no_nonsense():
    assert isinstance(refusal(Refused("temporarily_unavailable"), "h"), TryLater)
    other = refusal(Refused("invalid_scope", "x" * 999), "h")
    assert other.need is Need.SIGN_IN
    assert "administrator" in other.remedy
    assert len(other.reason) < 300
    assert "<script>" not in refusal(Refused("<script>"), "h").words()


@pytest.mark.parametrize("page", ["https://idp.example/authorize?x=1", "http://127.0.0.1:1/idp"])
def test_web_pages_may_be_opened(page):
    assert is_web_page(page)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "/x",
        "https://a b/",
        "https://[/",
        "https://a/\x1b[2J",
        "--help",
        "https://\u0430/",
        "app.immich:///x",
    ],
)
def test_nothing_else_may(other):
    assert not is_web_page(other)


def test_the_ways_that_are_open_are_named():
    both = WaysIn(password=True, oauth=True)
    assert both.objection(Method.PASSWORD, "h") is both.objection(Method.OAUTH, "h") is None
    no_password = WaysIn(password=False, oauth=True, button="Login with Authelia")
    told = no_password.objection(Method.PASSWORD, "photos.example.org")
    assert "photos.example.org has signing in by password switched off" in told.reason
    assert "--browser (“Login with Authelia”)" in told.remedy
    assert no_password.objection(Method.API_KEY, "h") is None
    told = WaysIn(password=True, oauth=False).objection(Method.OAUTH, "h")
    assert "--email" in told.remedy
    told = WaysIn(password=False, oauth=False).objection(Method.OAUTH, "h")
    assert "login URL --api-key" in told.remedy
    assert "--email" not in told.remedy


def test_a_session_by_oauth_is_a_session():
    assert Method.OAUTH.is_session
    assert not Method.OAUTH.from_environment
