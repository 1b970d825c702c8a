"""What the settings dialog says, as functions of the settings and of what was found; no Qt."""

from tray_app.core.account import AccountView
from tray_app.core.inspection import By, Inspection
from tray_app.core.quantities import size
from tray_app.core.setting_specs import Group, Spec
from tray_app.core.settings import SPECS
from tray_app.ui import words

MOST_SHOWN = 8

_CHOICES = {
    ("albumMode", "off"): "No album",
    ("albumMode", "folder"): "An album named like the folder",
    ("albumMode", "single"): "One album for all",
    ("uploadConcurrency", "auto"): "Automatic",
    ("uploadErrorNotificationGracePeriod", "never"): "Never",
}
_ZEROS = {
    "uploadBandwidthLimit": "No limit",
    "staleBackupDays": "Never",
    "uploadErrorNotificationGracePeriod": "0 (at once)",
    "backupTriggerDelay": "None",
    "backupMinBatteryPercent": "None",
}
_UNITS = {"percent": "%", "KiB per second": "KiB/s"}


def choice_label(spec: Spec, choice: str) -> str:
    """Name a choice for a person."""
    return _CHOICES.get((spec.key, choice), choice)


def zero_words(spec: Spec) -> str:
    """Say what 0 means, `` where it is a number like others."""
    return _ZEROS.get(spec.key, "")


def suffix(spec: Spec) -> str:
    """Return the unit as it stands behind the number."""
    unit = _UNITS.get(spec.unit, spec.unit)
    return f" {unit}" if unit else ""


def default_words(spec: Spec) -> str:
    """Name the default, for the button that goes back to it."""
    value = spec.plain(spec.default)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return (zero_words(spec) if not value else "") or f"{value:,}{suffix(spec)}"
    if isinstance(value, str) and value:
        return choice_label(spec, value)
    return "empty"


def specs_of(group: Group) -> list[Spec]:
    """Return the settings of a page, in their order."""
    return [spec for spec in SPECS if spec.group is group]


def matches(typed: str, *texts: str) -> bool:
    """Tell whether each word that was typed is in what a setting says of itself."""
    text = " ".join(texts).casefold()
    return all(word in text for word in typed.casefold().split())


def spec_matches(typed: str, spec: Spec) -> bool:
    """Tell whether a setting is one that a person looks for."""
    choices = [choice_label(spec, choice) for choice in (*spec.choices, *spec.words)]
    return matches(typed, spec.title, spec.sentence, spec.key, spec.group, spec.unit, *choices)


def amount(found: Inspection) -> str:
    """Say what would be backed up."""
    if found.error:
        return found.error
    counted = f"{words.count(found.photos, 'photo or video', 'photos and videos')}"
    if not found.photos:
        counted = "No photos or videos"
    sized = f", {size(found.size)}" if found.photos else ""
    return f"{counted}{sized}" if found.done else f"{counted}{sized} so far …"


def left_out(found: Inspection, by: By) -> str:
    """Say what a person's rules leave out: how much, and the first of it by name."""
    count = found.count(by)
    if not count:
        return "Matches nothing." if found.done else ""
    named = [one.path for one in found.left_out if one.by is by][:MOST_SHOWN]
    more = f" and {count - len(named):,} more" if count > len(named) else ""
    what = words.count(count, "file or folder", "files and folders")
    return f"Leaves out {what}: {', '.join(map(words.one_line, named))}{more}."


def account_lines(view: AccountView) -> list[str]:
    """Say who is signed in where, as lines."""
    if not view.signed_in:
        return ["You are not signed in to a server."]
    version = f", Immich {view.version}" if view.version else ""
    lines = [view.user, f"{view.server}{version}. Signed in with {view.method}."]
    if view.by:
        lines[-1] += f" Reached by {view.by} now."
    if view.asking:
        lines.append("Asking the server …")
    if view.trouble:
        lines.append(view.trouble)
    if view.missing:
        rights = words.count(len(view.missing), "permission")
        lines.append(
            f"The API key lacks {rights}: {', '.join(view.missing)}."
            " Add to the key in Immich under Account Settings, API Keys."
        )
    return [words.one_line(line) for line in lines]


def storage(view: AccountView) -> tuple[str, int | None]:
    """Say how full the storage is, in words and in percent (None: no limit, or not known)."""
    if view.used is None:
        return "", None
    if view.quota is None:
        return f"{size(view.used)} used, no limit", None
    percent = min(100, view.used * 100 // view.quota) if view.quota else 100
    return f"{size(view.used)} of {size(view.quota)} used", percent


def found_words(count: int) -> str:
    """Say how much a search found."""
    return words.count(count, "setting") if count else "No setting is called so."
