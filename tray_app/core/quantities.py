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
