"""Whether a chosen folder can be looked at now."""

import os

from tray_app.core.phrase import phrase


def why_unavailable(path: str) -> str:
    """Say why it cannot, and what to do; "" when it can. An empty one counts as unavailable."""
    try:
        with os.scandir(path) as entries:
            empty = next(entries, None) is None
    except FileNotFoundError:
        return phrase("Not there: is its drive connected?")
    except OSError as exc:
        return phrase("Cannot be read: {error}.", error=exc.strerror)
    return phrase("Empty: is its drive connected?") if empty else ""
