"""The words of the timeline; no widgets. Dates come in already written by the locale."""

from tray_app.core.asset import shown
from tray_app.core.quantities import size
from tray_app.core.timeline import Cell, Details, Query, Show, State
from tray_app.ui import words
from tray_app.ui.language import localised, mark, tr, trn

STATES = {
    State.LOCAL: mark("Only on this computer"),
    State.SERVER: mark("Only on the server"),
    State.BOTH: mark("On this computer and the server"),
    State.FAILED: mark("Could not be backed up"),
    State.TRASHED: mark("In the server's trash or deleted there"),
}
SHOWS = {
    Show.ALL: mark("Everything"),
    Show.LOCAL: mark("Only on this computer"),
    Show.SERVER: mark("Only on the server"),
    Show.FAILED: mark("Could not be backed up"),
    Show.TRASHED: mark("Trash"),
    Show.FAVOURITES: mark("Favourites"),
    Show.VIDEOS: mark("Videos"),
}
NO_DATE = mark("No date")
LOADING = mark("Looking for your photos…")
SEARCHING = mark("Searching…")
EMPTY = mark(
    "No photos yet. Choose folders to back up, or sign in to your server:"
    " what is there appears here."
)
_EMPTY = {
    Show.LOCAL: mark("Nothing is only on this computer: the server has it all."),
    Show.SERVER: mark("Nothing is only on the server."),
    Show.FAILED: mark("Nothing failed."),
    Show.TRASHED: mark("Nothing of yours is in the server's trash."),
    Show.FAVOURITES: mark("No favourites yet. Mark some in Immich."),
    Show.VIDEOS: mark("No videos yet."),
}


def items(count: int) -> str:
    """Write "1 item", "500,000 items"."""
    return trn("{n:,} item", "{n:,} items", count)


def nothing_found(query: Query) -> str:
    """Say why the timeline is empty."""
    if query.text:
        return tr("No file name contains “{text}”.", text=query.text)
    return tr(_EMPTY.get(query.show, EMPTY))


def length(milliseconds: int) -> str:
    """Write how long a video is: "0:12", "1:02:03"."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def spoken(cell: Cell, date: str) -> str:
    """Say a cell in one line, as a screen reader does."""
    kind = tr("Video") if cell.is_video else tr("Photo")
    parts = [cell.name, kind]
    if cell.is_video and cell.duration_ms:
        parts.append(tr("{length} long", length=length(cell.duration_ms)))
    parts += [date or tr(NO_DATE), tr(STATES[cell.state])]
    return ", ".join([*parts, tr("Favourite")] if cell.favourite else parts)


def tooltip(cell: Cell, date: str) -> str:
    """Say the same over several lines."""
    lines = [words.visible(cell.name), date or tr(NO_DATE), tr(STATES[cell.state])]
    if cell.path:
        lines.append(shown(cell.path))
    return words.no_markup("\n".join(lines))


def summary(details: Details, date: str) -> str:
    """Say what is known of the current item in one line."""
    cell = details.cell
    pixels = f"{details.width} \u00d7 {details.height}" if details.width and details.height else ""
    parts = [
        cell.name,
        date or tr(NO_DATE),
        pixels,
        localised(size(details.size)) if details.size else "",
        details.camera,
        details.place,
        tr("by {owner}", owner=details.owner) if details.owner else "",
        f"{localised(details.reason)} {localised(details.remedy)}".strip()
        or tr(STATES[cell.state]),
    ]
    return "  ·  ".join(part for part in parts if part)


def chosen(count: int) -> str:
    """Say how many are selected."""
    return trn("{n:,} item selected", "{n:,} items selected", count)
