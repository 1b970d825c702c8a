"""What a batch of lines means: rows to put and take, what to acknowledge, when to start over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, cast

from tray_app.core.sync import acks, tables
from tray_app.core.sync.columns import Rows
from tray_app.core.sync.entities import ACK, COMPLETE, EMITTED, RESET
from tray_app.core.sync.lines import BadLineError, Line, Unknown, decode, kind_of, payloads_of
from tray_app.core.sync.payloads import Album, AlbumUser, rows
from tray_app.core.sync.tables import Table

OWNER = "owner"


class Change(NamedTuple):
    """Rows of one table, in arrival order: to put there, or keys of rows to take away."""

    table: Table
    deletes: bool
    rows: Rows


@dataclass(slots=True)
class Batch:
    """A stretch of the stream.

    `acks` holds one ack for each type, that of its last line, in order of arrival (protocol
    4.5). `reset`: everything is sent anew; nothing else of the stretch counts. `complete`: the
    stream has said that it is over.
    """

    changes: list[Change] = field(default_factory=list)
    acks: dict[str, str] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    reset: bool = False
    complete: bool = False

    @property
    def over(self) -> bool:
        """What follows in the stream does not count."""
        return self.reset or self.complete

    def add(self, other: "Batch") -> None:
        """Append the stretch that followed."""
        if self.over:
            return
        self.lines += other.lines
        self.unknown += other.unknown
        if other.reset:
            self.changes, self.acks, self.reset = [], dict(other.acks), True
            return
        for change in other.changes:
            self.put(change)
        for kind, ack in other.acks.items():
            self.acknowledge(kind, ack)
        self.complete = other.complete

    def put(self, change: Change) -> None:
        """Append rows to the last change where they are of its kind."""
        last = self.changes[-1] if self.changes else None
        if last and (last.table, last.deletes) == (change.table, change.deletes):
            last.rows.extend(change.rows)
        else:
            self.changes.append(change)

    def acknowledge(self, kind: str, ack: str) -> None:
        """Replace the ack of a type; the order is that of the last arrivals."""
        acks.put(self.acks, kind, ack)


def read(block: bytes) -> Batch:
    """Read whole lines; raises BadLineError."""
    try:
        return understand(decode(block))
    except ValueError as exc:
        raise exc if isinstance(exc, BadLineError) else BadLineError("an id is no UUID") from exc


def understand(lines: Iterable[Line | Unknown]) -> Batch:
    """Decide what lines mean; raises ValueError."""
    batch = Batch()
    for shape, group in groupby(lines, key=type):
        run = list(group)
        batch.lines += len(run)
        if issubclass(shape, Unknown):
            batch.unknown.update(line.type for line in cast("list[Unknown]", run))
            continue
        known = cast("list[Line]", run)
        kind = kind_of(known[0])
        if kind == RESET:
            return Batch(
                acks={RESET: known[0].ack}, unknown=batch.unknown, lines=batch.lines, reset=True
            )
        if kind == ACK:
            for line in known:
                batch.acknowledge(line.ack.partition("|")[0], line.ack)
            continue
        batch.acknowledge(kind, known[-1].ack)
        if kind == COMPLETE:
            batch.complete = True
            return batch
        for change in _changes(kind, known):
            batch.put(change)
    return batch


def _changes(kind: str, lines: list[Line]) -> Iterable[Change]:
    meaning = EMITTED[kind]
    payloads = payloads_of(lines)
    yield Change(meaning.table, meaning.deletes, rows(payloads))
    if meaning.payload is Album:
        yield from _owners(payloads)


def _owners(albums: Iterable[object]) -> Iterable[Change]:
    """Make the owner a member, as 3.x does (protocol 8.1): both generations look the same."""
    owners = [
        AlbumUser(album.id, album.owner_id, OWNER)
        for album in albums
        if isinstance(album, Album) and album.owner_id
    ]
    if owners:
        yield Change(tables.ALBUM_USER, deletes=False, rows=rows(owners))
