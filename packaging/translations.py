"""Keeps the catalogues of texts in step with the code: `python packaging/translations.py`.

Reads the literals of `tr`, `trn`, `mark`, `phrase` and `plural`, updates the Linguist files in
`resources/translations/`, compiles them, and lists the phrases that plain texts are recognised by.
With `--check` it writes nothing and says what is behind.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
PHRASES = FOLDER / "phrases.json"
_ONE_TEXT = ("tr", "mark", "phrase")
_TWO_TEXTS = ("trn", "plural")
Message = tuple[str, str]
"""The text that names it, and its form for one ("": it has no count)."""


def sources(context: str) -> list[Path]:
    """Return the modules of a catalogue: "ui" the windows, "words" all others."""
    windows = ROOT / "tray_app" / "ui"
    every = sorted((ROOT / "tray_app").rglob("*.py"))
    return [file for file in every if (windows in file.parents) is (context == "ui")]


def extracted(context: str) -> list[Message]:
    """Return the texts of a catalogue, sorted, each once."""
    found = {message for file in sources(context) for message in _messages(file)}
    if context == "words":
        found -= set(extracted("ui"))
    return sorted(found)


def _messages(file: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and node.name == "Group":
            yield from _values(node)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if node.func.id in _ONE_TEXT and texts:
            yield texts[0], ""
        elif node.func.id in _TWO_TEXTS and len(texts) > 1:
            yield texts[1], texts[0]
        elif node.func.id == "setting":  # names that are the same everywhere stand bare
            yield from ((text, "") for text in texts if isinstance(text, str) and text)


def _values(node: ast.ClassDef) -> Iterator[Message]:
    """Names of the pages of the settings: an enumeration's values."""
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            yield line.value.value, ""


def updated(context: str, language: str) -> str:
    """Return the catalogue as it has to be: translations stay, what is new is unfinished."""
    known = translations(context, language)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    holder = ET.SubElement(root, "context")
    ET.SubElement(holder, "name").text = context
    for text, one in extracted(context):
        message = ET.SubElement(holder, "message", {"numerus": "yes"} if one else {})
        ET.SubElement(message, "source").text = text
        said = known.get(text, [])
        if len(said) != (2 if one else 1) or not all(said):
            said = []
        state = {} if said else {"type": "unfinished"}
        translation = ET.SubElement(message, "translation", state)
        if one:
            for form in said or ("", ""):
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = said[0] if said else None
    ET.indent(root, " " * 4)
    body = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def translations(context: str, language: str) -> dict[str, list[str]]:
    """Return each text with its forms in another language, as far as they are there."""
    file = FOLDER / f"{context}_{language}.ts"
    if not file.exists():
        return {}
    found = {}
    for message in ET.parse(file).iter("message"):  # noqa: S314  our own file
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")]
        found[message.findtext("source") or ""] = forms or [translation.text or ""]
    return found


def phrases() -> str:
    """Return the list by which plain texts are recognised."""
    every = sorted({*extracted("ui"), *extracted("words")})
    return json.dumps(every, ensure_ascii=False, indent=0) + "\n"


def compiled(context: str, language: str, target: Path) -> None:
    """Compile a catalogue for Qt."""
    tool = Path(PySide6.__file__).with_name("lrelease")
    source = FOLDER / f"{context}_{language}.ts"
    command = [str(tool), "-silent", str(source), "-qm", str(target)]
    subprocess.run(command, check=True)


def behind() -> list[str]:
    """Name the files that are not as the code has them."""
    wrong = [] if _read(PHRASES) == phrases() else [PHRASES.name]
    for context in ("ui", "words"):
        for language in LANGUAGES:
            name = f"{context}_{language}.ts"
            if _read(FOLDER / name) != updated(context, language):
                wrong.append(name)
    return wrong


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def main() -> int:
    """Update or check."""
    if "--check" in sys.argv:
        wrong = behind()
        print(*(f"{name} is behind: python packaging/translations.py" for name in wrong), sep="\n")
        return bool(wrong)
    FOLDER.mkdir(parents=True, exist_ok=True)
    PHRASES.write_text(phrases(), encoding="utf-8")
    for context in ("ui", "words"):
        for language in LANGUAGES:
            target = FOLDER / f"{context}_{language}.ts"
            target.write_text(updated(context, language), encoding="utf-8")
            compiled(context, language, target.with_suffix(".qm"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
