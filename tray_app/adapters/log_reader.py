"""Reads the log that `adapters.logs` writes, of all processes, from its newest end."""

from collections.abc import Iterator
from pathlib import Path

from tray_app.adapters.logs import FILE_NAME, log_files
from tray_app.core.log_lines import Level, LogEntry, LogPage, Mark, chosen, entries_of


def newest(folder: Path, lowest: Level, search: str, limit: int) -> LogPage:
    """Return the newest `limit` entries that are at least `lowest` and contain `search`."""
    found: list[LogEntry] = []
    mark = Mark()
    for path in reversed(log_files(folder)):
        lines, place = _read(path, 0)
        mark = place if path.name == FILE_NAME else mark
        found = [*chosen(entries_of(lines), lowest, search), *found][-limit:]
        if len(found) == limit:
            break
    return LogPage(tuple(found), mark)


def added(folder: Path, mark: Mark, lowest: Level, search: str) -> LogPage:
    """Return what was written behind `mark`, also when the files were rotated since.

    Rotated more than once between two looks, what came between is passed over.
    """
    lines: list[str] = []
    place = mark
    for path, offset in _behind(folder, mark):
        more, place = _read(path, offset)
        lines += more
    return LogPage(tuple(chosen(entries_of(lines), lowest, search)), place)


def _behind(folder: Path, mark: Mark) -> Iterator[tuple[Path, int]]:
    current = folder / FILE_NAME
    if not current.exists():
        return
    if current.stat().st_ino == mark.inode:
        offset = mark.offset if mark.offset <= current.stat().st_size else 0
        yield current, offset
        return
    rotated = folder / f"{FILE_NAME}.1"
    if rotated.exists() and rotated.stat().st_ino == mark.inode:
        yield rotated, mark.offset
    yield current, 0


def _read(path: Path, offset: int) -> tuple[list[str], Mark]:
    """Read whole lines; the last one may still be being written."""
    with path.open("rb") as file:
        file.seek(offset)
        content = file.read()
        inode = path.stat().st_ino
    whole = content[: content.rfind(b"\n") + 1]
    return whole.decode("utf-8", "replace").splitlines(), Mark(inode, offset + len(whole))
