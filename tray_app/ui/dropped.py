"""What a person drops on the window, told apart into what can be backed up and what cannot."""

import os
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

from tray_app.core.asset import shown
from tray_app.core.channel import MOST_PATHS
from tray_app.ui.language import tr, trn


class Dropped(NamedTuple):
    """`paths` with undecodable bytes surrogate-escaped; `refused`: why the rest is not taken."""

    paths: tuple[str, ...]
    refused: tuple[str, ...]


def taken_of(urls: Iterable[QUrl]) -> Dropped:
    """Take files and folders of this computer that are there, `MOST_PATHS` at most."""
    paths: dict[str, None] = {}
    refused = []
    for url in urls:
        path = _local_path(url)
        if not path:
            refused.append(
                tr("{path} is no file of this computer.", path=shown(url.toDisplayString()))
            )
        elif not os.path.lexists(path):
            refused.append(tr("{path} does not exist.", path=shown(path)))
        else:
            paths[path] = None
    if (more := len(paths) - MOST_PATHS) > 0:
        refused.append(
            trn(
                "1 file too many for one time; drop its folder instead.",
                "{n:,} files too many for one time; drop their folder instead.",
                more,
            )
        )
    return Dropped(tuple(paths)[:MOST_PATHS], tuple(refused))


def _local_path(url: QUrl) -> str:
    """Return the path, ``: it is elsewhere. Not `toLocalFile`, which loses undecodable bytes."""
    if not url.isLocalFile():
        return ""
    if os.name == "nt":
        return url.toLocalFile()
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return os.fsdecode(unquote_to_bytes(encoded)).replace("\0", "")
