"""The documents as the tests see them: pages, links, anchors, command lines."""

import importlib.util
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def load(name):
    """Import a script of packaging/, which is no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


cli_docs = load("cli_docs")


def pages():
    """Every document of the project."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "resources" / "README.md"]
    return sorted(found)


def without_code(text):
    text = re.sub(r"(?ms)^```.*?^```$", "", text)
    return re.sub(r"(?m)^ {4,}\S.*$", "", text)


def anchors(text):
    """GitHub's names of the headings: lower case, no punctuation, hyphens for spaces."""
    seen = {}
    names = set()
    for title in re.findall(r"(?m)^#{1,6} (.+)$", without_code(text)):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)
        name = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count = seen[name] = seen.get(name, -1) + 1
        names.add(f"{name}-{count}" if count else name)
    return names


def links(text):
    return re.findall(r"\[[^]]*\]\(([^)\s]+)\)", without_code(text))
