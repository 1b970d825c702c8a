"""An onboarding that was left, one small file of the data folder; no secret is in it."""

from pathlib import Path

import msgspec

from tray_app.adapters.private_file import write_private
from tray_app.core.onboarding import Begun


class OnboardingFile:
    """There while the onboarding is not finished."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Begun | None:
        """Return what was kept; a damaged file tells at least that something was begun."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Begun)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return Begun()

    def keep(self, begun: Begun | None) -> None:
        """Remember, None: forget; raises NeedsUser(DISK)."""
        if begun is None:
            self._path.unlink(missing_ok=True)
        else:
            write_private(self._path, msgspec.json.encode(begun))
