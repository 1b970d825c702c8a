"""Which step of the onboarding comes next, given what there is already."""

import pytest

from tray_app.core.account import FoundServer, Identity, Method, ShownCertificate, WaysIn
from tray_app.core.onboarding import (
    ACCOUNT_ONLY,
    ALL,
    Begun,
    Field,
    Plan,
    Standing,
    Step,
    asking,
    back,
    begin,
    calm,
    done,
    folders_chosen,
    not_taken,
    on_a_page,
    refused,
    server_found,
    signed_in,
    wants_a_person,
    without_nested,
)
from tray_app.core.server import ServerVersion

ME = Identity("https://p.example.org/api", "u", "me@example.org", "Me", Method.PASSWORD)
FOUND = FoundServer("https://p.example.org/api", ServerVersion(2, 7, 5))
WAYS = WaysIn(password=True, oauth=True, button="Login")
BEGUN = Begun("p.example.org")


def start(**known):
    return begin(Standing(**known), Plan())


def test_a_new_person_is_asked_everything_in_order():
    state = start()
    assert (state.step, state.steps) == (Step.SERVER, ALL)
    state = server_found(asking(state, "..."), "p.example.org", FOUND, WAYS)
    assert (state.step, state.typed, state.ways, state.busy) == (
        Step.SIGN_IN,
        "p.example.org",
        WAYS,
        "",
    )
    state = signed_in(state, ME)
    assert state.step is Step.FOLDERS
    state = folders_chosen(state, ("/a",))
    assert (state.step, state.folders) == (Step.WHEN, ("/a",))
    assert done(state).finished


@pytest.mark.parametrize(
    ("known", "step", "steps"),
    [
        ({"begun": BEGUN}, Step.SERVER, ALL),
        ({"begun": BEGUN, "identity": ME}, Step.FOLDERS, ALL),
        ({"identity": ME}, Step.FOLDERS, ALL),
        ({"begun": BEGUN, "identity": ME, "folders": ("/a",)}, Step.WHEN, ALL),
        ({"begun": BEGUN, "folders": ("/a",)}, Step.SERVER, ALL),
        ({"folders": ("/a",)}, Step.SERVER, ACCOUNT_ONLY),
        ({"identity": ME, "folders": ("/a",)}, Step.SERVER, ACCOUNT_ONLY),
    ],
)
def test_what_is_done_is_not_asked_again(known, step, steps):
    state = start(**known)
    assert (state.step, state.steps) == (step, steps)


def test_who_was_set_up_before_is_done_after_signing_in():
    state = start(folders=("/a",), address="old.example.org")
    assert state.typed == "old.example.org"
    assert signed_in(server_found(state, "x", FOUND, WAYS), ME).finished


def test_the_address_of_the_onboarding_that_was_left_goes_before_that_of_the_last_sign_in():
    assert start(begun=BEGUN, address="old.example.org").typed == "p.example.org"


def test_another_account_begins_with_the_server_also_in_the_middle():
    standing = Standing(identity=ME, begun=BEGUN, folders=("/a",))
    assert begin(standing, Plan(), account=True).step is Step.SERVER


def test_pictures_are_suggested_only_where_nothing_is_chosen():
    assert begin(Standing(), Plan(), ["/pictures"]).folders == ("/pictures",)
    assert begin(Standing(folders=("/a",)), Plan(), ["/pictures"]).folders == ("/a",)


def test_back_skips_a_sign_in_whose_server_was_not_found_in_this_pass():
    state = start(identity=ME)
    assert back(state).step is Step.SERVER
    found = signed_in(server_found(start(), "x", FOUND, WAYS), ME)
    assert back(found).step is Step.SIGN_IN
    assert back(back(found)).step is Step.SERVER
    assert back(start()).step is Step.SERVER
    assert back(asking(found, "...")).step is Step.FOLDERS  # not while something is under way


def test_a_trouble_stays_beside_its_field_until_the_next_try():
    certificate = ShownCertificate("p:443", "ab" * 32)
    state = refused(asking(start(), "..."), Field.ADDRESS, "No.", certificate)
    assert (state.step, state.busy, state.certificate) == (Step.SERVER, "", certificate)
    assert state.trouble == (Field.ADDRESS, "No.")
    again = asking(state, "...")
    assert (again.trouble, again.certificate) == (None, None)


def test_the_browser_is_waited_for_and_what_is_pasted_wrong_does_not_end_that():
    state = asking(server_found(start(), "x", FOUND, WAYS), "waiting")
    state = on_a_page(state, "https://page", pasting=True, other_way=True)
    wrong = not_taken(state, "Not this one.")
    assert (wrong.busy, wrong.page, wrong.pasting) == ("waiting", "https://page", True)
    assert wrong.trouble == (Field.BROWSER, "Not this one.")
    ended = calm(wrong)
    assert (ended.busy, ended.page, ended.pasting, ended.other_way) == ("", "", False, False)


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({}, True),
        ({"outside": True}, False),
        ({"identity": ME}, False),
        ({"identity": ME, "begun": BEGUN}, True),
        ({"folders": ("/a",)}, True),
    ],
)
def test_it_comes_by_itself_only_while_somebody_is_missing_or_it_was_left(known, wanted):
    assert wants_a_person(Standing(**known)) is wanted


def test_a_folder_within_another_is_not_chosen_twice():
    assert without_nested(["/a/b", "/a", "/ab", "/a", "/a/b/c"]) == ("/a", "/ab")
