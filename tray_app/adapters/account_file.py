"""The remembered identity, one small JSON file in the data folder."""

from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private
from tray_app.core.account import Identity
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase


class AccountFile:
    """Port `Identities`; holds no secret."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Identity | None:
        """Return who signed in last; raises NeedsUser(SIGN_IN) when the file is damaged."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Identity)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise NeedsUser(
                phrase("The record of your sign-in, {path}, cannot be read.", path=self._path),
                need=Need.SIGN_IN,
                remedy=phrase("Sign in again."),
            ) from exc

    def save(self, identity: Identity) -> None:
        """Remember; raises NeedsUser(DISK)."""
        write_private(self._path, msgspec.json.format(msgspec.json.encode(identity)))

    def clear(self) -> None:
        """Forget."""
        self._path.unlink(missing_ok=True)
