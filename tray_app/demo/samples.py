"""A folder of varied sample photos and videos, multiplied from a few tiny fixtures.

The same count always gives the same names, bytes and modification times, so that a second
run of the demo finds nothing new. How the fixtures were made: `samples/README.md`.
"""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from itertools import cycle, islice
from pathlib import Path

PLACEHOLDER_DATE = b"2001:01:01 00:00:00"  # what every fixture's EXIF says
MINIMUM_COUNT = 11  # one of each kind, the Live Photo pair and the duplicate

_ALBUMS = (  # folder, first day
    ("2014/Ostsee", datetime(2014, 7, 19, 9, 12, tzinfo=UTC)),
    ("2017/Hochzeit Anna & Björn", datetime(2017, 5, 27, 11, 40, tzinfo=UTC)),
    ("2019/東京", datetime(2019, 4, 3, 1, 5, tzinfo=UTC)),
    ("2021/Geburtstag 🎂/Handy", datetime(2021, 11, 14, 15, 30, tzinfo=UTC)),
    ("2024/Sommer in Köln", datetime(2024, 8, 2, 17, 21, tzinfo=UTC)),
    ("2025/Été à vélo/Étape 1", datetime(2025, 6, 8, 6, 55, tzinfo=UTC)),
)
_KINDS = (  # fixture, name; the order is the mix: mostly what a phone makes
    ("photo.jpg", "DSC{n:05}.JPG"),
    ("still.heic", "IMG_{n:04}.HEIC"),
    ("photo.jpg", "IMG_{n:04} (bearbeitet).jpg"),
    ("picture.png", "Screenshot {n}.png"),
    ("clip.mp4", "VID_{n:04}.mp4"),
    ("raw.dng", "DSC{n:05}.dng"),
    ("photo.jpg", "Foto {n} 🌻.jpeg"),
    ("picture.webp", "bild-{n}.webp"),
)
_LIVE = "2024/Sommer in Köln/IMG_0001"
_LIVE_TAKEN = datetime(2024, 8, 2, 17, 20, tzinfo=UTC)
_JUNK = {  # files that no backup may send
    "Notizen.txt": b"not a photo\n",
    "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
    "2014/.DS_Store": b"\0\0\0\1Bud1" + b"\0" * 56,
    "2014/Ostsee/@eaDir/SYNOFILE_THUMB_M.jpg": b"\xff\xd8\xff\xd9",
    "2014/Ostsee/._DSC00001.JPG": b"\0\5\x16\7\0\2\0\0Mac OS X        ",
    "2017/leer.jpg": b"",
}


@dataclass(frozen=True, slots=True)
class SampleSet:
    """What lies in the sample folder, and what a backup of it has to come to.

    All paths are absolute. A backup sends every file of `assets`, finds the same bytes
    again in `duplicates`, and names or ignores every file of `skipped`. `sidecars` are sent
    with the photo they stand beside. Of the Live Photo, `live_video` is an asset too, but
    one that the server hides behind `live_still`.
    """

    folder: Path
    assets: tuple[Path, ...]
    duplicates: tuple[Path, ...]
    sidecars: tuple[Path, ...]
    skipped: tuple[Path, ...]
    live_still: Path
    live_video: Path

    @property
    def asset_count(self) -> int:
        """Number of assets on the server afterwards, the hidden motion video included."""
        return len(self.assets)

    @property
    def visible_count(self) -> int:
        """Number of assets that the timeline shows afterwards."""
        return len(self.assets) - 1


@dataclass(frozen=True, slots=True)
class _Sample:
    relative: str
    body: bytes
    taken: datetime


def write_samples(folder: Path, count: int = 60) -> SampleSet:
    """Write `count` photos and videos, a sidecar and some junk under `folder`.

    Of the `count` files one is byte-identical to another and two are a Live Photo. A file
    that is there with the right bytes is left alone, modification time included; any other
    file of the same name is replaced, so give the samples a folder of their own.
    Raises ValueError below MINIMUM_COUNT, OSError where the folder cannot be written.
    """
    if count < MINIMUM_COUNT:
        raise ValueError(f"{count} sample files are too few: at least {MINIMUM_COUNT}")
    fixtures = {name: _fixture(name) for name in {fixture for fixture, _ in _KINDS}}
    still, video = _live_pair()
    singles = list(islice(_singles(fixtures), count - 3))
    raw = next(sample for sample in singles if sample.relative.endswith(".dng"))
    sidecar = _Sample(f"{raw.relative}.xmp", _fixture("sidecar.xmp"), raw.taken)
    twin = replace(singles[0], relative=f"Sicherung/Kopie von {Path(singles[0].relative).name}")
    junk = [_Sample(name, body, _LIVE_TAKEN) for name, body in _JUNK.items()]
    for sample in (still, video, *singles, sidecar, twin, *junk):
        _write(folder / sample.relative, sample)
    return SampleSet(
        folder=folder,
        assets=tuple(folder / sample.relative for sample in (still, video, *singles)),
        duplicates=(folder / twin.relative,),
        sidecars=(folder / sidecar.relative,),
        skipped=tuple(folder / sample.relative for sample in junk),
        live_still=folder / still.relative,
        live_video=folder / video.relative,
    )


def _fixture(name: str) -> bytes:
    return resources.files("tray_app.demo").joinpath("samples", name).read_bytes()


def _live_pair() -> tuple[_Sample, _Sample]:
    return (
        _Sample(f"{_LIVE}.HEIC", _dated(_fixture("live.heic"), _LIVE_TAKEN), _LIVE_TAKEN),
        _Sample(f"{_LIVE}.MOV", _fixture("live.mov"), _LIVE_TAKEN + timedelta(seconds=2)),
    )


def _singles(fixtures: dict[str, bytes]) -> Iterator[_Sample]:
    """Endless distinct samples, spread over the albums."""
    # Adding the round keeps 8 kinds and 6 albums from meeting in the same few pairs only.
    for index, (fixture, name) in enumerate(cycle(_KINDS)):
        round_, place = divmod(index, len(_KINDS))
        folder, first = _ALBUMS[(round_ + place) % len(_ALBUMS)]
        number = index + 2  # 1 is the Live Photo
        taken = first + timedelta(minutes=37 * index, seconds=index % 60)
        body = _VARY[fixture.rpartition(".")[2]](_dated(fixtures[fixture], taken), number)
        yield _Sample(f"{folder}/{name.format(n=number)}", body, taken)


def _write(path: Path, sample: _Sample) -> None:
    if path.is_file() and path.read_bytes() == sample.body:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sample.body)
    seconds = int(sample.taken.timestamp())
    os.utime(path, (seconds, seconds))


def _dated(data: bytes, taken: datetime) -> bytes:
    return data.replace(PLACEHOLDER_DATE, taken.strftime("%Y:%m:%d %H:%M:%S").encode())


def _note(number: int) -> bytes:
    return b"Immich Tray sample %d" % number


def _vary_jpeg(data: bytes, number: int) -> bytes:
    """Put a comment before the first segment that is not an APPn: readers want those first."""
    at = 2
    while data[at] == 0xFF and 0xE0 <= data[at + 1] <= 0xEF:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    note = _note(number)
    return data[:at] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + data[at:]


def _vary_png(data: bytes, number: int) -> bytes:
    """Put a tEXt chunk behind IHDR, which ends at byte 33: some readers skip late text."""
    body = b"tEXtComment\0" + _note(number)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + chunk + data[33:]


def _vary_webp(data: bytes, number: int) -> bytes:
    """Append a chunk of a private kind, which readers of extended WebP have to skip."""
    note = _note(number)
    chunk = b"NOTE" + struct.pack("<I", len(note)) + note + b"\0" * (len(note) % 2)
    size = len(data) + len(chunk) - 8
    return data[:4] + struct.pack("<I", size) + data[8:] + chunk


def _vary_bmff(data: bytes, number: int) -> bytes:
    """Append a `free` box: no offset in the file moves (HEIC, MP4, MOV)."""
    note = _note(number)
    return data + struct.pack(">I", len(note) + 8) + b"free" + note


def _vary_dng(data: bytes, number: int) -> bytes:
    """Append bytes that no directory of the TIFF points to."""
    return data + _note(number)


_VARY: dict[str, Callable[[bytes, int], bytes]] = {
    "jpg": _vary_jpeg,
    "png": _vary_png,
    "webp": _vary_webp,
    "heic": _vary_bmff,
    "mp4": _vary_bmff,
    "dng": _vary_dng,
}
