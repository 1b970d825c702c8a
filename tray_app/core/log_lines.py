"""Lines of the log, taken apart into entries."""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

_HEAD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (DEBUG|INFO|WARNING|SEVERE) ")


class Level(IntEnum):
    """How much an entry matters (requirement, Debug Logging); DEBUG is the added detail."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    SEVERE = 40


class Mark(NamedTuple):
    """How far the log was read: the file's identity on the disk and the bytes of it."""

    inode: int = 0
    offset: int = 0


class LogEntry(NamedTuple):
    """One entry; `text` has its line, and those of a traceback behind it."""

    level: Level
    text: str


class LogPage(NamedTuple):
    """Entries, oldest first, and how far the log was read for them."""

    entries: tuple[LogEntry, ...] = ()
    mark: Mark = Mark()


def entries_of(lines: Iterable[str]) -> Iterator[LogEntry]:
    """Gather lines into entries; what comes before the first head belongs to an INFO entry."""
    level, gathered = Level.INFO, list[str]()
    for line in lines:
        if head := _HEAD.match(line):
            if gathered:
                yield LogEntry(level, "\n".join(gathered))
            level, gathered = Level[head[1]], []
        gathered.append(line)
    if gathered:
        yield LogEntry(level, "\n".join(gathered))


def chosen(entries: Iterable[LogEntry], lowest: Level, search: str) -> Iterator[LogEntry]:
    """Keep what is at least `lowest` and contains `search`, in any case."""
    wanted = search.casefold()
    return (it for it in entries if it.level >= lowest and wanted in it.text.casefold())
