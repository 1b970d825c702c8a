"""The words of the timeline; no Qt. Dates come in already written by the locale."""

from tray_app.core.asset import shown
from tray_app.core.quantities import size
from tray_app.core.timeline import Cell, Details, Query, Show, State
from tray_app.ui import words

STATES = {
    State.LOCAL: "Only on this computer",
    State.SERVER: "Only on the server",
    State.BOTH: "On this computer and the server",
    State.FAILED: "Could not be backed up",
    State.TRASHED: "In the server's trash or deleted there",
}
SHOWS = {
    Show.ALL: "Everything",
    Show.LOCAL: "Only on this computer",
    Show.SERVER: "Only on the server",
    Show.FAILED: "Could not be backed up",
    Show.TRASHED: "Trash",
    Show.FAVOURITES: "Favourites",
    Show.VIDEOS: "Videos",
}
NO_DATE = "No date"
LOADING = "Looking for your photos…"
SEARCHING = "Searching…"
EMPTY = (
    "No photos yet. Choose folders to back up, or sign in to your server:"
    " what is there appears here."
)
_EMPTY = {
    Show.LOCAL: "Nothing is only on this computer: the server has it all.",
    Show.SERVER: "Nothing is only on the server.",
    Show.FAILED: "Nothing failed.",
    Show.TRASHED: "Nothing of yours is in the server's trash.",
    Show.FAVOURITES: "No favourites yet. Mark some in Immich.",
    Show.VIDEOS: "No videos yet.",
}


def items(count: int) -> str:
    """Write "1 item", "500,000 items"."""
    return "1 item" if count == 1 else f"{count:,} items"


def nothing_found(query: Query) -> str:
    """Say why the timeline is empty."""
    if query.text:
        return f"No file name contains “{query.text}”."
    return _EMPTY.get(query.show, EMPTY)


def length(milliseconds: int) -> str:
    """Write how long a video is: "0:12", "1:02:03"."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def spoken(cell: Cell, date: str) -> str:
    """Say a cell in one line, as a screen reader does."""
    kind = "Video" if cell.is_video else "Photo"
    lasting = f", {length(cell.duration_ms)} long" if cell.is_video and cell.duration_ms else ""
    parts = [cell.name, f"{kind}{lasting}", date or NO_DATE, STATES[cell.state]]
    return ", ".join([*parts, "Favourite"] if cell.favourite else parts)


def tooltip(cell: Cell, date: str) -> str:
    """Say the same over several lines."""
    lines = [words.visible(cell.name), date or NO_DATE, STATES[cell.state]]
    if cell.path:
        lines.append(shown(cell.path))
    return words.no_markup("\n".join(lines))


def summary(details: Details, date: str) -> str:
    """Say what is known of the current item in one line."""
    cell = details.cell
    pixels = f"{details.width} \u00d7 {details.height}" if details.width and details.height else ""
    parts = [
        cell.name,
        date or NO_DATE,
        pixels,
        size(details.size) if details.size else "",
        details.camera,
        details.place,
        f"by {details.owner}" if details.owner else "",
        f"{details.reason} {details.remedy}".strip() or STATES[cell.state],
    ]
    return "  ·  ".join(part for part in parts if part)


def chosen(count: int) -> str:
    """Say how many are selected."""
    return f"{items(count)} selected"
