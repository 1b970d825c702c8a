"""Acks stay behind the server's clock: numbers as 2.7.5 and 3.0.3 write them."""

from uuid import UUID

import pytest

from tray_app.core.sync.acks import HOLD_MS, held_back, moment

NOW = 1_780_000_000_000


def number(age_ms, tail=0xABC):
    return str(UUID(int=((NOW - age_ms) << 80) | (7 << 76) | (2 << 62) | tail))


HORIZON = number(HOLD_MS, 0)


@pytest.mark.parametrize(
    ("ack", "kept"),
    [
        (f"AssetV1|{number(HOLD_MS)}", f"AssetV1|{number(HOLD_MS)}"),
        (f"AssetV1|{number(HOLD_MS - 1)}", f"AssetV1|{HORIZON}"),
        (f"AssetDeleteV1|{number(-5000)}", f"AssetDeleteV1|{HORIZON}"),
        (f"AlbumAssetUpdateV2|{number(0)}", f"AlbumAssetUpdateV2|{HORIZON}"),
        (f"PartnerAssetBackfillV1|{number(0)}|complete", None),
        (f"PartnerAssetBackfillV1|{number(9000)}|complete",) * 2,
        (f"PartnerAssetBackfillV1|{number(9000)}|{number(8000)}",) * 2,
        ("SyncResetV1|reset",) * 2,
        ("AssetV1",) * 2,
        ("AssetV1|9b1dd0f0-4a0e-4f5e-9d3f-7d2c3b1a0f00",) * 2,  # a UUIDv4 has no moment
    ],
)
def test_how_far_each_ack_goes(ack, kept):
    assert held_back([ack], NOW) == ([kept] if kept else [])


def test_the_made_up_number_is_the_first_of_its_moment():
    (ack,) = held_back([f"AssetV1|{number(0)}"], NOW)
    assert moment(ack) == NOW - HOLD_MS
    assert ack.partition("|")[2] <= number(HOLD_MS, 0)
    assert UUID(ack.partition("|")[2]).version == 7


def test_the_order_stays():
    acks = [f"AssetV1|{number(9000)}", f"AlbumV1|{number(0)}", f"UserV1|{number(9000)}"]
    assert [ack.partition("|")[0] for ack in held_back(acks, NOW)] == [
        "AssetV1",
        "AlbumV1",
        "UserV1",
    ]
