"""Numbers as a person reads them."""


def files(count: int) -> str:
    """Write "1 file", "2,000 files"."""
    return "1 file" if count == 1 else f"{count:,} files"


def size(count: float) -> str:
    """Write a number of bytes in the largest fitting decimal unit: "999 bytes", "2.4 kB"."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count:.0f} bytes"
    for unit in ("kB", "MB"):
        count /= 1000
        if count < 1000:
            return f"{count:.1f} {unit}"
    return f"{count / 1000:,.1f} GB"


def duration(seconds: float) -> str:
    """Write a time roughly, as one says an estimate: "50 s", "3 min", "2 h 10 min", "3 days"."""
    if seconds < 55:
        return f"{max(round(seconds / 10), 1) * 10} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(round(minutes / 10) * 10, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{round(hours / 24)} days"
