"""The lines of one stream, in the server's order: deletes, backfill, updates, upserts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tray_app.demo.database import Database
from tray_app.demo.options import Version
from tray_app.demo.sync.checkpoints import COMPLETE, Ack, Checkpoints
from tray_app.demo.sync.feeds import Feed, Lines, feeds
from tray_app.demo.sync.rows import Data
from tray_app.demo.sync.types import REFUSED_IN_3, request_types

MEMBERSHIPS = {
    "partner": "SELECT create_id, shared_by_id FROM partner WHERE shared_with_id = :user",
    "album": "SELECT create_id, album_id FROM album_user WHERE user_id = :user",
}
# In 3.x the owner is a member of the album, too.
OWN_ALBUMS = " UNION ALL SELECT create_id, id FROM album WHERE owner_id = :user"


class Refused(Exception):
    """A type that this version no longer sends."""


def line(kind: str, data: Data, *ids: str, ack_type: str = "") -> bytes:
    """Return one line; the type in the ack is the line's own unless told otherwise."""
    ack = "|".join((ack_type or kind, *ids))
    return msgspec.json.encode({"type": kind, "data": data, "ack": ack}) + b"\n"


RESET = line("SyncResetV1", {}, "reset")


@dataclass(frozen=True, slots=True)
class Stream:
    """One run: whose, from which checkpoints, up to which id."""

    db: Database
    version: Version
    user_id: str
    session_id: str
    now_id: str
    acks: Mapping[str, Ack]

    def lines(self, wanted: Sequence[str]) -> Iterator[bytes]:
        """Yield everything newer; raises Refused or BadCheckpoint."""
        known = feeds(self.version)
        for name in request_types(self.version):
            if name not in wanted:
                continue
            if self.version.is_v3 and name in REFUSED_IN_3:
                newer = f"{name[:-1]}2"
                raise Refused(
                    f"SyncRequestType.{name} is deprecated, use SyncRequestType.{newer} instead"
                )
            if feed := known.get(name):
                yield from self._feed(feed)
        yield line("SyncCompleteV1", {}, self.now_id)

    def _ack(self, kind: str) -> Ack | None:
        found = self.acks.get(kind)
        return found.usable() if found else None

    def _feed(self, feed: Feed) -> Iterator[bytes]:
        if feed.deletes:
            yield from self._newer(feed.deletes)
        done = self._ack(feed.upserts.type)
        if feed.backfill:
            yield from self._backfill(feed, feed.backfill, done)
        if feed.updates and done:
            yield from self._newer(feed.updates, known=done.id)
        upserts = self._newer(feed.upserts)
        if feed.updates:
            if (first := next(upserts, None)) is None:
                return
            yield line("SyncAckV1", {}, self.now_id, ack_type=feed.updates.type)
            yield first
        yield from upserts

    def _newer(self, lines: Lines, **params: str) -> Iterator[bytes]:
        ack = self._ack(lines.type)
        found = lines.rows.read(
            self.db,
            after=ack.id if ack else "",
            until=self.now_id,
            user=self.user_id,
            **params,
        )
        for update_id, data in found:
            yield line(lines.type, data, update_id)

    def _backfill(self, feed: Feed, lines: Lines, done: Ack | None) -> Iterator[bytes]:
        """Send what memberships newer than the last backfill bring of the time before `done`."""
        reached = self._ack(lines.type)
        memberships = self._memberships(feed.member, reached)
        if done is None:
            if memberships:
                # A first stream sends everything anyway: the server notes the backfill by itself.
                ack = f"{lines.type}|{memberships[-1][0]}|{COMPLETE}"
                Checkpoints(self.db).set(self.session_id, {lines.type: ack})
            return
        for create_id, parent in memberships:
            start = reached.place_in(create_id) if reached else ""
            if start == COMPLETE:
                continue
            # Up to and with `done`: no UUID lies between it and itself with one more letter.
            until = min(f"{done.id}~", self.now_id)
            # 2.7.5 sends the acknowledged row again, 3.0.3 goes on after it.
            place = {"after": start if self.version.is_v3 else "", "start": start}
            found = lines.rows.read(self.db, **place, until=until, user=self.user_id, parent=parent)
            for update_id, data in found:
                yield line(lines.type, data, create_id, update_id)
            yield line("SyncAckV1", {}, create_id, COMPLETE, ack_type=lines.type)

    def _memberships(self, kind: str, reached: Ack | None) -> list[tuple[str, str]]:
        sql = MEMBERSHIPS[kind]
        if kind == "album" and self.version.is_v3:
            sql += OWN_ALBUMS
        chosen = (
            f"SELECT * FROM ({sql}) WHERE create_id >= :after"  # noqa: S608 - constants
            " AND create_id < :now ORDER BY create_id"
        )
        params = {
            "user": self.user_id,
            "after": reached.id if reached else "",
            "now": self.now_id,
        }
        return [(row[0], row[1]) for row in self.db.named(chosen, params)]
