"""No text that a person may see is made without `phrase` or `plural`, outside the windows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "tray_app"
LAYERS = ("core", "engine", "adapters", "app", "desktop", "ports")
MADE = {"phrase", "plural", "tr", "trn", "mark"}
SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE|WITH|DROP|BEGIN|FROM|AND|OR|ORDER|JOIN|WHERE)\b"
)
LOGS = re.compile(r"(^|\.)_?log(ger)?\.(debug|info|warning|error|exception|critical|log)$")
FIELDS = {  # parameters that take what a person reads
    *("reason", "remedy", "words", "title", "content", "sentence", "unit", "allowed"),
    *("unavailable", "trouble", "note", "label"),
}
RAISED = {  # the first word of these is their reason
    *("TrayError", "TryLater", "NeedsUser", "AssetRejected", "TooLarge", "Unreadable", "Vanished"),
    *("ChangedWhileReading", "CaptivePortal", "StreamSilent", "StreamCut", "StreamStalled"),
    *("Refused", "NoJob", "NotTaken", "Trouble", "Reason", "Problem"),
}
SECOND = {"JobState": 1, "Reason": 1, "Problem": 1}  # words that are not the first argument
ALLOWED_FILES = {  # files whose texts are for machines, logs, the command line or files
    "core/channel.py": "the socket's protocol, met by programs",
    "core/phrase.py": "an error of the program itself",
    "core/failure_csv.py": "a file for spreadsheets, the same in every language",
    "core/media_types.py": "names of file types",
    "core/sync/entities.py": "the server's names",
    "adapters/channel/client.py": "said by the command line",
    "adapters/channel/conversation.py": "said to other processes",
    "adapters/channel/pipe.py": "said by the command line",
    "adapters/sqlite/": "SQL, and names of columns and facts",
    "adapters/immich/multipart.py": "HTTP",
    "app/bundle.py": "for those who help, in English",
    "app/channel.py": "said to other processes",
    "app/demo.py": "said by the command line",
    "desktop/autostart/entry.py": "a desktop entry; a wording of its own language is another line",
    "desktop/linux/url_scheme.py": "a desktop entry that no menu shows",
    "desktop/system_job/units.py": "systemd's files, in English",
    "desktop/system_job/task_scheduler.py": "XML for the Task Scheduler",
}
ALLOWED_TEXTS = {  # one place each
    "--email E": "options of the command line",
    "System Volume Information/": "a folder of Windows",
    "Quota has been exceeded!": "the server's words",
    "OAuth is not enabled": "the server's words",
    "auto registering is disabled": "the server's words",
    "Name or service not known": "a library's words",
    "record layer": "a library's words",
    "not the certificate that is trusted here": "an error of ours within TLS; `_tls_error` says it",
    "too deeply nested": "a detail of an answer, like those of the decoder",
    "an id is no UUID": "likewise",
    "the columns of a month differ in length": "likewise",
    "Back photos up while you do other things.": "given to the portal before Qt speaks",
    "A photo is being uploaded": "given to logind, which shows it to administrators",
    "Immich Tray": "our name",
    "Desktop Entry": "a word of the format",
    "Only a sign-in is waited for here.": "said to other processes",
    "upload anyway": "names of tasks, commands and reasons for the log",
    "upload again": "likewise",
    "sync service": "likewise",
    "listening service": "likewise",
    "backup run": "likewise",
    "change feed": "likewise",
    "network for pictures": "likewise",
    "sleep and wake": "likewise",
    "may we notify?": "likewise",
    "not hashed yet": "of an assertion: a bug, loud and English",
    "start() comes first": "likewise",
    "confirmed without an id": "likewise",
    "the last way has no next one": "likewise",
    "one of three mornings is over three hours away": "likewise",
    "paths are absolute file: URIs of this computer": "the socket's protocol",
}
ALLOWED_STARTS = (  # of texts with values
    "Bearer ",
    "Immich Tray on ",  # the name of this computer for the server, which keeps it
    "gateway ",  # identifies a network
    "SignIn(url=",
    "Way(near=",
    "# ",  # comments of the settings file
    "\n# ",
    "Takes ",
    "<!doctype html>",
    "<html>",
    "Content-Type: ",
    "HTTP/1.1 ",
    "%(asctime)s",
    'exec "$0"',
    "/timeline/bucket?",
    "progress ",  # a bug of ours
)


def _modules() -> list[str]:
    every = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))
    return sorted(
        name
        for name in every
        if name.startswith(LAYERS) and not name.startswith(tuple(ALLOWED_FILES))
    )


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _text(node: ast.AST) -> str | None:
    """Return the words of a literal, with nothing in place of its values."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return "".join(map(str, parts))
    return None


def _not_said(tree: ast.AST) -> set[int]:
    """Return the literals that nobody reads: documentation, logs, types, regular expressions."""
    spared = set()
    for node in ast.walk(tree):
        under: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            under = [node.value]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if LOGS.search(called) or called.startswith("re.") or _name(node.func) in MADE:
                under = [*node.args, *node.keywords]
            elif _name(node.func) in {"cast", "AssertionError", "ValueError", "RuntimeError"}:
                under = [*node.args[:1]]
        elif isinstance(node, ast.AnnAssign):
            under = [node.annotation]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            every = (*node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg)
            under = [it.annotation for it in every if it and it.annotation]
            under += [node.returns] if node.returns else []
        elif isinstance(node, ast.JoinedStr):
            spared.update(id(it) for part in node.values for it in ast.walk(part))
        spared.update(id(it) for one in under for it in ast.walk(one))
    return spared


def _sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find what looks like words: two of them at least, and no SQL."""
    spared = _not_said(tree)
    for node in ast.walk(tree):
        if id(node) in spared or (text := _text(node)) is None:
            continue
        if re.search(r"[A-Za-z]{2,}[.,:]? .*[A-Za-z]{2}", text) and not SQL.match(text):
            if re.fullmatch(r"(Callable|Coroutine|AsyncGenerator|tuple|list|asyncio)\b.*", text):
                continue  # a type in quotes
            yield node.lineno, text


def _in_places(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find bare words, also single ones, where only what a person reads stands."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        given = [it.value for it in node.keywords if it.arg in FIELDS]
        name = _name(node.func)
        given += node.args[:1] if name in RAISED - SECOND.keys() else []
        given += node.args[SECOND[name] : SECOND[name] + 2] if name in SECOND else []
        for one in given:
            for leaf in (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,):
                text = _text(leaf)
                if text and re.search("[A-Za-z]{2}", text):
                    yield leaf.lineno, text


def _allowed(text: str) -> bool:
    return text in ALLOWED_TEXTS or text.startswith(ALLOWED_STARTS)


@pytest.mark.parametrize("module", _modules())
def test_every_text_is_a_phrase(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    found = [*_sentences(tree), *_in_places(tree)]
    bare = [f"{module}:{line}: {text}" for line, text in found if not _allowed(text)]
    assert not bare, "make it with phrase(...) of tray_app/core/phrase.py"


def test_bare_texts_are_seen() -> None:
    tree = ast.parse(
        "raise NeedsUser(f'{path} went away.', need=1, remedy='Wait')\n"
        "JobState(JobStatus.ABSENT, 'Gone')\nx = {'a': 'See the logs.'}\nlog.info('All is well')\n"
        "y = phrase('All is well.')\n"
    )
    assert {text for _, text in (*_sentences(tree), *_in_places(tree))} == {
        *("{} went away.", "Wait", "Gone", "See the logs."),
    }


def test_what_is_allowed_is_there() -> None:
    every = "".join((path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py"))
    assert [text for text in ALLOWED_TEXTS if text not in every] == []
    assert [name for name in ALLOWED_FILES if not (ROOT / name).exists()] == []
