"""The documents as the tests see them: pages, links, anchors, command lines."""

import re
import shlex
from pathlib import Path

from tests.scripts import load

ROOT = Path(__file__).parents[2]
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


def code_lines(text):
    """Lines of code blocks, indented or fenced; of a console block without its prompt."""
    fenced = re.findall(r"(?ms)^```[^\n]*\n(.*?)^```$", text)
    indented = re.findall(r"(?m)^ {4,}(\S.*)$", re.sub(r"(?ms)^```.*?^```$", "", text))
    return [*indented, *(line for block in fenced for line in block.splitlines() if line.strip())]


def inline_code(text):
    return re.findall(r"`([^`\n]+)`", without_code(text))


def words_for_the_program(line):
    """The words after `immich-tray` in a command line, None where it is not started there."""
    line = re.sub(r"\[(--?[^]]+)\]", r"\1", line)
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return None
    starts = [n for n, word in enumerate(words) if re.fullmatch(r"(?:[^=]*/)?immich-tray", word)]
    if not starts:
        return None
    before, found = words[: starts[0]], []
    if before and not all("=" in word or re.fullmatch(r"[\d*]+", word) for word in before):
        return None  # an argument of something else
    for word in words[starts[0] + 1 :]:
        if word in ("|", "<", ">", "&&", ";", "..."):
            break
        if word.endswith(","):  # a list of commands in a sentence
            return [*found, word.rstrip(",")]
        found.append(word.split("|")[0])
    return found
