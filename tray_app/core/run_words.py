"""What a run did, in plain words."""

from collections.abc import Iterator

from tray_app.core.asset import shown
from tray_app.core.phrase import join, phrase, plural
from tray_app.core.quantities import size
from tray_app.core.run import Outcome, RunResult

_MOST_NAMED = 20
_MOST_KINDS = 5
_ENDED_EARLY = {
    Outcome.NEEDS_USER: phrase("The backup stopped; it needs you."),
    Outcome.TROUBLE: phrase("The backup stopped: the server stayed out of reach."),
    Outcome.STOPPED: phrase("The backup was stopped."),
    Outcome.WAITING: phrase("The backup waits; --anyway goes on in spite of it."),
}


def sentences(
    result: RunResult, *, dry_run: bool = False, background: bool = False
) -> Iterator[str]:
    """Say what happened, most important first."""
    waits = background and result.outcome is Outcome.WAITING
    yield phrase("The backup waits.") if waits else _headline(result, dry_run=dry_run)
    if result.reason:
        yield join(" ", (result.reason, result.remedy))
    yield from _counted(result, dry_run=dry_run)
    yield from _held(result)
    yield from result.notes
    yield from _named(result)


def _counted(result: RunResult, *, dry_run: bool) -> Iterator[str]:
    counts = result.upload
    if counts.completed_count:
        yield plural(
            "{n:,} file uploaded and verified ({size} in {seconds:.1f} s).",
            "{n:,} files uploaded and verified ({size} in {seconds:.1f} s).",
            n=counts.completed_count,
            size=size(counts.bytes_sent),
            seconds=result.seconds,
        )
    if counts.duplicate_count:
        yield plural(
            "{n:,} file already on the server or equal to another one.",
            "{n:,} files already on the server or equal to another one.",
            n=counts.duplicate_count,
        )
    if counts.remaining and not dry_run:
        yield plural(
            "{n:,} file still to do; the next run goes on with them.",
            "{n:,} files still to do; the next run goes on with them.",
            n=counts.remaining,
        )
    if n := result.skipped_count:
        yield plural(
            "{n:,} file skipped: {reasons}.",
            "{n:,} files skipped: {reasons}.",
            n=n,
            reasons=_skipped(result),
        )


def _skipped(result: RunResult) -> str:
    """Say why files were skipped, with the extensions most of them have."""
    foreign = sum(result.kinds.values())
    unusable = result.skipped_count - foreign - result.excluded
    most = sorted(result.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    kinds = [
        phrase("{extension} {count:,}", extension=shown(kind), count=count)
        if kind
        else phrase("no extension {count:,}", count=count)
        for kind, count in most[:_MOST_KINDS]
    ]
    kinds += [phrase("other kinds")] * (len(most) > _MOST_KINDS)
    parts = [phrase("{count:,} excluded", count=result.excluded)] if result.excluded else []
    if foreign:
        named = join(", ", kinds)
        parts.append(phrase("{count:,} no photo or video ({kinds})", count=foreign, kinds=named))
    if unusable or not parts:
        parts.append(phrase("{count:,} not usable", count=unusable))
    return join(", ", parts)


def _headline(result: RunResult, *, dry_run: bool) -> str:
    counts = result.upload
    if result.outcome in _ENDED_EARLY:
        return _ENDED_EARLY[result.outcome]
    if dry_run:
        return plural(
            "Nothing was sent. {n:,} file would be uploaded.",
            "Nothing was sent. {n:,} files would be uploaded.",
            n=counts.remaining,
        )
    if counts.failed_count:
        return plural(
            "{n:,} file could not be backed up.",
            "{n:,} files could not be backed up.",
            n=counts.failed_count,
        )
    return _all_well(result)


def _all_well(result: RunResult) -> str:
    if result.unavailable:
        return phrase("Not every folder is available now; what is there is backed up.")
    if result.upload.total_count:
        return phrase("Everything is backed up.")
    if not result.found:
        return phrase("No photo or video was found there.")
    if result.trashed or result.missing:
        return phrase("Nothing new to back up.")
    return phrase("Nothing to do: everything was backed up before.")


def _held(result: RunResult) -> Iterator[str]:
    if result.trashed:
        yield plural(
            "{n:,} file in the server's trash, not backed up by it.",
            "{n:,} files in the server's trash, not backed up by it.",
            n=result.trashed,
        )
    if result.missing:
        yield plural(
            "{n:,} file backed up before, gone from the server now;"
            " not uploaded again until you say so: immich-tray upload-again --all",
            "{n:,} files backed up before, gone from the server now;"
            " not uploaded again until you say so: immich-tray upload-again --all",
            n=result.missing,
        )


def _named(result: RunResult) -> Iterator[str]:
    """Name files with their reasons; the whole list is in `immich-tray failed`."""
    for failure in result.failures[:_MOST_NAMED]:
        words = join(" ", (failure.reason, failure.remedy))
        yield phrase("  failed   {path}: {words}", path=failure.path, words=words)
    if (more := len(result.failures) - _MOST_NAMED) > 0:
        yield phrase("  ... and {count} more: immich-tray failed", count=more)
    for skip in result.skipped[:_MOST_NAMED]:
        yield phrase("  skipped  {path}: {reason}", path=shown(skip.path), reason=skip.reason)
    if (more := len(result.skipped) - _MOST_NAMED) > 0:
        yield phrase("  ... and {count} more, named in the log", count=more)
