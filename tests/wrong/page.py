"""Writes the page from the table: `python -m tests.wrong.page`."""

from pathlib import Path

from tests.wrong.table import ROWS, Row

PAGE = Path(__file__).parents[2] / "docs" / "user" / "when-something-is-wrong.md"
HEAD = """\
# When something is wrong

What Immich Tray says, and what to do next. The words are the same in the tray, in the window and
on the command line; names and numbers are examples. Each line is from a test that brings the
situation about; this page is written by `python -m tests.wrong.page`.

| What is wrong | What you read | What to do |
| --- | --- | --- |
"""
EXAMPLES = {
    "host": "photos.example.org",
    "port": 2283,
    "url": "https://photos.example.org/api",
    "folder": "/home/ada/Pictures",
    "file": "/home/ada/Pictures/beach.jpg",
    "home": "/home/ada/tray",
    "settings": "/home/ada/.config/immich-tray/settings.toml",
    "copy": "backup.db.damaged-20260312T143000Z",
}
NOTHING = "Nothing: it goes on by itself."


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(map(_line, ROWS))


def _line(row: Row) -> str:
    said = (row.words.format(**EXAMPLES), row.remedy.format(**EXAMPLES) or NOTHING)
    cells = (row.situation, *said)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
