"""No literal of the windows is shown without `tr`, `trn` or `mark`: the made-up language shows
what is on the screen, this finds what comes only in rare moments."""

import ast
import re
from pathlib import Path

import pytest

WINDOWS = Path(__file__).parents[2] / "tray_app" / "ui"
MADE = {"tr", "trn", "mark"}
LOG = re.compile(r"(^|\.)_?log(ger)?\.\w+$")
SILENT = re.compile(  # what takes names for the program, not for a person
    r"setObjectName|QKeySequence|resource|ask_text_name|getLogger|casefold|replace|environ.get"
)
WORDS = re.compile(r"[A-Za-z]{2,}")
LOOKS_SAID = re.compile(r"^[&A-Z]|[A-Za-z]{2,}[.,:]? .*[A-Za-z]{2}|[a-z]…|&[a-z]")
ALLOWED = {
    "Immich Tray": "our name",
    "English": "a language's own name",
    "Deutsch": "a language's own name",
    "HH:mm": "a format",
    "KiB per second": "a unit as the settings have it; the window has a shorter one",
    " is missing from the installation of Immich Tray.": "an error before there are catalogues",
    **dict.fromkeys(
        ("An", "It", "No", "Something", "The", "There", "This", "You", "Your"),
        "English words that are small after a colon",
    ),
}
NAMES = re.compile(r"[A-Z]+_[A-Z_]+|Ctrl\+.*|Esc|F\d+")  # variables and keys


def bare(source: str) -> list[str]:
    """Return the literals that look like something said, and are not translated."""
    tree = ast.parse(source)
    spared = _spared(tree)
    found = [
        (getattr(node, "lineno", 0), _text(node))
        for node in ast.walk(tree)
        if id(node) not in spared
    ]
    return [f"{line}: {text}" for line, text in found if _is_said(text)]


def _spared(tree: ast.AST) -> set[int]:
    """Return what nobody reads: documentation, logs, names within the program."""
    spared: set[int] = set()
    for node in ast.walk(tree):
        under: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            under = [node.value]
        elif isinstance(node, ast.JoinedStr):
            under = [*node.values]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            name = called.rpartition(".")[2]
            if name in MADE or LOG.search(called) or SILENT.search(called):
                under = [*node.args]
        spared.update(id(it) for one in under for it in ast.walk(one))
    return spared


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return " ".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_said(text: str) -> bool:
    looks = WORDS.search(text) and LOOKS_SAID.search(text)
    return bool(looks) and text not in ALLOWED and not NAMES.fullmatch(text)


@pytest.mark.parametrize("file", sorted(WINDOWS.glob("*.py")), ids=lambda file: file.stem)
def test_every_text_is_translated(file):
    assert bare(file.read_text(encoding="utf-8")) == []


def test_bare_texts_are_seen():
    assert bare("QPushButton('Reset')") == ["1: Reset"]
    assert bare("label.setText(f'{n} files left')") == ["1:  files left"]
    assert bare("key.complain('' if text else 'Type or paste the key.')")
    assert bare("tr('Reset')\nx.setObjectName('Main')\n'Doc'") == []
