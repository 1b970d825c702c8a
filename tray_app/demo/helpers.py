"""Questions and orders that tests and the app put to a demo server, in this process or another."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from tray_app.demo.nightly import clean_up
from tray_app.demo.options import DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.records import Album, StoredAsset, User
from tray_app.demo.state import State


class Helpers:
    """Questions and orders that go straight to the state, in this process or another."""

    state: State

    def user(self, email: str = DEMO_EMAIL) -> User:
        """Return an account; raises KeyError for an unknown address."""
        found = self.state.accounts.user_by_email(email)
        if found is None:
            raise KeyError(email)
        return found

    def add_user(
        self, email: str, password: str = DEMO_PASSWORD, *, quota_bytes: int | None = None
    ) -> User:
        """Create an account."""
        return self.state.accounts.add_user(email, password, quota_bytes=quota_bytes)

    def set_quota(self, quota_bytes: int | None, email: str = DEMO_EMAIL) -> None:
        """Limit a user's bytes; None lifts the limit."""
        self.state.accounts.set_quota(self.user(email).id, quota_bytes)

    def add_api_key(self, permissions: Iterable[str] = ("all",), *, email: str = DEMO_EMAIL) -> str:
        """Create a key with exactly these permissions; return its secret."""
        return self.state.accounts.add_api_key(self.user(email).id, permissions)[1]

    def add_session(self, email: str = DEMO_EMAIL) -> str:
        """Sign a device in; return its token."""
        return self.state.accounts.add_session(self.user(email).id)[1]

    def assets(self, email: str = DEMO_EMAIL) -> list[StoredAsset]:
        """Return all assets of a user in order of arrival, trashed and hidden included."""
        return self.state.library.assets(self.user(email).id)

    def fill(self, number: int, email: str = DEMO_EMAIL) -> None:
        """Give a user that many invented photos at once, without files."""
        self.state.library.fill(self.user(email).id, number)

    def sign_out(self, token: str) -> None:
        """Revoke a session as somebody else does: nothing is told, its next request meets 401."""
        if session := self.state.accounts.session_by_token(token):
            self.state.accounts.delete_session(session.user_id, session.id)

    def set_user_metadata(self, key: str, value: object, email: str = DEMO_EMAIL) -> None:
        """Store a preference of a user; None removes it."""
        user_id, text = self.user(email).id, msgspec.json.encode(value).decode()
        if value is None:
            sql = "DELETE FROM user_metadata WHERE user_id = ? AND key = ?"
            self.state.db.run(sql, (user_id, key))
            return
        sql = (
            "INSERT INTO user_metadata (user_id, key, value) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value"
        )
        self.state.db.run(sql, (user_id, key, text))

    def delete_user(self, email: str) -> None:
        """Remove an account with all that belongs to it."""
        self.state.db.run("DELETE FROM user WHERE id = ?", (self.user(email).id,))

    def advance(self, by: timedelta) -> None:
        """Let the clock of sessions and of the sync stream jump ahead, over at least one night."""
        self.state.db.update_ids.advance(by)
        clean_up(self.state.db)

    def albums(self, email: str = DEMO_EMAIL) -> dict[str, set[str]]:
        """Return the names of a user's own albums with the ids of their assets.

        Albums of equal name are joined here; `state.albums` tells them apart.
        """
        found: dict[str, set[str]] = {}
        for album in self.own_albums(email):
            found.setdefault(album.name, set()).update(self.state.albums.asset_ids(album.id))
        return found

    def own_albums(self, email: str = DEMO_EMAIL) -> list[Album]:
        """Return a user's own albums, newest first."""
        return self.state.albums.owned(self.user(email).id)
