"""A keychain for processes that tests start: entries in a file named by an environment variable."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    priority = 1

    def _file(self) -> Path:
        return Path(os.environ["TEST_KEYRING"])

    def _entries(self) -> dict[str, str]:
        return json.loads(self._file().read_text()) if self._file().exists() else {}

    def get_password(self, service, username):
        return self._entries().get(f"{service} {username}")

    def set_password(self, service, username, password):
        self._file().write_text(json.dumps({**self._entries(), f"{service} {username}": password}))

    def delete_password(self, service, username):
        entries = self._entries()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        self._file().write_text(json.dumps(entries))
