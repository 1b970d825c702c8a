"""What the settings dialog says, as functions of the settings and of what was found; no widgets."""

from tray_app.core.account import AccountView
from tray_app.core.inspection import By, Inspection
from tray_app.core.quantities import size
from tray_app.core.setting_specs import Group, Spec
from tray_app.core.settings import SPECS
from tray_app.ui import words
from tray_app.ui.language import localised, mark, number, tr, trn

MOST_SHOWN = 8

_CHOICES = {
    ("albumMode", "off"): mark("No album"),
    ("albumMode", "folder"): mark("An album named like the folder"),
    ("albumMode", "single"): mark("One album for all"),
    ("language", "system"): mark("As the system"),
    ("language", "en"): "English",
    ("language", "de"): "Deutsch",
    ("uploadConcurrency", "auto"): mark("Automatic"),
    ("uploadErrorNotificationGracePeriod", "never"): mark("Never"),
}
_ZEROS = {
    "uploadBandwidthLimit": mark("No limit"),
    "staleBackupDays": mark("Never"),
    "uploadErrorNotificationGracePeriod": mark("0 (at once)"),
    "backupTriggerDelay": mark("None"),
    "backupMinBatteryPercent": mark("None"),
}
_UNITS = {"percent": "%", "KiB per second": mark("KiB/s")}


def choice_label(spec: Spec, choice: str) -> str:
    """Name a choice for a person."""
    label = _CHOICES.get((spec.key, choice), "")
    return tr(label) if label else localised(choice)


def zero_words(spec: Spec) -> str:
    """Say what 0 means, `` where it is a number like others."""
    return tr(_ZEROS.get(spec.key, ""))


def suffix(spec: Spec) -> str:
    """Return the unit as it stands behind the number."""
    short = _UNITS.get(spec.unit, "")
    unit = tr(short) if short else localised(spec.unit)
    return f" {unit}" if unit else ""


def default_words(spec: Spec) -> str:
    """Name the default, for the button that goes back to it."""
    value = spec.plain(spec.default)
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int):
        return (zero_words(spec) if not value else "") or f"{number(value)}{suffix(spec)}"
    if isinstance(value, str) and value:
        return choice_label(spec, value)
    return tr("empty")


def refusal(error: str) -> str:
    """Say in a sentence why a value is not in force; `` it is."""
    said = localised(error).replace('""', tr("nothing"))
    return f"{said[:1].upper()}{said[1:]}"


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
    english = (spec.title, spec.sentence, spec.group.value, spec.unit)
    return matches(typed, spec.key, *english, *map(localised, english), *choices)


def amount(found: Inspection) -> str:
    """Say what would be backed up."""
    if found.error:
        return localised(found.error)
    counted = trn("{n:,} photo or video", "{n:,} photos and videos", found.photos)
    if not found.photos:
        counted = tr("No photos or videos")
    else:
        counted = f"{counted}, {localised(size(found.size))}"
    return counted if found.done else tr("{amount} so far …", amount=counted)


def left_out(found: Inspection, by: By) -> str:
    """Say what a person's rules leave out: how much, and the first of it by name."""
    count = found.count(by)
    if not count:
        return tr("Matches nothing.") if found.done else ""
    named = [one.path for one in found.left_out if one.by is by][:MOST_SHOWN]
    names = ", ".join(map(words.one_line, named))
    if count > len(named):
        names = tr("{names} and {more:,} more", names=names, more=count - len(named))
    return trn(
        "Leaves out {n:,} file or folder: {names}.",
        "Leaves out {n:,} files and folders: {names}.",
        count,
        names=names,
    )


def account_lines(view: AccountView) -> list[str]:
    """Say who is signed in where, as lines."""
    if not view.signed_in:
        return [tr("You are not signed in to a server.")]
    server = f"{view.server}, Immich {view.version}" if view.version else view.server
    method = localised(view.method)
    lines = [view.user, tr("{server}. Signed in with {method}.", server=server, method=method)]
    if view.by:
        reached = tr("Reached by {address} now.", address=localised(view.by))
        lines[-1] = f"{lines[-1]} {reached}"
    if view.asking:
        lines.append(tr("Asking the server …"))
    if view.trouble:
        lines.append(localised(view.trouble))
    if view.missing:
        lines.append(
            trn(
                "The API key lacks {n:,} permission: {rights}."
                " Add to the key in Immich under Account Settings, API Keys.",
                "The API key lacks {n:,} permissions: {rights}."
                " Add to the key in Immich under Account Settings, API Keys.",
                len(view.missing),
                rights=", ".join(view.missing),
            )
        )
    return [words.one_line(line) for line in lines]


def storage(view: AccountView) -> tuple[str, int | None]:
    """Say how full the storage is, in words and in percent (None: no limit, or not known)."""
    if view.used is None:
        return "", None
    used = localised(size(view.used))
    if view.quota is None:
        return tr("{used} used, no limit", used=used), None
    percent = min(100, view.used * 100 // view.quota) if view.quota else 100
    return tr("{used} of {quota} used", used=used, quota=localised(size(view.quota))), percent


def found_words(count: int) -> str:
    """Say how much a search found."""
    return (
        trn("{n:,} setting", "{n:,} settings", count) if count else tr("No setting is called so.")
    )
