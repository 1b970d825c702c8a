"""What toasts say, as a function of what is decided; no widgets.

Foreign text (names, reasons) stands in the content only, on one line of ours.
"""

from datetime import datetime, tzinfo
from pathlib import PurePath
from typing import assert_never

from tray_app.core.notification import Notification
from tray_app.core.snapshot import Phase, Snapshot
from tray_app.core.toasts import (
    Button,
    Failing,
    Gone,
    Needed,
    News,
    Offered,
    Slot,
    Stale,
    Summary,
    Toast,
)
from tray_app.ui import words
from tray_app.ui.language import localised, mark, tr, trn
from tray_app.ui.view import NAME_LIMIT, sentence

CONTENT_LIMIT = 200
PROGRESS_TITLE = mark("Backup Progress")
_COUNTING = frozenset({Phase.UPLOADING, Phase.VERIFYING})


def progress(slot: Slot, snapshot: Snapshot, now: datetime) -> Notification:
    """Draw a progress toast of a run that is at work."""
    return _detail(snapshot) if slot is Slot.DETAIL else _total(snapshot, now)


def _total(snapshot: Snapshot, now: datetime) -> Notification:
    upload = snapshot.upload
    known = snapshot.phase in _COUNTING and upload.total_count > 0
    return Notification(
        title=tr(PROGRESS_TITLE),
        content=sentence(snapshot, now),
        progress=upload.total_count - upload.remaining if known else 0,
        max=upload.total_count if known else 0,
        indeterminate=not known,
    )


def _detail(snapshot: Snapshot) -> Notification:
    name = words.one_line(PurePath(snapshot.upload.current_file).name)
    percent = max(0, min(100, snapshot.upload.current_progress))
    return Notification(
        title=tr("Current file"),
        content=tr("{name}, {percent} %", name=words.elided(name, NAME_LIMIT), percent=percent),
        progress=percent,
        max=100,
        is_detail=True,
    )


def toast(news: News, now: datetime, zone: tzinfo | None = None) -> Toast:
    """Draw what has to be told once."""
    title, content = _words(news, now, zone)
    said = Notification(title=title, content=words.cut(content, CONTENT_LIMIT))
    if isinstance(news, Summary):
        return Toast(Slot.TOTAL, said, buttons=(Button.SHOW,))
    if isinstance(news, Offered):
        return Toast(Slot.OFFER, said, buttons=(Button.ADD,))
    if isinstance(news, Gone):  # trying again is what a person has to decide
        return Toast(Slot.ERROR, said, buttons=(Button.WHY,))
    return Toast(Slot.ERROR, said, buttons=(Button.RETRY, Button.WHY))


def _words(news: News, now: datetime, zone: tzinfo | None) -> tuple[str, str]:
    match news:
        case Summary():
            return tr("Backup finished"), _summary(news)
        case Failing(count):
            return tr("Backup has errors"), trn(
                "{n:,} photo could not be backed up.", "{n:,} photos could not be backed up.", count
            )
        case Needed(reasons):
            return tr("Backup needs you"), _sentences(reasons)
        case Stale(since, reasons):
            begin = tr(
                "Nothing could be backed up since {when}.", when=words.moment(since, now, zone)
            )
            return tr("Backup is out of date"), f"{begin} {_sentences(reasons)}".strip()
        case Offered(name, photos):
            where = words.one_line(photos)
            return (
                tr("{name} has photos", name=words.one_line(name)),
                tr("{place} is not backed up yet.", place=where),
            )
        case Gone(count):
            return tr("Photos are gone from the server"), trn(
                "{n:,} photo that was backed up and not deleted. Your files are still here; they"
                " are sent again when you say so: immich-tray upload-again --all",
                "{n:,} photos that were backed up and not deleted. Your files are still here; they"
                " are sent again when you say so: immich-tray upload-again --all",
                count,
            )
        case _:
            assert_never(news)


def _summary(summary: Summary) -> str:
    told = []
    if summary.completed:
        told.append(trn("{n:,} photo backed up", "{n:,} photos backed up", summary.completed))
    if summary.duplicates and not summary.completed:
        told.append(
            trn(
                "{n:,} photo was on the server already",
                "{n:,} photos were on the server already",
                summary.duplicates,
            )
        )
    if summary.failed:
        told.append(
            trn("{n:,} could not be backed up", "{n:,} could not be backed up", summary.failed)
        )
    return ", ".join(told)


def _sentences(reasons: tuple[str, ...]) -> str:
    return " ".join(words.one_line(localised(reason)) for reason in reasons)
