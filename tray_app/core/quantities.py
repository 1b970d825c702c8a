"""Numbers as a person reads them."""

from tray_app.core.phrase import Phrase, phrase, plural


def files(count: int) -> Phrase:
    """Write "1 file", "2,000 files"."""
    return plural("{n:,} file", "{n:,} files", n=count)


def size(count: float) -> Phrase:
    """Write a number of bytes in the largest fitting decimal unit: "999 bytes", "2.4 kB"."""
    if count < 1000:
        return plural("{n} byte", "{n} bytes", n=round(count))
    count /= 1000
    if count < 1000:
        return phrase("{number:.1f} kB", number=count)
    count /= 1000
    if count < 1000:
        return phrase("{number:.1f} MB", number=count)
    return phrase("{number:,.1f} GB", number=count / 1000)


def duration(seconds: float) -> Phrase:
    """Write a time roughly, as one says an estimate: "50 s", "3 min", "2 h 10 min", "3 days"."""
    if seconds < 55:
        return phrase("{seconds:,} s", seconds=max(round(seconds / 10), 1) * 10)
    minutes = round(seconds / 60)
    if minutes < 60:
        return phrase("{minutes:,} min", minutes=minutes)
    hours, minutes = divmod(round(minutes / 10) * 10, 60)
    if hours < 48:
        both = phrase("{hours:,} h {minutes:,} min", hours=hours, minutes=minutes)
        return both if minutes else phrase("{hours:,} h", hours=hours)
    return plural("{n:,} day", "{n:,} days", n=round(hours / 24))
