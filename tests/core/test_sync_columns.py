"""Columns of the change stream: what a value at a time would give, and nothing that is no value."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.changes import asset, exif, line, user, written
from tray_app.core.sync.batch import read
from tray_app.core.sync.columns import Rows, durations, ids, milliseconds, moments
from tray_app.core.sync.entities import EMITTED
from tray_app.core.sync.lines import BadLineError
from tray_app.core.sync.payloads import Album

ONE, TWO = "0b1f6c1e-3a57-4a6e-9c3f-6a0d9f1c2b3a", "FFFFFFFF-ffff-4fff-8fff-ffffffffffff"


@given(st.lists(st.none() | st.uuids()))
def test_ids_are_their_16_bytes(column):
    written_ids = [one and str(one) for one in column]
    assert list(ids(written_ids)) == [one and one.bytes for one in column]


def test_an_id_may_be_written_large():
    assert ids([TWO, None, ONE]) == [uuid.UUID(TWO).bytes, None, uuid.UUID(ONE).bytes]


@pytest.mark.parametrize(
    "column",
    [
        [ONE, ONE[:-1] + "g"],
        [ONE, ONE.replace("-", "0")],
        [ONE, ONE[:35] + "-"],
        ["-" + ONE[:35], ONE],
        ["0b1f6c1e-3a57-4a6e-9c3f-6a0d9f1c2b3", ONE + "a"],  # one digit short, one too many
        [ONE, "\u0661" + ONE[1:]],
        [ONE, " " + ONE[1:]],
        [None, "x" * 36],
    ],
)
def test_what_is_no_uuid_is_refused(column):
    with pytest.raises(ValueError):  # noqa: PT011  of whichever step found it
        ids(column)


zones = st.sampled_from([None, UTC, timezone(timedelta(hours=-14)), timezone(timedelta(hours=5.5))])


@given(st.lists(st.none() | st.datetimes(timezones=zones)))
def test_moments_are_whole_milliseconds_before_or_at_them(column):
    expected = [
        one and (one if one.tzinfo else one.replace(tzinfo=UTC)) - datetime(1970, 1, 1, tzinfo=UTC)
        for one in column
    ]
    assert list(moments(column)) == [
        None if since is None else since // timedelta(milliseconds=1) for since in expected
    ]
    assert list(moments(column)) == [*map(milliseconds, column)]


def test_durations_of_both_generations():
    column = [None, 7, "0:00:00.00000", "1:02:03.4", "00:00:09", "soon", "1:02:03.4" * 1000]
    assert durations(column) == [None, 7, 0, 3723400, 9000, None, None]


def test_rows_come_in_the_order_of_arrival():
    rows = Rows.of([(1, "a"), (2, "b")])
    rows.extend(Rows.of([(1, "c")]))
    assert list(rows) == [(1, "a"), (2, "b"), (1, "c")]
    assert len(rows) == 3


def test_a_wrong_id_is_a_bad_line_that_names_no_content():
    with pytest.raises(BadLineError, match=r"^an id is no UUID$"):
        read(written(line("AssetDeleteV1", {"assetId": "z" * 36})))


def test_each_payload_has_the_columns_of_its_table():
    for name, meaning in EMITTED.items():
        columns = meaning.table.key if meaning.deletes else meaning.table.columns
        assert len(meaning.payload.stored()) == len(columns), name
    assert "owner_id" not in Album.stored()


def test_unknown_lines_are_counted_by_type():
    batch = read(written(line("NewV9", {}), user("me"), line("NewV9", {}), line("OtherV1", {})))
    assert batch.unknown == {"NewV9": 2, "OtherV1": 1}
    assert batch.lines == 4


def test_assets_and_exif_in_turns_keep_their_order():
    batch = read(written(asset("a"), exif("a"), asset("a", width=9)))
    assert [change.table.name for change in batch.changes] == ["asset", "exif", "asset"]
