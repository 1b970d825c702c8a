# ruff: noqa: S608  the statements are made of constants of this file
"""A demo server with people, photos and albums that a test changes, and its state as we see it."""

import hashlib
import uuid

from tray_app.demo.server import DemoServer

DAY = "2024-05-06T07:08:09.123Z"
DAYS = (DAY, "2024-06-30T23:59:59.999Z", "2025-01-01T00:00:00.000Z")
IN_MS = "CAST(strftime('%s', {0}) AS INTEGER) * 1000 + CAST(substr({0}, 21, 3) AS INTEGER)"
TAKEN = IN_MS.format("file_created_at")
PEOPLE = ("me", "ann", "bob")

MY_ALBUMS = (
    "(SELECT id FROM album WHERE owner_id = :me"
    " UNION SELECT album_id FROM album_user WHERE user_id = :me)"
)
MY_PARTNERS = "(SELECT shared_by_id FROM partner WHERE shared_with_id = :me)"
MINE = (
    "(owner_id = :me"
    " OR owner_id IN (SELECT shared_by_id FROM partner WHERE shared_with_id = :me)"
    f" OR id IN (SELECT asset_id FROM album_asset WHERE album_id IN {MY_ALBUMS}))"
)

NEW_ASSET = """
INSERT OR IGNORE INTO asset (id, owner_id, checksum, size, file_name, type, visibility,
  is_favorite, file_created_at, file_modified_at, created_at, updated_at, device_asset_id,
  device_id, metadata)
VALUES (?, ?, ?, 5, ?, 'IMAGE', 'timeline', 0, ?, ?, ?, ?, '', '', '[]')
"""
NEW_ALBUM = """
INSERT OR IGNORE INTO album (id, owner_id, name, description, is_activity_enabled, sort_order,
  created_at, updated_at)
VALUES (?, ?, ?, '', 1, 'desc', ?, ?)
"""


def ident(*names: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(names)))


class World:
    """Every change is one statement; what it needs may be missing, then nothing happens."""

    def __init__(self, server: DemoServer) -> None:
        self.server = server
        self.db = server.state.db
        self.touches = 0
        self.ids = {"me": server.user().id}
        for name in PEOPLE[1:]:
            self.ids[name] = server.add_user(f"{name}@example.org").id

    def _now(self) -> str:
        self.touches += 1
        return f"2025-01-01T00:00:{self.touches % 60:02}.{self.touches // 60:03}Z"

    def _change(self, assignment: str, asset_id: str, *values: object) -> None:
        """Change an asset, which becomes new by that as on the server."""
        sql = f"UPDATE asset SET {assignment}, updated_at = ? WHERE id = ?"
        self.db.run(sql, (*values, self._now(), asset_id))

    def fill(self) -> None:
        """Give everybody photos and an album that others see; ann and bob show me all."""
        for owner in PEOPLE:
            self.make_album(owner, 0)
            for n in range(3):
                self.upload(owner, n)
            for n in range(2):
                self.share(owner, n)
                self.befriend(owner, n)
        for owner in PEOPLE:
            self.put(owner, 1)

    def upload(self, owner: str, n: int) -> None:
        sha1 = hashlib.sha1(f"{owner}{n}".encode()).digest()
        times = (DAYS[n % 3], *(DAY,) * 3)
        self.db.run(NEW_ASSET, (ident(owner, n), self.ids[owner], sha1, f"{n}.jpg", *times))

    def trash(self, owner: str, n: int) -> None:
        self._change("deleted_at = ?", ident(owner, n), DAY)

    def restore(self, owner: str, n: int) -> None:
        self._change("deleted_at = NULL", ident(owner, n))

    def like(self, owner: str, n: int) -> None:
        self._change("is_favorite = 1 - is_favorite", ident(owner, n))

    def show(self, owner: str, n: int) -> None:
        """Move an asset to another visibility."""
        kind = ("timeline", "archive", "hidden")[n % 3]
        self._change("visibility = ?", ident(owner, (n + len(owner)) % 3), kind)

    def lock(self, owner: str, n: int) -> None:
        """Lock an asset, which takes it out of albums; the second time unlock it."""
        unlocked = "visibility = iif(visibility = 'locked', 'timeline', 'locked')"
        self._change(unlocked, ident(owner, n))
        sql = "DELETE FROM album_asset WHERE asset_id IN (SELECT id FROM asset WHERE visibility"
        self.db.run(f"{sql} = 'locked')")

    def redate(self, owner: str, n: int) -> None:
        """Move an asset to another month."""
        self._change("file_created_at = ?", ident(owner, n), DAYS[(n + len(owner)) % 3])

    def describe(self, owner: str, n: int) -> None:
        city = """'{"city":"' || length(told) || '"}'"""
        sql = f"UPDATE asset_exif SET told = {city} WHERE asset_id = ?"
        self.db.run(sql, (ident(owner, n),))
        self._change("id = id", ident(owner, n))

    def delete(self, owner: str, n: int) -> None:
        self.db.run("DELETE FROM asset WHERE id = ?", (ident(owner, n),))

    def make_album(self, owner: str, n: int) -> None:
        self.db.run(NEW_ALBUM, (ident("album", owner), self.ids[owner], f"{n}", DAY, DAY))

    def rename_album(self, owner: str, n: int) -> None:
        self.db.run("UPDATE album SET name = ? WHERE id = ?", (f"new {n}", ident("album", owner)))

    def delete_album(self, owner: str, n: int) -> None:
        self.db.run("DELETE FROM album WHERE id = ?", (ident("album", owner),))

    def share(self, owner: str, n: int) -> None:
        """Share the album of `owner` with one of the others."""
        other = [name for name in PEOPLE if name != owner][n % 2]
        self.db.run(
            "INSERT INTO album_user (album_id, user_id, role)"
            " SELECT id, ?, 'viewer' FROM album WHERE id = ? ON CONFLICT DO NOTHING",
            (self.ids[other], ident("album", owner)),
        )
        # A new member makes the album new for everybody, as the server's trigger does.
        self.db.run(
            "UPDATE album SET updated_at = updated_at WHERE id = ?", (ident("album", owner),)
        )

    def leave(self, name: str) -> None:
        """Delete an account with everything it has."""
        self.db.run("DELETE FROM user WHERE id = ?", (self.ids[name],))

    def unshare(self, owner: str, n: int) -> None:
        other = [name for name in PEOPLE if name != owner][n % 2]
        self.db.run(
            "DELETE FROM album_user WHERE album_id = ? AND user_id = ?",
            (ident("album", owner), self.ids[other]),
        )

    def put(self, owner: str, n: int) -> None:
        """Put an asset of `owner` into somebody's album, chosen by n."""
        self.db.run(
            "INSERT OR IGNORE INTO album_asset (album_id, asset_id)"
            " SELECT album.id, asset.id FROM album, asset WHERE album.id = ? AND asset.id = ?",
            (ident("album", PEOPLE[n % 3]), ident(owner, n)),
        )
        album = ident("album", PEOPLE[n % 3])
        self.db.run("UPDATE album SET updated_at = ? WHERE id = ?", (self._now(), album))

    def take(self, owner: str, n: int) -> None:
        self.db.run(
            "DELETE FROM album_asset WHERE album_id = ? AND asset_id = ?",
            (ident("album", PEOPLE[n % 3]), ident(owner, n)),
        )

    def befriend(self, owner: str, n: int) -> None:
        """Let `owner` show everything to one of the others."""
        other = [name for name in PEOPLE if name != owner][n % 2]
        self.db.run(
            "INSERT OR IGNORE INTO partner (shared_by_id, shared_with_id) VALUES (?, ?)",
            (self.ids[owner], self.ids[other]),
        )

    def part(self, owner: str, n: int) -> None:
        other = [name for name in PEOPLE if name != owner][n % 2]
        self.db.run(
            "DELETE FROM partner WHERE shared_by_id = ? AND shared_with_id = ?",
            (self.ids[owner], self.ids[other]),
        )

    def stack(self, owner: str, n: int) -> None:
        self.db.run(
            "INSERT OR IGNORE INTO stack (id, owner_id, primary_asset_id, created_at, updated_at)"
            " SELECT ?, owner_id, id, ?, ? FROM asset WHERE id = ?",
            (ident("stack", owner), DAY, DAY, ident(owner, n)),
        )
        self._change(
            "stack_id = (SELECT id FROM stack WHERE primary_asset_id = asset.id)", ident(owner, n)
        )

    def unstack(self, owner: str, n: int) -> None:
        self.db.run("DELETE FROM stack WHERE id = ?", (ident("stack", owner),))

    @property
    def old(self) -> bool:
        return not self.server.options.version.is_v3

    def seen_by_me(self) -> dict[str, list[tuple]]:
        """Return what the library has to hold, straight from the server's tables."""
        # 3.x tells nobody what others like.
        me = {"me": self.ids["me"], "old": self.old}
        queries = {
            "user": "SELECT id, email FROM user",
            "partner": "SELECT shared_by_id, shared_with_id FROM partner"
            " WHERE :me IN (shared_by_id, shared_with_id)",
            "asset": "SELECT id, owner_id, checksum, is_favorite AND (owner_id = :me OR :old),"
            f" deleted_at IS NULL, stack_id, visibility, {TAKEN} FROM asset WHERE {MINE}",
            "exif": "SELECT asset_id, json_extract(told, '$.city') FROM asset_exif"
            f" WHERE asset_id IN (SELECT id FROM asset WHERE {MINE})",
            "album": f"SELECT id, name FROM album WHERE id IN {MY_ALBUMS}",
            "album_user": "SELECT album_id, user_id, role FROM album_user"
            f" WHERE album_id IN {MY_ALBUMS}"
            f" UNION SELECT id, owner_id, 'owner' FROM album WHERE id IN {MY_ALBUMS}",
            "album_asset": "SELECT album_id, asset_id FROM album_asset"
            f" WHERE album_id IN {MY_ALBUMS}",
            "stack": "SELECT id, owner_id FROM stack WHERE owner_id = :me OR owner_id IN"
            " (SELECT shared_by_id FROM partner WHERE shared_with_id = :me)",
        }
        return {name: ordered(self.db.named(sql, me)) for name, sql in queries.items()}

    def shown_to_keys(self) -> dict[str, list[tuple]]:
        """Return the same without what the server refuses to API keys."""
        found = self.seen_by_me()
        mine, theirs = self.ids["me"], MY_PARTNERS
        album = f"id IN (SELECT asset_id FROM album_asset WHERE album_id IN {MY_ALBUMS})"
        queries = {
            "asset": "SELECT id, owner_id, checksum, is_favorite AND owner_id = :me,"
            " deleted_at IS NULL, iif(owner_id = :me, stack_id, NULL), visibility,"
            f" {TAKEN} FROM asset WHERE visibility <> 'locked' AND (owner_id = :me OR {album}"
            f" OR owner_id IN {theirs} AND visibility <> 'archive')",
            "album_asset": f"SELECT album_id, asset_id FROM album_asset WHERE album_id IN"
            f" {MY_ALBUMS} AND asset_id NOT IN (SELECT id FROM asset WHERE visibility = 'locked')",
            "stack": "SELECT id, owner_id FROM stack WHERE owner_id = :me",
        }
        for name, sql in queries.items():
            found[name] = ordered(self.db.named(sql, {"me": mine}))
        shown = {row[0] for row in found["asset"]}
        found["exif"] = [row for row in found["exif"] if row[0] in shown]
        return found


class OwnWorld(World):
    """What one account sees that has nothing from others; the server may be another process."""

    old = True

    def __init__(self, db, me: str) -> None:
        self.db, self.ids = db, {"me": me}


def ordered(rows: list[tuple]) -> list[tuple]:
    """Write ids as the server does, and sort."""
    return sorted((tuple(_plain(value) for value in row) for row in rows), key=repr)


def _plain(value: object) -> object:
    if isinstance(value, bytes) and len(value) == 16:
        return str(uuid.UUID(bytes=value))
    return value


IN_THE_LIBRARY = {
    "user": "SELECT id, email FROM user",
    "partner": "SELECT shared_by_id, shared_with_id FROM partner",
    "asset": "SELECT id, owner_id, checksum, is_favorite, deleted_at IS NULL, stack_id,"
    " visibility, file_created_at FROM asset",
    "exif": "SELECT asset_id, city FROM exif",
    "album": "SELECT id, name FROM album",
    "album_user": "SELECT album_id, user_id, role FROM album_user",
    "album_asset": "SELECT album_id, asset_id FROM album_asset",
    "stack": "SELECT id, owner_id FROM stack",
}
CHANGES = (
    "upload",
    "upload",
    "trash",
    "restore",
    "like",
    "describe",
    "show",
    "lock",
    "redate",
    "redate",
    "delete",
    "make_album",
    "make_album",
    "rename_album",
    "delete_album",
    "share",
    "share",
    "unshare",
    "put",
    "put",
    "take",
    "befriend",
    "befriend",
    "part",
    "stack",
    "unstack",
)
