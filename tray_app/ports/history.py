"""What the window lists and what it can do about it. Every call leaves the window's thread."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from tray_app.core.history import Cursor, FailedRow, FileRow, FolderRow, RunRow, Span
from tray_app.core.log_lines import Level, LogPage, Mark


class History(Protocol):
    """Lists of the signed-in account, newest first, `limit` rows behind `after` (None: the first).

    A call whose task is cancelled stops working soon. Raises NeedsUser when the database cannot
    be read.
    """

    async def runs(self, after: Cursor | None, limit: int) -> Sequence[RunRow]:
        """List runs that ended."""
        ...

    async def files(
        self, search: str, span: Span | None, after: Cursor | None, limit: int
    ) -> Sequence[FileRow]:
        """List backed-up files that are still here, confirmed in `span` (None: ever).

        `search`: a part of the path, letters of ASCII in either case.
        """
        ...

    async def failures(
        self, search: str, after: Cursor | None, limit: int, *, ignored: bool
    ) -> Sequence[FailedRow]:
        """List files that are not backed up: the failed ones, or those a person had ignored."""
        ...

    async def ignored_count(self) -> int:
        """Count the ignored ones."""
        ...

    async def folders(self) -> Sequence[FolderRow]:
        """Tell how the chosen folders stand, in the order of the settings."""
        ...


class Mending(Protocol):
    """What a person can do about files that failed; raises NeedsUser when it cannot be written."""

    async def retry(self, rows: Sequence[FailedRow]) -> None:
        """Try these again at once, and nothing else."""
        ...

    async def retry_all(self) -> None:
        """Try every failed file again at once; what is ignored stays so."""
        ...

    async def ignore(self, file_ids: Iterable[int]) -> None:
        """Leave these out until their bytes change or it is taken back."""
        ...

    async def take_back(self, file_ids: Iterable[int]) -> None:
        """Let ignored ones be failed files again."""
        ...

    async def export(self, target: Path) -> int:
        """Write the failed files as CSV; returns how many."""
        ...


class LogBook(Protocol):
    """The log of this program, of all its processes."""

    async def newest(self, lowest: Level, search: str, limit: int) -> LogPage:
        """Read the newest entries of at least that level that contain `search`, oldest first."""
        ...

    async def added(self, mark: Mark, lowest: Level, search: str) -> LogPage:
        """Read what came after `mark`."""
        ...

    def is_detailed(self) -> bool:
        """Tell whether details are written (`advancedTroubleshooting`)."""
        ...

    async def set_detailed(self, *, on: bool) -> None:
        """Switch that; raises NeedsUser when the settings cannot be written."""
        ...

    async def export(self, target: Path) -> None:
        """Write the support bundle, a zip without secrets; raises NeedsUser(DISK)."""
        ...
