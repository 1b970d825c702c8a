"""What a demo server is told at its start, as frozen values."""

from dataclasses import dataclass
from pathlib import Path

VERSIONS = ("2.7.5", "3.0.3")

DEMO_EMAIL = "demo@example.org"
DEMO_PASSWORD = "demo"  # noqa: S105 - a published password for a server that only listens on loopback
ADMIN_EMAIL = "admin@example.org"
ADMIN_PASSWORD = "admin"  # noqa: S105 - likewise


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A server version; `is_v3` picks between the two behaviours the demo speaks."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read "2.7.5"; raises ValueError for anything that is not three numbers."""
        major, minor, patch = (int(part) for part in text.split("."))
        return cls(major, minor, patch)

    @property
    def is_v3(self) -> bool:
        """True for the shapes and checks of 3.x."""
        return self.major >= 3

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How one demo server behaves; `folder` holds its database and the uploaded files."""

    folder: Path
    version: Version
    url: str = ""
    discard_bodies: bool = False
    absolute_well_known: bool = False
    ping_interval: float = 25
    ping_timeout: float = 20
