"""Broken input to everything that reads what others write: no crash, no hang, a clear answer.

A case that fails is had again by its number: `Mutator(samples, seed).case(number)`.
"""

import asyncio
import email.parser
import email.policy
import gc
import json
import random
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from tests.faults.mutator import ODD, Mutator
from tests.sync.world import DAY, World
from tray_app.adapters.channel.server import serving
from tray_app.adapters.immich.multipart import MultipartUpload
from tray_app.adapters.settings_file import SettingsFile, first_text
from tray_app.adapters.sqlite.database import Database
from tray_app.adapters.sqlite.library import Library
from tray_app.core.channel import METHODS, MOST_BYTES
from tray_app.core.errors import NeedsUser
from tray_app.core.settings import Settings
from tray_app.core.sync.batch import read
from tray_app.core.sync.lines import BadLineError
from tray_app.core.sync.standing import Owner
from tray_app.demo.server import DemoServer

SHORT = 3_000
LONG = 1_000_000
LONGEST = 2.0  # seconds for one case on a busy machine: a hang is another order

counts = pytest.mark.parametrize(
    "count",
    [SHORT, pytest.param(LONG, marks=[pytest.mark.long, pytest.mark.timeout(7200)])],
)


class Stopwatch:
    """Notices a case that takes too long."""

    def __init__(self) -> None:
        self.longest = 0.0

    def __enter__(self):
        self._begun = time.monotonic()

    def __exit__(self, *_):
        self.longest = max(self.longest, time.monotonic() - self._begun)


SETTINGS = [
    first_text(Settings()).encode(),
    b'backgroundBackup = true\nuploadConcurrency = "auto"\nquietHours = "22:00-06:00"\n',
    b'[[folders]]\npath = "/home/me/Pictures"\nenabled = true\nexclude = ["*.tmp", "a/"]\n',
    b'albumMode = "single"\nalbumName = "A"\nexcludePatterns = ["!x", "[a-z]*"]\n',
]


def changes_one_value(file, before, text):
    """Write into what somebody else wrote: this one value changes, or nothing does."""
    try:
        file.change("syncInterval", 77)
    except NeedsUser:
        assert file.path.read_bytes() == text
        assert file.load().settings == before
    else:
        assert file.load().settings == replace(before, sync_interval=77)


@counts
def test_the_settings_file(tmp_path, count, record):
    file = SettingsFile(tmp_path / "settings.toml")
    mutator, watch, valid = Mutator(SETTINGS, "settings"), Stopwatch(), 0
    for number, text in mutator.cases(0, count):
        file.path.write_bytes(text)
        try:
            with watch:
                before = file.load().settings
        except NeedsUser:
            assert file.path.read_bytes() == text, number
            continue
        valid += 1
        if number % 3 == 0:
            changes_one_value(file, before, text)
    assert 0 < valid < count
    assert watch.longest < LONGEST
    record(cases=count, valid=valid)


async def stream_samples(tmp_path):
    """What the demo server sends of everything there is, in both generations."""
    samples = []
    for version, generation in (("2.7.5", 1), ("3.0.3", 2)):
        async with DemoServer(tmp_path / version, version=version) as server:
            World(server).fill()
            kinds = ["UsersV1", "PartnersV1", "AssetExifsV1", "AlbumUsersV1", "AlbumToAssetsV1"]
            kinds += ["StacksV1", f"AssetsV{generation}", f"AlbumsV{generation}"]
            kinds += [f"PartnerAssetsV{generation}", f"AlbumAssetsV{generation}"]
            headers = {"Authorization": f"Bearer {server.add_session()}"}
            async with httpx.AsyncClient(base_url=server.url, headers=headers) as http:
                answer = await http.post("/api/sync/stream", json={"types": kinds})
                answer.raise_for_status()
                samples += answer.content.splitlines(keepends=True)
    samples.append(b"".join(samples[:6]))
    return samples


@counts
async def test_the_stream_parser(tmp_path, count, record):
    """What is understood fits the tables; what is not says which field."""
    samples = await stream_samples(tmp_path)
    assert len(samples) > 30
    database = Database(tmp_path / "library.db", "library")
    library, begin = Library(database), Owner(str(uuid.uuid4()), "fuzz")
    mutator, watch, valid = Mutator(samples, "stream"), Stopwatch(), 0
    now = datetime.fromisoformat(DAY).astimezone(UTC)
    try:
        for _, block in mutator.cases(0, count):
            try:
                with watch:
                    batch = read(block)
            except BadLineError:
                continue
            valid += 1
            if valid % 10 == 0:
                await library.apply(batch, now, begin=begin if valid == 10 else None)
    finally:
        database.close()
    assert valid > count / 20
    assert watch.longest < LONGEST
    record(cases=count, valid=valid)


CALLS = [
    json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()
    for number, (method, params) in enumerate(
        [
            ("pause", {"minutes": 30}),
            ("backUpNow", {"paths": ["file:///a%20b"], "anyway": True, "account": "x"}),
            ("cancel", {"run": 3}),
            ("updateNotification", {"title": "T", "content": "C", "progress": 1, "max": 2}),
            *((method, {}) for method in METHODS),
        ]
    )
]


@counts
async def test_the_channel_socket(tmp_path, count, record):
    """Each line that asks for an answer gets one, and the program behind hears only whole calls."""
    path, heard = tmp_path / "s", [0]

    async def answer(call):
        assert isinstance(call.params, METHODS[call.method].params)
        heard[0] += 1
        return {"ok": True}

    mutator, answered = Mutator(CALLS, "channel"), 0
    async with serving(path, answer):
        for first in range(0, count, 100):
            lines = [data.replace(b"\n", b" ") for _, data in mutator.cases(first, 100)]
            assert max(map(len, lines)) < MOST_BYTES * 10
            answered += await conversation(path, lines)
        assert await conversation(path, [CALLS[0]]) == 1
    assert heard[0] > count / 50
    record(cases=count, answered=answered, understood=heard[0])


async def conversation(path, lines) -> int:
    """Say these lines, read all answers; the other side may end it."""
    async with asyncio.timeout(30):
        reader, writer = await asyncio.open_unix_connection(path, limit=MOST_BYTES)
        try:
            writer.write(b"\n".join(lines) + b"\n")
            writer.write_eof()
            answers = (await reader.read()).splitlines()
        except ConnectionError:
            return 0
        finally:
            writer.close()
    for one in answers:
        assert ("result" in (told := json.loads(one))) != ("error" in told), one
    return len(answers)


class Pieces:
    def __init__(self, pieces):
        self.pieces = pieces

    async def chunks(self):
        for piece in self.pieces:
            yield piece


def any_text(dice):
    """Text as a file's name can be, everything but what UTF-8 has no bytes for."""
    alphabet = ["a", "é", "\u202e", '"', "\r", "\n", "%22", ";", "\\", "--", "\U0001f4a9", " ", "="]
    odd = [one.decode(errors="replace") for one in ODD]
    return "".join(dice.choices([*alphabet, *odd], k=dice.randint(0, 6)))


@counts
async def test_the_multipart_writer(count, record):
    """An independent parser finds every field, the sidecar and the file, byte for byte."""
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    for number in range(count):
        dice = random.Random(f"multipart {number}")
        fields = {f"f{n}": any_text(dice) for n in range(dice.randint(0, 4))}
        pieces = [dice.randbytes(dice.choice([0, 1, 50, 900])) for _ in range(dice.randint(0, 4))]
        sidecar = dice.choice([None, dice.randbytes(40)])
        size = sum(map(len, pieces))
        upload = MultipartUpload(fields, ".jpg", size, Pieces(pieces), sidecar)
        body = b"".join([chunk async for chunk in upload])
        assert len(body) == upload.length, number
        head = b"Content-Type: " + upload.headers["Content-Type"].encode() + b"\r\n\r\n"
        message = parser.parsebytes(head + body)
        found = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message.iter_parts()
        }
        expected = {name: value.encode() for name, value in fields.items()}
        expected["assetData"] = b"".join(pieces)
        if sidecar is not None:
            expected["sidecarData"] = sidecar
        assert found == expected, number
        if number % 10_000 == 0:  # the parser makes cycles; the suite collects between tests only
            gc.collect()
    record(cases=count)
