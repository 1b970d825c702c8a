"""Port `Secrets` in memory; `broken` behaves like a computer without a keychain."""

from tray_app.core.errors import Need, NeedsUser


class Keychain:
    def __init__(self, *, broken=False):
        self.entries = {}
        self.broken = broken

    def _check(self):
        if self.broken:
            raise NeedsUser("There is no keychain.", need=Need.KEYCHAIN)

    def get(self, name):
        self._check()
        return self.entries.get(name)

    def set(self, name, value):
        self._check()
        self.entries[name] = value

    def delete(self, name):
        self._check()
        self.entries.pop(name, None)
