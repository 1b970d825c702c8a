"""Reads files in chunks in worker threads, hashing what it reads."""

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from tray_app.adapters.files.stamps import stamp_of, trouble
from tray_app.adapters.media_probe import STILL_HEAD_BYTES, probe_still, probe_video
from tray_app.core.asset import Kind, LocalFile, Stamp, shown
from tray_app.core.errors import ChangedWhileReading
from tray_app.core.pairing import PairRole, pair_role
from tray_app.core.phrase import phrase

CHUNK = 1 << 20
"""What is read at once for sending."""

HASH_CHUNK = max(256 << 10, STILL_HEAD_BYTES)
"""What is read at once for hashing: it stays in the processor's cache, so that hashing costs 3 %
more than `hashlib.file_digest` instead of 30 % (docs/performance.md, "Hashing")."""


class Cancelled(Exception):
    """The reader is no longer wanted; never leaves this package."""


class Digest(NamedTuple):
    """One reading of a file (port `Hashed`)."""

    sha1: bytes
    stamp: Stamp
    duration_ms: int | None
    content_id: str | None


def open_file(path: str) -> BinaryIO:
    """Open for reading without following a pipe into a wait; raises Unreadable or Vanished."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return os.fdopen(os.open(path, flags | getattr(os, "O_CLOEXEC", 0)), "rb", buffering=0)
    except OSError as exc:
        raise trouble(path, exc) from exc


def read_chunks(file: BinaryIO, path: str, stop: threading.Event) -> Iterator[bytes]:
    """Yield the rest of a file in pieces of `HASH_CHUNK` bytes; looks at `stop` between them."""
    while not stop.is_set():
        try:
            chunk = file.read(HASH_CHUNK)
        except OSError as exc:
            raise trouble(path, exc) from exc
        if not chunk:
            return
        yield chunk
    raise Cancelled


def hash_file(wanted: LocalFile, on_bytes: Callable[[int], None], stop: threading.Event) -> Digest:
    """Read a whole file; raises ChangedWhileReading when it was not `wanted` all along."""
    volatile = not wanted.stamp.inode
    with open_file(wanted.path) as file:
        before = stamp_of(os.fstat(file.fileno()), volatile=volatile)
        digest, head = hashlib.sha1(usedforsecurity=False), b""
        for chunk in read_chunks(file, wanted.path, stop):
            digest.update(chunk)
            head = head or chunk[:STILL_HEAD_BYTES]
            on_bytes(len(chunk))
        after = stamp_of(os.fstat(file.fileno()), volatile=volatile)
        if not (before.same_as(after) and before.same_as(wanted.stamp)):
            raise changed(wanted.path)
        duration, content_id = _live_facts(wanted, file, head)
    return Digest(digest.digest(), after, duration, content_id)


def changed(path: str) -> ChangedWhileReading:
    """Say that a file did not hold still."""
    name = shown(os.path.basename(path))  # noqa: PTH119  bytes-safe
    return ChangedWhileReading(
        phrase("{name} changed while it was being read.", name=name),
        remedy=phrase("It will be tried again when it is finished."),
        transient=True,
    )


def _live_facts(wanted: LocalFile, file: BinaryIO, head: bytes) -> tuple[int | None, str | None]:
    """Look for what pairs a Live Photo; a file that cannot be half of one is not parsed."""
    role = pair_role(os.path.splitext(wanted.path)[1].lower())  # noqa: PTH122
    if role is PairRole.VIDEO and wanted.kind is Kind.VIDEO:
        found = probe_video(file, wanted.stamp.size)
        return found.duration_ms, found.content_identifier
    return None, probe_still(head) if role is not PairRole.NONE else None
