"""Users, sessions and API keys in the database; of secrets only hashes are kept."""

import base64
import hashlib
import re
import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta

from tray_app.demo import clock
from tray_app.demo.database import Database
from tray_app.demo.records import ApiKey, Session, User

NOTED_EVERY = timedelta(hours=1)


def new_id() -> str:
    """Return a fresh identifier (UUID v4)."""
    return str(uuid.uuid4())


def new_secret() -> str:
    """Return a token of about 43 letters and digits."""
    return re.sub(r"\W", "", base64.b64encode(secrets.token_bytes(32)).decode())


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _password_hash(password: str, salt: str) -> str:
    # One round is enough for published demo passwords and keeps thousands of logins in tests fast.
    return f"{salt}:{hashlib.sha256((salt + password).encode()).hexdigest()}"


class Accounts:
    """Who may use the server."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add_user(
        self,
        email: str,
        password: str,
        *,
        name: str = "",
        admin: bool = False,
        quota_bytes: int | None = None,
    ) -> User:
        """Create an account, or return the existing one of this address unchanged."""
        moment = clock.now()
        self._db.run(
            "INSERT OR IGNORE INTO user VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, '')",
            (
                new_id(),
                email.lower(),
                name or email.partition("@")[0],
                _password_hash(password, secrets.token_hex(8)),
                int(admin),
                quota_bytes,
                moment,
                moment,
            ),
        )
        user = self.user_by_email(email)
        if user is None:
            raise RuntimeError(f"user {email} was not stored")
        return user

    def users(self) -> list[User]:
        """Return every account, oldest first."""
        return [User(*row) for row in self._db.rows("SELECT * FROM user ORDER BY rowid")]

    def user(self, user_id: str) -> User | None:
        """Return one account."""
        row = self._db.row("SELECT * FROM user WHERE id = ?", (user_id,))
        return User(*row) if row else None

    def user_by_email(self, email: str) -> User | None:
        """Return the account of an address, in any case."""
        row = self._db.row("SELECT * FROM user WHERE email = ?", (email.lower(),))
        return User(*row) if row else None

    def set_quota(self, user_id: str, quota_bytes: int | None) -> None:
        """Limit a user's bytes; None lifts the limit."""
        self._db.run(
            "UPDATE user SET quota_bytes = ?, updated_at = ? WHERE id = ?",
            (quota_bytes, clock.now(), user_id),
        )

    def check_password(self, email: str, password: str) -> User | None:
        """Return the account when the password is right."""
        user = self.user_by_email(email)
        if user is None:
            return None
        salt = user.password_hash.partition(":")[0]
        same = secrets.compare_digest(user.password_hash, _password_hash(password, salt))
        return user if same else None

    def add_session(
        self,
        user_id: str,
        *,
        device_type: str = "",
        device_os: str = "",
        app_version: str | None = None,
        expires_at: str | None = None,
    ) -> tuple[Session, str]:
        """Sign a device in; return the session and its token, which is shown only now."""
        token = new_secret()
        moment = self._db.update_ids.moment()
        session = Session(
            new_id(),
            user_id,
            _digest(token),
            device_type,
            device_os,
            app_version,
            moment,
            moment,
            expires_at,
            0,
        )
        self._db.run(
            "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                session.id,
                user_id,
                session.token_hash,
                device_type,
                device_os,
                app_version,
                moment,
                moment,
                expires_at,
                0,
            ),
        )
        return session, token

    def session_by_token(self, token: str) -> Session | None:
        """Return the session of a token that is neither revoked nor expired, and note its use."""
        moments = self._db.update_ids
        row = self._db.row(
            "SELECT * FROM session WHERE token_hash = ? AND (expires_at IS NULL OR expires_at > ?)",
            (_digest(token), moments.moment()),
        )
        if row is None:
            return None
        session = Session(*row)
        if session.updated_at < moments.moment(before=NOTED_EVERY):
            sql = "UPDATE session SET updated_at = ? WHERE id = ?"
            self._db.run(sql, (moments.moment(), session.id))
        return session

    def sessions(self, user_id: str) -> list[Session]:
        """Return a user's sessions, oldest first."""
        sql = "SELECT * FROM session WHERE user_id = ? ORDER BY rowid"
        return [Session(*row) for row in self._db.rows(sql, (user_id,))]

    def delete_session(self, user_id: str, session_id: str) -> bool:
        """Revoke one session; False when the user has no such session."""
        sql = "DELETE FROM session WHERE user_id = ? AND id = ?"
        return self._db.run(sql, (user_id, session_id)) > 0

    def delete_sessions(self, user_id: str, *, keep: str = "") -> int:
        """Revoke all sessions of a user but the one to keep; return how many went."""
        return self._db.run("DELETE FROM session WHERE user_id = ? AND id <> ?", (user_id, keep))

    def set_pending_reset(self, user_id: str, session_id: str, *, pending: bool) -> bool:
        """Mark a session to start its sync over; False when there is no such session."""
        sql = "UPDATE session SET pending_reset = ?, updated_at = ? WHERE user_id = ? AND id = ?"
        return self._db.run(sql, (int(pending), clock.now(), user_id, session_id)) > 0

    def add_api_key(
        self, user_id: str, permissions: Iterable[str], *, name: str = "API Key"
    ) -> tuple[ApiKey, str]:
        """Create a key; return it and its secret, which is shown only now."""
        secret = new_secret()
        moment = clock.now()
        key = ApiKey(
            new_id(), user_id, _digest(secret), name, " ".join(permissions), moment, moment
        )
        self._db.run(
            "INSERT INTO api_key VALUES (?, ?, ?, ?, ?, ?, ?)",
            (key.id, user_id, key.secret_hash, name, key.permissions, moment, moment),
        )
        return key, secret

    def api_key_by_secret(self, secret: str) -> ApiKey | None:
        """Return the key of a secret."""
        row = self._db.row("SELECT * FROM api_key WHERE secret_hash = ?", (_digest(secret),))
        return ApiKey(*row) if row else None

    def api_keys(self, user_id: str) -> list[ApiKey]:
        """Return a user's keys, oldest first."""
        sql = "SELECT * FROM api_key WHERE user_id = ? ORDER BY rowid"
        return [ApiKey(*row) for row in self._db.rows(sql, (user_id,))]

    def delete_api_key(self, user_id: str, key_id: str) -> bool:
        """Revoke one key; False when the user has no such key."""
        sql = "DELETE FROM api_key WHERE user_id = ? AND id = ?"
        return self._db.run(sql, (user_id, key_id)) > 0
