"""What each event asks for, and when: the table of the requirement and protocol 5.2."""

import json

import pytest

from tray_app.core.backoff import failures_after, reconnect_pause
from tray_app.core.realtime import (
    ACTIONS,
    MOST_READY,
    Action,
    Circumstances,
    Heard,
    Pending,
    leaves_at,
    understood,
    wants_to_listen,
)
from tray_app.core.server import ServerVersion

SYNC = Heard(Action.SYNC)
ID = "6d1f4a2e-1f0f-4a3b-9d2c-0d6f0a1b2c3d"
READY = {"asset": {"id": ID, "checksum": "abc"}, "exif": {"assetId": ID}}


def note(kind):
    return {"id": "1", "type": kind, "title": "t", "level": "info"}


@pytest.mark.parametrize(
    ("event", "arguments", "action"),
    [
        ("on_upload_success", [{"id": ID, "type": "IMAGE"}], Action.ADDED),
        ("on_asset_delete", [ID], Action.SYNC),
        ("on_asset_trash", [[ID, ID]], Action.SYNC),
        ("on_asset_restore", [[ID]], Action.SYNC),
        ("on_asset_update", [{"id": ID}], Action.SYNC),
        ("on_asset_hidden", [ID], Action.SYNC),
        ("AssetUploadReadyV1", [READY], Action.READY),
        ("AssetUploadReadyV2", [READY], Action.READY),
        ("AssetEditReadyV1", [{"asset": {}, "edit": []}], Action.SYNC),
        ("AssetEditReadyV2", [{"assetId": ID}], Action.SYNC),
        ("on_asset_stack_update", [], Action.SYNC),
        ("on_album_update", [ID], Action.SYNC),
        ("on_user_delete", [ID], Action.SYNC),
        ("on_notification", [note("AlbumInvite")], Action.SYNC),
        ("on_notification", [note("AlbumUpdate")], Action.SYNC),
        ("on_notification", [note("JobFailed")], Action.NOTHING),
        ("on_config_update", [], Action.SETTINGS),
        ("on_server_version", [{"major": 3, "minor": 0, "patch": 3}], Action.GREETED),
        ("on_session_delete", [ID], Action.SESSION_ENDED),
        ("error", ["unauthorized"], Action.REFUSED),
        ("error", ["something else"], Action.NOTHING),
        ("AppRestartV1", [{"isMaintenanceMode": False}], Action.RESTART),
        ("on_new_release", [{"isAvailable": True}], Action.NOTHING),
        ("on_person_thumbnail", [ID], Action.NOTHING),
        ("MaintenanceStatusV1", [{}], Action.NOTHING),
        ("on_something_new", [ID], Action.NOTHING),
        ("", [], Action.NOTHING),
    ],
)
def test_each_event_has_its_action(event, arguments, action):
    assert understood(event, arguments).action is action


def test_nothing_in_the_table_is_without_a_test():
    marks = test_each_event_has_its_action.pytestmark[0].args[1]
    assert set(ACTIONS) <= {case[0] for case in marks}


def test_an_asset_that_is_ready_brings_its_rows_and_generation():
    heard = understood("AssetUploadReadyV2", [READY])
    assert heard.ready.generation == 2
    assert heard.ready.asset_id == heard.subject == ID
    assert json.loads(heard.ready.asset) == READY["asset"]
    assert json.loads(heard.ready.exif) == READY["exif"]


def test_the_greeting_tells_the_version_of_either_generation():
    told = {"major": 2, "minor": 7, "patch": 5, "raw": "2.7.5", "options": {}, "prerelease": []}
    assert understood("on_server_version", [told]).version == ServerVersion(2, 7, 5)


DEEP: object = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize("event", sorted(ACTIONS))
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [None],
        [0],
        [-(10**400)],
        ["x" * 1_000_000],
        [{"id": 7}],
        [{"id": "x" * 65}],
        [{"asset": {"id": ID, "n": "\ud800"}, "exif": {}}],
        [{"asset": {"id": ID, "n": DEEP}, "exif": {}}],
        [{"asset": {"id": ID, "n": "x" * 100_000}, "exif": {}}],
        [{"major": -1, "minor": 10**9, "patch": 1.5}],
        [{"type": ["AlbumInvite"]}],
        [[[[]]], {}, {}],
    ],
    ids=range(13),
)
def test_arguments_nobody_expects_break_nothing(event, arguments):
    heard = understood(event, arguments)
    assert heard.ready is None
    assert heard.version is None
    assert len(heard.subject) <= 64


def times(pending):
    return pending.due_at


def test_five_seconds_of_quiet():
    pending = Pending().adding(SYNC, 100.0)
    assert times(pending) == 105.0
    assert times(pending.adding(SYNC, 103.0)) == 108.0


def test_ten_seconds_at_most():
    pending = Pending()
    for second in range(10):
        pending = pending.adding(SYNC, 100.0 + second)
    assert times(pending) == 110.0


def test_what_asks_for_nothing_delays_nothing():
    pending = Pending().adding(SYNC, 100.0)
    assert pending.adding(Heard(Action.NOTHING), 104.0) == pending
    assert Pending().adding(Heard(Action.RESTART), 1.0).due_at is None


def ready(number):
    payload = {"asset": {"id": str(number)}, "exif": {"assetId": str(number)}}
    return understood("AssetUploadReadyV1", [payload])


def added(number):
    return understood("on_upload_success", [{"id": str(number)}])


def collected(*events):
    pending = Pending()
    for event in events:
        pending = pending.adding(event, 1.0)
    return pending


def test_an_upload_that_becomes_ready_needs_no_sync():
    pending = collected(added(1), ready(1), added(2), ready(2))
    assert [each.asset_id for each in pending.ready] == ["1", "2"]
    assert not pending.needs_sync


@pytest.mark.parametrize("others", [[added(2)], [SYNC]])
def test_an_upload_that_does_not_become_ready_needs_one(others):
    pending = collected(added(1), ready(1), *others)
    assert len(pending.ready) == 1
    assert pending.needs_sync


def test_more_assets_than_a_batch_holds_are_one_sync():
    pending = collected(*(each(n) for n in range(MOST_READY) for each in (added, ready)))
    assert (len(pending.ready), pending.needs_sync) == (MOST_READY, False)
    more = pending.adding(ready("one more"), 2.0)
    assert (more.ready, more.announced, more.needs_sync) == ((), frozenset(), True)
    assert (more.first, more.last) == (1.0, 2.0)
    assert more.adding(ready("and more"), 3.0).ready == ()


def test_assets_that_never_become_ready_are_bounded_as_well():
    pending = collected(*map(added, range(10_000)))
    assert pending.needs_sync
    assert pending.announced == frozenset()


def test_reconnecting_takes_longer_each_time_and_half_of_it_is_chance():
    pauses = [1, 2, 5, 10, 30, 60, 120, 300, 300]
    assert [reconnect_pause(n, 1.0) for n in range(1, 10)] == pauses
    assert [reconnect_pause(n, 0.0) for n in (1, 5)] == [0.5, 15]


def test_a_minute_of_listening_clears_the_count():
    assert failures_after(4, 59.9) == 5
    assert failures_after(4, 60.0) == 1


@pytest.mark.parametrize(
    ("around", "wanted"),
    [
        (Circumstances(visible=True, on_ac=False, in_background=False), True),
        (Circumstances(visible=False, on_ac=True), True),
        (Circumstances(visible=False, on_ac=None), True),
        (Circumstances(visible=False, on_ac=False), False),
        (Circumstances(visible=False, on_ac=True, in_background=False), False),
        (Circumstances(visible=True, online=False), False),
        (Circumstances(visible=True, online=None), True),
    ],
)
def test_where_we_listen(around, wanted):
    assert wants_to_listen(around) is wanted


def test_we_leave_after_a_minute():
    assert leaves_at(10.0) == 70.0
