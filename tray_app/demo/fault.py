"""What every fault has in common, and what it is chosen by."""

from dataclasses import dataclass

import msgspec

UPLOAD_PATH = "/api/assets"
STREAM_PATH = "/api/sync/stream"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a request when a fault is chosen; no file name before the file part."""

    method: str
    path: str
    length: int | None
    file_name: str | None = None
    permission: str = ""

    @property
    def is_upload(self) -> bool:
        """True for the upload of an asset."""
        return self.method == "POST" and self.path == UPLOAD_PATH

    @property
    def is_stream(self) -> bool:
        """True for the sync stream."""
        return self.path == STREAM_PATH


class Fault(msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag_field="kind"):
    """Which requests are hit. `times` None: until removed; `skip`: let that many pass first.

    `method` and `path` (a prefix) narrow by request; `match` by a part of an uploaded file's name.
    """

    times: int | None = None
    skip: int = 0
    match: str = ""
    method: str = ""
    path: str = ""

    def hits(self, facts: Facts) -> bool:
        """Tell whether this fault is about such a request."""
        return (
            facts.method.startswith(self.method)
            and facts.path.startswith(self.path)
            and (not self.match or self.match in (facts.file_name or ""))
        )
