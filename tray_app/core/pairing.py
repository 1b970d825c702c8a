"""Which files may be halves of a Live Photo, judged by name alone.

The decision itself needs the files' contents and is `core.live_photo.is_pair`.
"""

from enum import IntEnum


class PairRole(IntEnum):
    """The half a file can be; of two stills with one name the lower role gets the video."""

    NONE = 0
    HEIC = 1
    JPEG = 2
    VIDEO = 3


_ROLES = {
    ".heic": PairRole.HEIC,
    ".heif": PairRole.HEIC,
    ".jpg": PairRole.JPEG,
    ".jpeg": PairRole.JPEG,
    ".mov": PairRole.VIDEO,
    ".mp4": PairRole.VIDEO,
}


def pair_role(extension: str) -> PairRole:
    """Return the role of a lower-case extension with its dot (design section 3)."""
    return _ROLES.get(extension, PairRole.NONE)
