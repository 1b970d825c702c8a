"""Whether a chosen folder can be looked at now."""

import os


def why_unavailable(path: str) -> str:
    """Say why it cannot, and what to do; "" when it can. An empty one counts as unavailable."""
    try:
        with os.scandir(path) as entries:
            empty = next(entries, None) is None
    except FileNotFoundError:
        return "Not there: is its drive connected?"
    except OSError as exc:
        return f"Cannot be read: {exc.strerror}."
    return "Empty: is its drive connected?" if empty else ""
