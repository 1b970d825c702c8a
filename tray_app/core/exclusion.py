"""Which files and folders no backup looks at: shipped junk rules, then the user's own.

The rules are those of gitignore (git's documentation, "gitignore"): the last match decides, `!`
takes back, and nothing below an excluded folder can be taken back. Upper and lower case differ.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Final

from pathspec import GitIgnoreSpec

from tray_app.core.phrase import phrase

# Pattern and reason. Only what is never a person's only copy: Picasa's `.picasaoriginals`, the
# `originals` of a Photos library or a folder called "restored" are not here.
SHIPPED_RULES: Final = (
    ("@eaDir/", phrase("thumbnails of a Synology NAS")),
    ("SYNOFILE_THUMB*", phrase("thumbnails of a Synology NAS")),
    ("@SynoResource", phrase("metadata of a Synology NAS")),
    ("\\#recycle/", phrase("bin of a Synology NAS")),
    ("\\#snapshot/", phrase("snapshots of a Synology NAS")),
    ("@Recycle/", phrase("bin of a QNAP NAS")),
    ("@Recently-Snapshot/", phrase("snapshots of a QNAP NAS")),
    (".@__thumb/", phrase("thumbnails of a QNAP NAS")),
    ("._*", phrase("macOS's second half of a file on a foreign disk")),
    (".DS_Store", phrase("folder view of macOS")),
    (".AppleDouble/", phrase("macOS's second halves on a file server")),
    (".Spotlight-V100/", phrase("search index of macOS")),
    (".fseventsd/", phrase("change log of macOS")),
    (".DocumentRevisions-V100/", phrase("old versions kept by macOS")),
    (".TemporaryItems/", phrase("half-done work of macOS")),
    ("[Tt]humbs.db", phrase("thumbnails of Windows")),
    ("ehthumbs*.db", phrase("thumbnails of Windows")),
    ("[Dd]esktop.ini", phrase("folder view of Windows")),
    ("$RECYCLE.BIN/", phrase("bin of Windows")),
    ("$Recycle.Bin/", phrase("bin of Windows")),
    ("System Volume Information/", phrase("restore points of Windows")),
    (".Trash*/", phrase("bins of Linux and macOS")),
    (".local/share/Trash/", phrase("bin of Linux, below a home folder")),
    (".trashed-*", phrase("deleted on an Android phone, kept for 30 days")),
    (".pending-*", phrase("being written by an Android phone")),
    (".dtrash/", phrase("bin of digiKam")),
    ("lost+found/", phrase("fragments found by a disk check")),
    (".thumbnails/", phrase("thumbnails of Android and older Linux desktops")),
    (".cache/", phrase("caches of Linux programs, thumbnails among them")),
    ("*.lrdata/", phrase("previews of Lightroom")),
    ("**/CaptureOne/Cache/", phrase("previews of Capture One")),
    ("**/*.photoslibrary/resources/", phrase("previews of Apple Photos")),
    ("**/*.photoslibrary/private/", phrase("working files of Apple Photos")),
    ("**/*.photoslibrary/database/", phrase("working files of Apple Photos")),
    ("**/*.photoslibrary/scopes/", phrase("working files of Apple Photos")),
    (".stfolder/", phrase("marker of Syncthing")),
    (".stversions/", phrase("replaced and deleted files kept by Syncthing")),
    (".syncthing.*", phrase("half a file by Syncthing")),
    ("~syncthing~*", phrase("half a file by Syncthing on Windows")),
    (".sync/", phrase("working files of Resilio Sync")),
    (".dropbox.cache/", phrase("working files of Dropbox")),
    (".git/", phrase("history of source code")),
    ("node_modules/", phrase("pictures that belong to software")),
    ("*.part", phrase("half a download")),
    ("*.crdownload", phrase("half a download")),
    ("*.tmp", phrase("half a file")),
)
SHIPPED_PATTERNS: Final = tuple(pattern for pattern, _ in SHIPPED_RULES)

_ANY_FOLDER = "^(?:.+/)?"  # how pathspec begins a pattern that may match at any depth
_MOST_FOLDERS = 50_000  # whose verdict is remembered
_WILD = re.compile(r"[*?]|\[\w+\]", re.ASCII)
_HARD = re.compile(r"[][\\/]")  # what a pattern has beside plain text and simple wildcards
_TRACE = 2  # characters that say something
_NEVER = re.compile(r"(?!)")


class ExclusionRules:
    """The shipped patterns and then `user_patterns`, one gitignore line each.

    Paths are relative to the backed-up folder, with `/` between names and undecodable bytes
    surrogate-escaped. Raises ValueError naming a pattern that is not valid.
    """

    def __init__(self, user_patterns: Sequence[str] = ()) -> None:
        lines = [*SHIPPED_PATTERNS, *user_patterns]
        with _brackets_taken_literally():
            for pattern in user_patterns:
                require_valid(pattern)
            self._spec = GitIgnoreSpec.from_lines(lines)
            # Almost no name matches anything. Two expressions say so quickly; whatever one of
            # them knows, as excluded or as taken back, pathspec decides.
            self._names = _any_of(line for line in lines if not _has_inner_slash(line))
            self._paths = _any_of(line for line in lines if _has_inner_slash(line))
            self._traces = _traces(lines)
        self._folders: dict[str, bool] = {"": False}
        self._fingerprint = sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def fingerprint(self) -> str:
        """64 hex digits: equal for equal rules in equal order, on every machine."""
        return self._fingerprint

    def excludes(self, relative: str, is_dir: bool) -> bool:  # noqa: FBT001 - WalkRules' shape
        """Tell whether the file or folder, or a folder above it, is excluded."""
        folder, _, name = relative.rpartition("/")
        return self._folder_excluded(folder) or self._matches(relative, name, is_dir=is_dir)

    def excludes_names(
        self, folder: str, files: Iterable[str] = (), folders: Iterable[str] = ()
    ) -> frozenset[str]:
        """Return which of the names in one folder ("" is the root) are excluded."""
        if self._folder_excluded(folder):
            return frozenset((*files, *folders))
        start = f"{folder}/" if folder else ""
        return frozenset(
            name
            for names, is_dir in ((files, False), (folders, True))
            for name in names
            if self._matches(start + name, name, is_dir=is_dir)
        )

    def spares(self, folder: str, names: Sequence[str]) -> bool:
        """Tell quickly that none of the files with these names in `folder` is excluded.

        False: one may be. `folder` is "" or ends in a slash.
        """
        if self._traces is None or self._folder_excluded(folder.rstrip("/")):
            return False
        text = "\n".join(names)
        return not any(trace in text for trace in self._traces)

    def _folder_excluded(self, folder: str) -> bool:
        known = self._folders.get(folder)
        if known is None:
            if len(self._folders) >= _MOST_FOLDERS:
                self._folders = {"": False}
            known = self._folders[folder] = self.excludes(folder, is_dir=True)
        return known

    def _matches(self, relative: str, name: str, *, is_dir: bool) -> bool:
        """Apply the rules to one path whose folders are known to be included."""
        end = "/" if is_dir else ""
        if not self._names.match(_one_line(name) + end):
            path = _one_line(relative) + end
            return bool(self._paths.match(path)) and self._spec.match_file(path)
        return self._spec.match_file(_one_line(relative) + end)


@contextmanager
def _brackets_taken_literally() -> Iterator[None]:
    """Keep `re` from telling whoever reads stderr that `[[a]` may mean a nested set one day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _one_line(text: str) -> str:
    # A newline may be part of a name but ends a line for `.` and `$`; NUL cannot be in either.
    return text.replace("\n", "\0")


def require_valid(pattern: str) -> None:
    """Raise ValueError, with the pattern in its text, for one that is not a line of gitignore."""
    if any(character in pattern for character in "\n\r\0"):
        raise ValueError(
            phrase(
                '"{pattern}" is not a valid exclusion pattern: it has to be one line',
                pattern=pattern,
            )
        )
    if pattern.strip() and not pattern.strip(" !/"):
        raise ValueError(
            phrase(
                '"{pattern}" is not a valid exclusion pattern: it names nothing', pattern=pattern
            )
        )
    try:
        with _brackets_taken_literally():
            GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error) as error:
        raise ValueError(
            phrase(
                '"{pattern}" is not a valid exclusion pattern, see the documentation of gitignore',
                pattern=pattern,
            )
        ) from error


def _has_inner_slash(line: str) -> bool:
    return "/" in line.strip().removeprefix("!").rstrip("/")


def _traces(lines: Iterable[str]) -> tuple[str, ...] | None:
    """Return texts of which a file's name has at least one where a rule excludes it; None: unknown.

    What ends in a slash names folders, which are judged before what is in them.
    """
    found = []
    for line in map(str.strip, lines):
        if not line or line[0] in "!#" or line.endswith("/"):
            continue
        plain = _WILD.split(line)
        trace = max(plain, key=len)
        if len(trace) < _TRACE or any(_HARD.search(text) for text in plain):
            return None
        found.append(trace)
    return tuple(found)


def _any_of(lines: Iterable[str]) -> re.Pattern[str]:
    """Join the patterns into one expression, without pathspec's named group.

    Where a pattern looks at names only, the part that skips folders goes: it is slow.
    """
    parts = []
    for line in lines:
        for pattern in GitIgnoreSpec.from_lines([line]).patterns:
            if pattern.include is not None and pattern.regex is not None:
                text = pattern.regex.pattern.replace("?P<ps_d>", "?:")
                parts.append(text if _has_inner_slash(line) else text.removeprefix(_ANY_FOLDER))
    return re.compile("|".join(parts)) if parts else _NEVER
