"""What a run did, in plain words."""

from collections.abc import Iterator

from tray_app.core.asset import shown
from tray_app.core.quantities import files, size
from tray_app.core.run import Outcome, RunResult

_MOST_NAMED = 20
_MOST_KINDS = 5
_ENDED_EARLY = {
    Outcome.NEEDS_USER: "The backup stopped; it needs you.",
    Outcome.TROUBLE: "The backup stopped: the server stayed out of reach.",
    Outcome.STOPPED: "The backup was stopped.",
    Outcome.WAITING: "The backup waits; --anyway goes on in spite of it.",
}


def sentences(
    result: RunResult, *, dry_run: bool = False, background: bool = False
) -> Iterator[str]:
    """Say what happened, most important first."""
    waits = background and result.outcome is Outcome.WAITING
    yield "The backup waits." if waits else _headline(result, dry_run=dry_run)
    if result.reason:
        yield f"{result.reason} {result.remedy}".strip()
    counts = result.upload
    if counts.completed_count:
        yield (
            f"{files(counts.completed_count)} uploaded and verified"
            f" ({size(counts.bytes_sent)} in {result.seconds:.1f} s)."
        )
    if counts.duplicate_count:
        yield f"{files(counts.duplicate_count)} already on the server or equal to another one."
    if counts.remaining and not dry_run:
        yield f"{files(counts.remaining)} still to do; the next run goes on with them."
    if result.skipped_count:
        yield f"{files(result.skipped_count)} skipped: {_skipped(result)}."
    yield from _held(result)
    yield from result.notes
    yield from _named(result)


def _skipped(result: RunResult) -> str:
    """Say why files were skipped, with the extensions most of them have."""
    foreign = sum(result.kinds.values())
    unusable = result.skipped_count - foreign - result.excluded
    most = sorted(result.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{shown(kind) or 'no extension'} {count:,}" for kind, count in most[:_MOST_KINDS]]
    named += ["other kinds"] * (len(most) > _MOST_KINDS)
    parts = [f"{result.excluded:,} excluded"] if result.excluded else []
    if foreign:
        parts.append(f"{foreign:,} no photo or video ({', '.join(named)})")
    return ", ".join([*parts, f"{unusable:,} not usable"] if unusable else parts)


def _headline(result: RunResult, *, dry_run: bool) -> str:
    counts = result.upload
    if result.outcome in _ENDED_EARLY:
        return _ENDED_EARLY[result.outcome]
    if dry_run:
        return f"Nothing was sent. {files(counts.remaining)} would be uploaded."
    if counts.failed_count:
        return f"{files(counts.failed_count)} could not be backed up."
    return _all_well(result)


def _all_well(result: RunResult) -> str:
    if result.unavailable:
        return "Not every folder is available now; what is there is backed up."
    if result.upload.total_count:
        return "Everything is backed up."
    if not result.found:
        return "No photo or video was found there."
    if result.trashed or result.missing:
        return "Nothing new to back up."
    return "Nothing to do: everything was backed up before."


def _held(result: RunResult) -> Iterator[str]:
    if result.trashed:
        yield f"{files(result.trashed)} in the server's trash, not backed up by it."
    if result.missing:
        yield (
            f"{files(result.missing)} backed up before, gone from the server now;"
            " not uploaded again until you say so: immich-tray upload-again --all"
        )


def _named(result: RunResult) -> Iterator[str]:
    """Name files with their reasons; the whole list is in `immich-tray failed`."""
    for failure in result.failures[:_MOST_NAMED]:
        yield f"  failed   {failure.path}: {failure.reason} {failure.remedy}".rstrip()
    if (more := len(result.failures) - _MOST_NAMED) > 0:
        yield f"  ... and {more} more: immich-tray failed"
    for skip in result.skipped[:_MOST_NAMED]:
        yield f"  skipped  {shown(skip.path)}: {skip.reason}"
    if (more := len(result.skipped) - _MOST_NAMED) > 0:
        yield f"  ... and {more} more, named in the log"
