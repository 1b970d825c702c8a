"""Cells of tables that a person opens in a spreadsheet."""

# A spreadsheet takes a cell that begins so for a formula, and a formula can start programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """Make text of what would be a formula: names of files are anybody's."""
    formula = isinstance(cell, str) and cell.startswith(_FORMULA)
    return f"'{cell}" if formula else cell
