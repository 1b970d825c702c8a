"""The sample files are distinct, open in real readers, and stay put on a second call."""

import hashlib
import os
import struct
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD

from tray_app.demo.samples import MINIMUM_COUNT, PLACEHOLDER_DATE, SampleSet, write_samples

PILLOW = {".jpg", ".jpeg", ".png", ".webp"}
BMFF = {".heic": b"ftypheic", ".mp4": b"ftypisom", ".mov": b"ftypqt  "}
DATE_TIME_ORIGINAL = 36867


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> SampleSet:
    return write_samples(tmp_path_factory.mktemp("samples"))


def sha1(path: Path) -> str:
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()


def state(folder: Path) -> dict[str, tuple[int, str]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, sha1(path)) for path in files}


def test_the_set_names_every_file_once(samples):
    named = [*samples.assets, *samples.duplicates, *samples.sidecars, *samples.skipped]
    assert len(named) == len(set(named))
    assert {path for path in samples.folder.rglob("*") if path.is_file()} == set(named)
    assert samples.asset_count + len(samples.duplicates) == 60
    assert samples.visible_count == samples.asset_count - 1
    assert {samples.live_still, samples.live_video} <= set(samples.assets)


def test_assets_are_distinct_and_the_duplicate_is_not(samples):
    sums = {sha1(path) for path in samples.assets}
    assert len(sums) == samples.asset_count
    (duplicate,) = samples.duplicates
    assert sha1(duplicate) in sums
    assert duplicate.name not in {path.name for path in samples.assets}


def test_every_kind_is_there_and_years_differ(samples):
    suffixes = {path.suffix.lower() for path in samples.assets}
    assert suffixes == PILLOW | set(BMFF) | {".dng"}
    assert len({int(path.stat().st_mtime) for path in samples.assets}) == samples.asset_count
    assert len({path.stat().st_mtime // 31_557_600 for path in samples.assets}) >= 5


def test_pictures_open_and_carry_their_own_date(samples):
    for path in (path for path in samples.assets if path.suffix.lower() in PILLOW):
        with Image.open(path) as image:
            image.load()
            taken = image.getexif().get_ifd(IFD.Exif).get(DATE_TIME_ORIGINAL)
        if path.suffix != ".png":
            assert len(taken) == 19
            assert taken != PLACEHOLDER_DATE.decode()


def test_boxes_fill_their_files(samples):
    for path in (path for path in samples.assets if path.suffix.lower() in BMFF):
        data, at = path.read_bytes(), 0
        assert data[4:12] == BMFF[path.suffix.lower()]
        while at < len(data):
            size = int.from_bytes(data[at : at + 4], "big")
            assert size >= 8
            at += size
        assert at == len(data)


def test_raws_are_tiff_with_a_dng_version(samples):
    for path in (path for path in samples.assets if path.suffix == ".dng"):
        data = path.read_bytes()
        magic, first = struct.unpack_from("<4sI", data)
        (count,) = struct.unpack_from("<H", data, first)
        tags = [struct.unpack_from("<H", data, first + 2 + 12 * n)[0] for n in range(count)]
        assert magic == b"II*\0"
        assert all(one < two for one, two in pairwise(tags))
        assert 50706 in tags


def test_a_second_call_touches_nothing(tmp_path):
    write_samples(tmp_path)
    before = state(tmp_path)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    write_samples(tmp_path)
    after = state(tmp_path)
    assert {name: sha for name, (_, sha) in before.items()} == {
        name: sha for name, (_, sha) in after.items()
    }
    assert {mtime for mtime, _ in after.values()} == {1_000_000_000 * 10**9}


def test_two_folders_get_the_same(samples, tmp_path):
    write_samples(tmp_path)
    assert state(tmp_path) == state(samples.folder)


def test_a_torn_file_is_written_again(tmp_path):
    torn = write_samples(tmp_path, MINIMUM_COUNT).assets[0]
    whole = sha1(torn)
    torn.write_bytes(torn.read_bytes()[:100])
    write_samples(tmp_path, MINIMUM_COUNT)
    assert sha1(torn) == whole


def test_the_smallest_set_has_every_kind(tmp_path):
    smallest = write_samples(tmp_path, MINIMUM_COUNT)
    assert {path.suffix.lower() for path in smallest.assets} == PILLOW | set(BMFF) | {".dng"}
    with pytest.raises(ValueError, match="too few"):
        write_samples(tmp_path, MINIMUM_COUNT - 1)


def test_many_samples_stay_distinct(tmp_path):
    many = write_samples(tmp_path, 1000)
    assert len({sha1(path) for path in many.assets}) == 999
    assert len(set(many.assets)) == 999
