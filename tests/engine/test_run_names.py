"""Names and dates arrive as they are on disk."""

import os

import pytest

from tests.engine.rig import counts

NAMES = [
    "plain.jpg",
    "Grüße 🌻.JPG",
    'with "quotes".jpg',
    "50%20off%.jpg",
    "new\nline.jpg",
    "back\\slash;semi=colon.jpg",
    " leading and trailing .jpg",
    "東京.heic",
    "e\u0301 decomposed.png",
    "a.b.c.jpeg",
]


async def test_names_arrive_exactly(each_bench):
    bench = each_bench
    for number, name in enumerate(NAMES):
        bench.put(name, f"{number}")
        bench.put(f"{os.path.splitext(name)[0]}.xmp", f"<{number}>")
    result = await bench.backup()
    assert counts(result) == (len(NAMES), len(NAMES), 0, 0), result.failures
    assert bench.names() == sorted(NAMES)
    assert all(asset.sidecar_path for asset in bench.assets())


async def test_a_name_that_is_no_text_arrives_readably(each_bench):
    bench = each_bench
    path = os.fsencode(bench.photos) + b"/caf\xe9.jpg"
    with open(path, "wb") as file:
        file.write(b"x")
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    assert bench.names() == ["caf\\xe9.jpg"]
    assert counts(await bench.backup()) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (-86_400 * 200, "1969-06-15T00:00:00.000Z"),
        (0, "1970-01-01T00:00:00.000Z"),
        (5_693_590_800.25, "2150-06-04T01:00:00.250Z"),
        (1_700_000_000.999, "2023-11-14T22:13:20.999Z"),
    ],
)
async def test_dates_arrive(bench, seconds, written):
    bench.put("a.jpg", "x", mtime=seconds)
    assert counts(await bench.backup()) == (1, 1, 0, 0)
    asset = bench.asset("a.jpg")
    assert asset.file_modified_at == asset.file_created_at == written
