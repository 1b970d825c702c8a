"""Photos and videos made to do harm: broken bytes, bombs, false endings, names that give orders."""

import os
import struct
import zlib
from pathlib import Path

from tests.faults.mutator import Mutator

SAMPLES = Path(__file__).parents[2] / "tray_app" / "demo" / "samples"
ENDINGS = (".jpg", ".png", ".webp", ".heic", ".mp4", ".mov", ".gif", ".tif", ".dng")
NAMES = (
    b"=cmd|'calc'!A0",
    b"+1+1",
    b"-2+3",
    b"@SUM(1+1)",
    b"\tTAB",
    b"\rCR",
    b"\x1b[31m\x1b]0;title\x07red",
    b"\xc2\x9b31mred",
    b"\x9b31m no text",
    "photo\u202egpj.exe".encode(),
    "\u2066isolated\u2069".encode(),
    "two\u2028lines".encode(),
    b"<b>bold<",
    b"<img src=x onerror=alert(1)>",
    b"<a href='file:&#47;&#47;'>link<",
    b"&lt;b&gt;&amp;",
    b"$(touch executed)",
    b"`touch executed`; touch executed; ",
    b"%n%s%x{0}{}",
    b"new\nline",
    b"..hidden",
    b"quote \" ' ",
    "A\u0301".encode() * 30,
    b"[bold red]markup of rich[red]",
)
MOST_NAME = 200


def png(width: int, height: int, rows: bytes) -> bytes:
    """A picture that claims to be that large; `rows` are its pixels, packed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _zeros(count: int) -> bytes:
    """Pack that many zero bytes a thousandfold."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(count >> 20)]
    return b"".join([*parts, packer.compress(bytes(count % (1 << 20))), packer.flush()])


def _webp(width: int, height: int) -> bytes:
    bits = struct.pack("<I", (width - 1) | (height - 1) << 14)
    body = b"VP8L" + struct.pack("<I", 500) + b"\x2f" + bits + bytes(495)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def bombs() -> dict[str, bytes]:
    """Small files that would be large pictures, or endless ones."""
    jpeg = (SAMPLES / "photo.jpg").read_bytes()
    at = max(jpeg.find(b"\xff\xc0"), jpeg.find(b"\xff\xc2"))
    huge = jpeg[: at + 5] + b"\xff\xff\xff\xff" + jpeg[at + 9 :]
    box = struct.pack(">I4sQ", 1, b"moov", 1 << 62)
    size = (256, 4, 1, 60_000, 257, 4, 1, 60_000)
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIIHHIII", 2, *size, 8)  # follows itself
    return {
        "claims.png": png(60_000, 60_000, _zeros(1 << 20)),
        "claims and has.png": png(20_000, 20_000, _zeros(20 << 20)),
        "allowed.png": png(4_000, 4_000, _zeros(4_000 * 12_001)),
        "claims.webp": _webp(16_384, 16_384),
        "claims.gif": b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(100),
        "claims.jpg": huge,
        "itself.tif": tiff,
        "endless.mp4": struct.pack(">I4s", 20, b"ftypisom") + box + bytes(100),
        "boxes.mov": struct.pack(">I4s", 8, b"free") * 100_000,
        "nested.heic": b"".join(struct.pack(">I4s", 80_000 - 8 * i, b"moov") for i in range(9_999)),
        "bomb.jpg": png(60_000, 60_000, _zeros(1 << 20)),  # and a wrong ending
    }


def write(folder: Path, count: int, seed: object) -> list[bytes]:
    """Write the bombs and so many broken files, with their sidecars; return the paths of all."""
    samples = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix != ".md"]
    mutator = Mutator([sample for sample in samples if len(sample) < 300_000], seed)
    sidecar = Mutator([(SAMPLES / "sidecar.xmp").read_bytes()], seed)
    folder.mkdir(parents=True)
    files = {os.fsencode(name): data for name, data in bombs().items()}
    for number, data in mutator.cases(0, count):
        name = NAMES[number % len(NAMES)] + b" %d" % number
        ending = ENDINGS[number // len(NAMES) % len(ENDINGS)].encode()
        # No two are equal, and none is empty: those are told in another way.
        files[name[:MOST_NAME] + ending] = data + b"%d" % number
        if number % 10 == 0:
            files[name[:MOST_NAME] + ending + b".xmp"] = sidecar.case(number)
    for name, data in files.items():
        (folder / os.fsdecode(name)).write_bytes(data)
    return [os.fsencode(folder) + b"/" + name for name in files if not name.endswith(b".xmp")]
