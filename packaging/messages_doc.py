"""Writes docs/user/messages.md from the messages in the code: `python packaging/messages_doc.py`.

A message is a literal sentence in a call of `phrase` or `plural`, or in a finding of `doctor` or an
objection of the command line. Its remedy is what stands beside it in the same call; where nothing
does, the kind of the error says what to do, and else the topic.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "user" / "messages.md"
_PACKAGES = ("core", "engine", "adapters", "app", "desktop", "cli")
# Titles and sentences of settings stand in settings.md; labels and measures are no messages.
_NO_MESSAGES = ("core/settings.py", "core/exclusion.py", "core/quantities.py", "core/phrase.py")
_LATER = "Nothing: it is tried again by itself. If it stays, see the log: `immich-tray logs`."
_FILE = (
    "The file is tried again later; Retry on the page Failed, or `immich-tray failed --retry-all`."
)
_ADVICE = {
    **dict.fromkeys(
        ("TryLater", "GaveUp", "StreamSilent", "StreamCut", "StreamStalled", "CaptivePortal"),
        _LATER,
    ),
    **dict.fromkeys(
        ("AssetRejected", "TooLarge", "Unreadable", "Vanished", "ChangedWhileReading"), _FILE
    ),
    "NeedsUser": "Type `immich-tray doctor`: it checks one by one and says what to do.",
    "UsageError": "Type it as the message says; `--help` after the command tells all.",
}
_SELF = "It says what to do itself."
_WELL = "Nothing: all is well."
# Where neither the code beside a message nor its topic says what is right to do.
_OF_ITS_OWN = {
    "The battery is at ": "Plug in the charger, or lower `backupMinBatteryPercent`.",
    "The computer runs on battery.": "Plug in the charger, or turn `backupRequireCharging` off.",
    "The power saver is on.": "Plug in the charger, or turn the power saver off.",
    "This computer is offline": "Connect to a network; it goes on by itself.",
    "What changed on the server": "Back up now begins at once. [Why](deletions.md).",
    "The server's library is being read": "Back up now begins at once.",
    "You paused the backup": "Resume, or `immich-tray resume`.",
    "It is quiet hours": "Back up now begins at once; `quietHours` changes them.",
    "{network} is ": 'Use another network, or choose "Upload anyway on this network".',
    "{network} wants you to log in": "Open a web page and log in; it goes on by itself.",
    "It was backed up and is gone": "[Decide](deletions.md#gone-without-having-been-deleted).",
    "It was deleted on the server.": "`immich-tray upload-again` has it sent again.",
    "It is in the server's trash.": "`immich-tray upload-again` takes it out of there.",
    "Its bytes are not those": "Check the disk; the server has the bytes that were there before.",
    "The backup stopped; it needs": "The line after it says what to do.",
    "The backup waits": "The reason and what to do stand beside it.",
    "{path} does not exist": "Check the path for typing errors.",
    "{n} files could not be backed up": "`immich-tray failed` names each with its reason.",
    "{n} files in the server's trash, not": "`immich-tray upload-again` takes them out of there.",
    "{n} files in the server's trash could": _SELF,
    "{n} XMP": "Nothing: your photo is safe. To have it sent, change it on the server.",
    "Change its permissions, or": _SELF,
    "The folder could not be read": "Change its permissions, or exclude it.",
    "The folder is not available": "Connect its drive. [Drives and NAS](drives-and-nas.md).",
    "Empty: is its drive": "Connect its drive. [Drives and NAS](drives-and-nas.md).",
    "Empty; is its drive": "Connect its drive. [Drives and NAS](drives-and-nas.md).",
    "Not there: is its drive": "Connect its drive. [Drives and NAS](drives-and-nas.md).",
    "Cannot be read: ": "Make it readable for you, or take it off the list.",
    "Ask the server's administrator.": _SELF,
    "Choose at least one folder.": _SELF,
    "Immich Tray does not wait": "Start the sign-in again if you still need it.",
    "Immich Tray goes on with": _WELL,
    "It belongs to another sign-in": _SELF,
    "Something unexpected happened.": _SELF,
    "The server could not be told": _SELF,
    "There is no account for you": "Ask the server's administrator for one.",
    "There is no other address": "Type the address of your server.",
    "This address ": _SELF,
    "This desktop does not start": "Add `immich-tray --hidden` to what your desktop starts.",
    "This is not the address": "Copy the address of the page that the browser came to in the end.",
    "You can close this tab.": _WELL,
    "{host} does not accept {what}": "Check for typing errors, or ask its administrator.",
    "{host} has signing in": "Sign in another way, or ask its administrator.",
    "{named} is not there now": _SELF,
    "A web page answered": "Open a web page to sign in to the network, or check the address.",
    "Compare its fingerprint": _SELF,
    "Correct the server's": _SELF,
    "Open a web page": _SELF,
    "Renew the server's": _SELF,
    "Use the name in": _SELF,
    "Something other than Immich": "Open a web page to sign in to the network; it goes on then.",
    "The address cannot be used": "Type it like https://photos.example.org.",
    "The connection to {hostname} is not encrypted": _SELF,
    "The secure connection to": "It says why; `immich-tray doctor` says what to do about it.",
    "The server answered {status}": "Retry; if it stays, the server's log tells why.",
    "The server is in maintenance": "Nothing: it goes on when that is over.",
    "The server runs Immich {version}, newer": "Nothing, if it works; look for an update.",
    "{host} runs Immich {version}, newer": "Nothing, if it works; look for an update.",
    "{host} lets in only": "Choose the certificate in `clientCertificateFile`.",
    "{host} probably lets in only": "Choose the certificate in `clientCertificateFile`.",
    "Not saved: the settings": "Correct the file as it says, or move it away.",
    "The demo leaves": "Nothing: it is the demo.",
    "{address} does not speak https": "Use an https address, or no certificate.",
    "{name} was damaged": "Check the disk. Files are read again; nothing is sent twice.",
    "{name} was connected": _SELF,
    "Add a system tray": _SELF,
    "GNOME shows tray": _SELF,
    "This desktop shows no tray icons": _SELF,
    "It does not start at login": "Nothing, or `immich-tray autostart on`.",
    "It starts at login": _WELL,
    "No backup is scheduled": "Nothing, or set `backgroundBackup` and `scheduledBackup`.",
    "Every hour while": _WELL,
    "It is switched off": "Nothing, or `immich-tray autostart on`.",
    "See the logs.": "`immich-tray logs`, or the page Log.",
    "Version {version}": "Get it, or mute it. [New versions](versions.md).",
    "{...}; PySide6 is not": "Install it, or use the commands that need no window.",
    "{...}, Qt; this desktop": "[Questions](faq.md#my-desktop-has-no-tray).",
    "Immich Tray runs and does": "`immich-tray quit`, then start it again.",
    "Immich Tray has ended.": "Start it again.",
}
_ERRORS = (*_ADVICE, "TrayError", "Reason", "Hold", "Finding", "Trouble", "Failure")


class Topic(NamedTuple):
    """A heading, what to do where a message does not say it, and the files it is made of."""

    title: str
    advice: str
    places: tuple[str, ...]


TOPICS = (
    Topic(
        "Why a backup waits",
        "Nothing: it goes on by itself. [Network and power](network-and-power.md).",
        ("core/conditions", "core/pauses", "core/sync/guard", "engine/upload_guard"),
    ),
    Topic(
        "What came of a backup or a check",
        "Nothing, unless files are named as failed, gone or missing: `immich-tray failed`,"
        " [what was deleted](deletions.md).",
        (
            "core/run_words",
            "core/verify",
            "engine/verify",
            "engine/work",
            "app/backup",
            "core/changes",
            "core/toasts",
            "core/pace",
            "cli/runner",
        ),
    ),
    Topic(
        "A file that was not backed up",
        _FILE,
        ("adapters/files/", "core/asset", "engine/run/", "core/listing", "adapters/media_probe"),
    ),
    Topic(
        "Signing in",
        "Sign in again: `immich-tray login URL`, or in the window.",
        (
            "core/account",
            "core/oauth",
            "adapters/immich/auth",
            "adapters/immich/oauth",
            "adapters/loopback",
            "engine/session",
            "engine/browser_sign_in",
            "core/permissions",
            "adapters/account_file",
            "adapters/keyring",
            "engine/onboarding",
            "cli/login",
            "app/browser_sign_in",
            "cli/browser",
            "adapters/scheme",
            "app/onboarding",
        ),
    ),
    Topic(
        "The way to the server",
        _LATER,
        (
            "adapters/immich/errors",
            "adapters/immich/discovery",
            "adapters/immich/tls",
            "adapters/immich/http",
            "adapters/immich/blocks",
            "adapters/immich/whole",
            "core/url",
            "adapters/immich/client",
            "adapters/immich/routing",
            "adapters/immich/certificate",
            "engine/connect",
            "core/way",
            "app/trust",
            "core/pins",
            "adapters/immich/wire",
            "adapters/immich/multipart",
            "adapters/immich/resources",
        ),
    ),
    Topic(
        "The copy of the server's library",
        _LATER,
        (
            "core/sync",
            "engine/etag/",
            "engine/sync",
            "adapters/immich/stream",
            "core/realtime",
            "adapters/immich/realtime",
            "engine/realtime",
            "adapters/sqlite/mirror",
            "app/sync",
            "adapters/immich/packets",
            "core/timeline",
            "app/timeline",
            "app/thumbnails",
        ),
    ),
    Topic(
        "Settings, and files of the program",
        "Correct what is named; the last good values stay in force.",
        (
            "adapters/settings_file",
            "core/setting_specs",
            "core/connection_checks",
            "cli/settings",
            "engine/preferences",
            "app/settings_window",
            "adapters/sqlite/",
            "adapters/locations",
            "adapters/private_file",
            "adapters/export_file",
            "adapters/told",
            "adapters/log",
            "adapters/channel",
            "core/channel",
            "app/language",
            "core/csv",
            "app/window",
        ),
    ),
    Topic(
        "Watching folders, cards",
        "Nothing: until then it looks once a minute. [Drives and NAS](drives-and-nas.md).",
        ("adapters/watch", "engine/watch", "app/cards", "app/watching", "core/cards"),
    ),
    Topic(
        "The desktop: tray, start at login, scheduled backup",
        "Nothing has to be done: it says how things stand. `immich-tray doctor` checks it.",
        (
            "desktop/",
            "app/system_job",
            "app/autostart",
            "core/tray_advice",
            "core/system_job",
            "app/tray",
            "cli/tray",
            "cli/autostart",
        ),
    ),
    Topic(
        "New versions",
        "Nothing: it is asked again after a day. [New versions](versions.md).",
        ("core/updates", "adapters/updates", "engine/updates", "app/updates"),
    ),
    Topic(
        "Findings of `immich-tray doctor`",
        "Nothing, unless PROBLEM stands before it; then what follows the arrow.",
        ("cli/checks", "cli/doctor", "cli/server_checks"),
    ),
    Topic(
        "Other words of the command line",
        _ADVICE["UsageError"],
        ("cli/",),
    ),
)
NOTIFICATIONS = {
    "Backup Progress": "The whole run; buttons Pause for 1 hour and Show. Switch:"
    " `backgroundBackupTotalProgress`.",
    "Current file": "The file that is being sent. Switch: `backgroundBackupSingleProgress`.",
    "Backup finished": "One summary of a run that sent something. Nothing to do.",
    "Backup has errors": "More files fail than `uploadErrorNotificationGracePeriod` allows. Press"
    " Why?, or type `immich-tray failed`; Retry tries them again.",
    "Backup needs you": "Only you can go on; the message says what to do. Press Why? for the rest.",
    "Backup is out of date": "Nothing could be backed up for `staleBackupDays`. The reason follows;"
    " `immich-tray status` has it, too.",
    "has photos": "A card with photos was connected. Back up this card adds its folder.",
    "Photos are gone from the server": "Gone without having been deleted: [you"
    " decide](deletions.md#gone-without-having-been-deleted).",
}
_HEAD = """\
# Every message, and what to do

Written by `packaging/messages_doc.py` from the code. What stands in {these} is filled in: a file, a
server, a number. Look for a few words of your message with your browser's or editor's search.

## Notifications

| Title | What it means, and what to do |
| --- | --- |
"""


class Message(NamedTuple):
    """One sentence: its place, how it is written, what to do, and whether it is a remedy itself."""

    place: str
    text: str
    advice: str
    is_remedy: bool = False


def messages() -> Iterator[Message]:
    """Read every message of the program out of its code."""
    for package in _PACKAGES:
        for path in sorted((ROOT / "tray_app" / package).rglob("*.py")):
            place = path.relative_to(ROOT / "tray_app").as_posix()
            if place not in _NO_MESSAGES:
                yield from _Reader(place, ast.parse(path.read_text(encoding="utf-8"))).messages()


class _Reader:
    """Finds the sentences of one module and what stands beside them."""

    def __init__(self, place: str, tree: ast.Module) -> None:
        self._place = place
        self._tree = tree
        self._constants: Mapping[str, ast.expr] = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def messages(self) -> Iterator[Message]:
        advice: dict[str, str] = {}
        remedies: set[str] = set()
        found: list[str] = []
        for call in (node for node in ast.walk(self._tree) if isinstance(node, ast.Call)):
            name = _name(call)
            if name in ("phrase", "plural"):
                found += self._texts(call)
            if name not in _ERRORS or not call.args:
                continue
            said, remedy = _parts(call, name)
            there = self._texts(remedy) if remedy is not None else []
            if name in ("Finding", "UsageError") or self._place.startswith("cli/"):
                found += self._texts(said)
            remedies.update(there)
            words = " ".join(there) or _ADVICE.get(name, "")
            advice.update({text: words for text in self._texts(said) if words})
        for text in dict.fromkeys(found):
            yield Message(self._place, text, advice.get(text, ""), text in remedies)

    def _texts(self, node: ast.AST | None) -> list[str]:
        """Return the sentences of an expression, also of a constant of the module in it."""
        if node is None:
            return []
        if isinstance(node, ast.Call) and _name(node) in ("phrase", "plural"):
            many = node.args[-1:] if _name(node) == "plural" else node.args[:1]
            return [_shown(arg) for arg in many if isinstance(arg, ast.Constant | ast.JoinedStr)]
        if isinstance(node, ast.Constant | ast.JoinedStr):
            text = _shown(node) if self._place.startswith("cli/") else ""
            return [text] if text else []
        if isinstance(node, ast.Name):
            return self._texts(self._constants.get(node.id))
        return [text for child in ast.iter_child_nodes(node) for text in self._texts(child)]


def _name(call: ast.Call) -> str:
    func = call.func
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _parts(call: ast.Call, name: str) -> tuple[ast.expr, ast.expr | None]:
    """Return what is said and what to do of an error, a reason or a finding."""
    keyword = next((one.value for one in call.keywords if one.arg == "remedy"), None)
    at = {"Reason": 1, "Failure": 1, "Finding": 2}.get(name, 0)
    said = call.args[min(at, len(call.args) - 1)]
    after = call.args[at + 1] if at and len(call.args) > at + 1 else None
    return said, keyword or after


def _shown(node: ast.Constant | ast.JoinedStr) -> str:
    """Write a template as a person may meet it: {name} where something is filled in."""
    if isinstance(node, ast.Constant):
        text = node.value if isinstance(node.value, str) else ""
    else:
        text = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{...}" for part in node.values
        )
    return re.sub(r"\{([\w.]+)(?::[^{}]*)?\}", r"{\1}", " ".join(text.split()))


def is_sentence(text: str) -> bool:
    """Tell a message from a part of one."""
    return text[-1:] in ".?!" and " " in text


def topic_of(place: str) -> Topic:
    """Return the first topic whose places begin so; raises LookupError: add it to one."""
    for topic in TOPICS:
        if place.removesuffix(".py").startswith(topic.places):
            return topic
    raise LookupError(f"{place}: name it in a topic of packaging/messages_doc.py")


def _own(text: str) -> str:
    return next((words for start, words in _OF_ITS_OWN.items() if text.startswith(start)), "")


def page() -> str:
    """Return the whole page."""
    rows: dict[str, dict[str, str]] = {topic.title: {} for topic in TOPICS}
    for message in messages():
        if is_sentence(message.text) and not message.is_remedy:
            topic = topic_of(message.place)
            of_topic = rows[topic.title]
            own = _own(message.text)
            of_topic[message.text] = own or message.advice or topic.advice
    told = "".join(f"| {title} | {words} |\n" for title, words in NOTIFICATIONS.items())
    return _HEAD + told + "".join(_section(topic, rows[topic.title]) for topic in TOPICS)


def _section(topic: Topic, rows: Mapping[str, str]) -> str:
    if not rows:
        return ""
    lines = [f"| {_cell(text)} | {_cell(words)} |\n" for text, words in sorted(rows.items())]
    head = "| Message | What to do |\n| --- | --- |\n"
    return f"\n## {topic.title}\n\n{head}{''.join(lines)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written", file=sys.stderr)
