"""What a toast says: the payload of `updateNotification` (requirement, Notification Structure)."""

import msgspec


class Notification(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One notification, whole: each one replaces what its toast showed before.

    On the wire `title`, `content`, `progress`, `max`, `indeterminate`, `isDetail`, all six always
    there. `progress` counts from 0 to `max`; with `max` 0 there is no bar. `indeterminate`: at
    work, no share known (scanning, hashing). `is_detail`: the toast of the current file, whose
    `max` is 100. Raises ValueError for counts outside of these bounds.
    """

    title: str
    content: str
    progress: int = 0
    max: int = 0
    indeterminate: bool = False
    is_detail: bool = False

    def __post_init__(self) -> None:
        """Refuse what no toast can show."""
        if not 0 <= self.progress <= self.max:
            raise ValueError(f"progress {self.progress} is not within 0 to {self.max}")
