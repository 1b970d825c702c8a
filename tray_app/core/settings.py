"""All settings: one frozen value, valid or not built, and the table of what each one means.

Dialog, file, command line and documents draw from `SPECS`. Names on disk are camelCase.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from tray_app.core.connection_checks import (
    check_address,
    check_file,
    check_headers,
    check_pins,
    check_proxy,
)
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import join, phrase
from tray_app.core.setting_specs import (
    AlbumMode,
    Folder,
    Group,
    Language,
    Refused,
    Shape,
    Spec,
    check_folders,
    check_hours,
    check_patterns,
    setting,
    spec_of,
)
from tray_app.core.updates import check_url, check_version

AUTO = 0
NEVER = -1


class Problem(NamedTuple):
    """One value that cannot be used, and what can."""

    key: str
    value: object
    allowed: str

    def words(self) -> str:
        """Name key, value and what is allowed."""
        return phrase(
            "{key} = {value} is not allowed: {allowed}.",
            key=self.key,
            value=_shortened(self.value),
            allowed=self.allowed,
        )


class InvalidSettings(NeedsUser):
    """The settings cannot be used; `problems` has all of them, `path` the file where known."""

    def __init__(self, problems: Iterable[Problem], path: str = "") -> None:
        self.problems = tuple(problems)
        self.path = path
        words = join(" ", (problem.words() for problem in self.problems))
        super().__init__(
            phrase("In {path}: {words}", path=path, words=words) if path else words,
            need=Need.SETTINGS,
            remedy=phrase("Correct it and try again."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; raises InvalidSettings with all problems when built with bad values.

    Numbers with a word: `upload_concurrency` `AUTO` (0), grace period `NEVER` (-1).
    """

    server_url: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Server"),
        phrase("Address of your Immich server as you typed it when signing in."),
        shape=Shape.SHOWN,
    )
    lan_url: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Address in your own network"),
        phrase(
            "A second address of the same server, used where it answers as you; files too large for"
            " a proxy before the other address wait for it. Prefer https."
        ),
        check=check_address,
        allowed=phrase(
            '"" or an address such as "https://photos.lan" or "http://192.168.1.5:2283"'
        ),
    )
    proxy: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Proxy"),
        phrase(
            "The proxy on the way to the server; empty for that of the system, none for no proxy at"
            " all. A password for it is kept in the keychain."
        ),
        check=check_proxy,
        allowed=phrase('"", "none" or an address such as "http://me@proxy.lan:3128"'),
    )
    trusted_certificates: tuple[str, ...] = setting(
        (),
        Group.ACCOUNT,
        phrase("Trusted certificates"),
        phrase(
            "Certificates you trust by their fingerprint; only this very one is accepted at that"
            " address."
        ),
        check=check_pins,
        allowed=phrase('lines such as "photos.lan:443 AB:CD:..." with a SHA-256 fingerprint'),
        shape=Shape.PINS,
    )
    authority_file: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Own certificate authority"),
        phrase("A PEM file with certificate authorities to trust besides those of the system."),
        check=check_file,
        allowed=phrase('"" or the absolute path of a file'),
        shape=Shape.FILE,
    )
    client_certificate_file: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Client certificate"),
        phrase(
            "A PEM file with the certificate by which a proxy before the server knows this"
            " computer."
        ),
        check=check_file,
        allowed=phrase('"" or the absolute path of a file'),
        shape=Shape.FILE,
    )
    client_key_file: str = setting(
        "",
        Group.ACCOUNT,
        phrase("Key of the client certificate"),
        phrase(
            "A PEM file with its private key; empty where the certificate's file has it. A password"
            " of the key goes into the keychain."
        ),
        check=check_file,
        allowed=phrase('"" or the absolute path of a file'),
        shape=Shape.FILE,
    )
    extra_headers: tuple[str, ...] = setting(
        (),
        Group.ACCOUNT,
        phrase("Extra headers"),
        phrase(
            "Names of headers sent to your server with each request, for a login before it; their"
            " values are kept in the keychain."
        ),
        check=check_headers,
        allowed=phrase('names of headers such as "CF-Access-Client-Id"'),
        shape=Shape.HEADERS,
    )
    background_backup: bool = setting(
        default=False,
        group=Group.WHEN,
        title=phrase("Automatic backup"),
        sentence=phrase("Back up by itself while you do other things."),
    )
    scheduled_backup: bool = setting(
        default=True,
        group=Group.WHEN,
        title=phrase("Also while the app is closed"),
        sentence=phrase(
            "With automatic backup on, let the system start it while the app is closed."
        ),
        needs=("background_backup", True),
    )
    backup_trigger_delay: int = setting(
        30,
        Group.WHEN,
        phrase("Quiet time before a backup"),
        phrase("Time of quiet before an automatic backup starts."),
        unit=phrase("minutes"),
        low=0,
        high=1440,
        needs=("background_backup", True),
    )
    quiet_hours: str = setting(
        "",
        Group.WHEN,
        phrase("Quiet hours"),
        phrase("A time of day without automatic backup."),
        check=check_hours,
        allowed=phrase('"" or two different times such as "22:00-06:00"'),
        shape=Shape.HOURS,
        needs=("background_backup", True),
    )
    backup_require_wifi: bool = setting(
        default=True,
        group=Group.WHEN,
        title=phrase("Not on metered or mobile networks"),
        sentence=phrase("Wait while the network is metered or mobile; Wi-Fi and cable are fine."),
    )
    backup_require_charging: bool = setting(
        default=False,
        group=Group.WHEN,
        title=phrase("Only while plugged in"),
        sentence=phrase("Wait until the computer is plugged in."),
    )
    backup_min_battery_percent: int = setting(
        20,
        Group.WHEN,
        phrase("Lowest battery level"),
        phrase("Wait while the battery is discharging and below this level."),
        unit=phrase("percent"),
        low=0,
        high=100,
        needs=("backup_require_charging", False),
    )
    upload_concurrency: int = setting(
        AUTO,
        Group.UPLOADS,
        phrase("Files at the same time"),
        phrase("How many files are sent at the same time; auto finds what is fastest."),
        unit=phrase("files"),
        low=1,
        high=16,
        words={"auto": AUTO},
    )
    upload_bandwidth_limit: int = setting(
        0,
        Group.UPLOADS,
        phrase("Speed limit"),
        phrase("Highest upload speed; 0 for no limit."),
        unit=phrase("KiB per second"),
        low=0,
        high=10_000_000,
    )
    album_mode: AlbumMode = setting(  # noqa: RUF009  a frozen field declaration
        AlbumMode.OFF,
        Group.FOLDERS,
        phrase("Albums"),
        phrase(
            "Which album uploaded photos go into: none, one named like their folder, or one for"
            " all."
        ),
    )
    album_name: str = setting(
        "",
        Group.FOLDERS,
        phrase("Name of the album"),
        phrase("Name of the one album for all."),
        needs=("album_mode", AlbumMode.SINGLE),
    )
    background_backup_total_progress: bool = setting(
        default=True,
        group=Group.NOTIFICATIONS,
        title=phrase("Progress of the whole backup"),
        sentence=phrase("Show a notification with the progress of the whole backup."),
    )
    background_backup_single_progress: bool = setting(
        default=False,
        group=Group.NOTIFICATIONS,
        title=phrase("Progress of each file"),
        sentence=phrase("Show a notification with the progress of the current file."),
    )
    upload_error_notification_grace_period: int = setting(
        2,
        Group.NOTIFICATIONS,
        phrase("Tell of failing uploads beyond"),
        phrase("Tell of failing uploads only when more than this many fail; 0 at once, or never."),
        unit=phrase("uploads"),
        low=0,
        high=100_000,
        words={"never": NEVER},
    )
    stale_backup_days: int = setting(
        7,
        Group.NOTIFICATIONS,
        phrase("Tell of no backup after"),
        phrase("Tell once when nothing could be backed up for this long; 0 for never."),
        unit=phrase("days"),
        low=0,
        high=365,
    )
    sync_interval: int = setting(
        15,
        Group.SYNC,
        phrase("Ask for changes every"),
        phrase("How often the server is asked for changes."),
        unit=phrase("minutes"),
        low=1,
        high=1440,
    )
    realtime_in_background: bool = setting(
        default=True,
        group=Group.SYNC,
        title=phrase("Keep listening in the background"),
        sentence=phrase(
            "On mains power, keep listening for the server's changes with no window open."
        ),
    )
    update_check: bool = setting(
        default=False,
        group=Group.GENERAL,
        title=phrase("Look for new versions"),
        sentence=phrase(
            "Once a week, look at the address below for a new version; nothing about you is sent."
        ),
    )
    update_check_url: str = setting(
        "",
        Group.GENERAL,
        phrase("Address for new versions"),
        phrase("Where new versions are announced; nothing is asked as long as this is empty."),
        check=check_url,
        allowed=phrase('"" or an address such as "https://example.org/immich-tray.json"'),
        needs=("update_check", True),
    )
    update_muted: str = setting(
        "",
        Group.GENERAL,
        phrase("Version not to be told of"),
        phrase("Of this one version you are not told; of later ones you are."),
        check=check_version,
        allowed=phrase('"" or a number such as "1.2.3"'),
        needs=("update_check", True),
    )
    language: Language = setting(  # noqa: RUF009  a frozen field declaration
        Language.SYSTEM,
        Group.GENERAL,
        phrase("Language"),
        phrase("What the windows speak; a change is seen at the next start of the program."),
    )
    advanced_troubleshooting: bool = setting(
        default=False,
        group=Group.TROUBLESHOOTING,
        title=phrase("Detailed logs"),
        sentence=phrase("Write detailed logs; secrets are never written."),
    )
    exclude_patterns: tuple[str, ...] = setting(
        (),
        Group.FOLDERS,
        phrase("Leave out everywhere"),
        phrase("Files and folders to leave out everywhere, as lines in gitignore syntax."),
        check=check_patterns,
        allowed=phrase("a list of lines in gitignore syntax"),
        shape=Shape.LINES,
    )
    folders: tuple[Folder, ...] = setting(
        (),
        Group.FOLDERS,
        phrase("Folders to back up"),
        phrase("The folders whose photos and videos are backed up, each with rules of its own."),
        check=check_folders,
        allowed=phrase("tables with an absolute path, enabled = true or false, exclude = [...]"),
        shape=Shape.FOLDERS,
    )

    def __post_init__(self) -> None:
        """Check every value (principle 10: valid, or not built)."""
        _, problems = _checked({spec.key: getattr(self, spec.name) for spec in SPECS})
        if self.album_mode == AlbumMode.SINGLE and not self.album_name:
            problems.append(
                Problem(
                    "albumName", "", phrase("it needs a name while all photos go into one album")
                )
            )
        if problems:
            raise InvalidSettings(problems)

    @property
    def enabled_folders(self) -> tuple[Folder, ...]:
        """The folders that are switched on."""
        return tuple(folder for folder in self.folders if folder.enabled)

    def plain(self) -> dict[str, Any]:
        """Return all values by key as they stand in the file."""
        return {spec.key: spec.plain(getattr(self, spec.name)) for spec in SPECS}


class Loaded(NamedTuple):
    """Valid settings, and sentences about what was not understood."""

    settings: Settings
    warnings: tuple[str, ...]


SPECS: tuple[Spec, ...] = tuple(spec_of(declared) for declared in fields(Settings))
_BY_KEY = {spec.key: spec for spec in SPECS}


def read_settings(data: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Build settings from raw values by key; the strings are warnings about unknown keys.

    Raises InvalidSettings with every problem at once.
    """
    known = {key: raw for key, raw in data.items() if key in _BY_KEY}
    values, problems = _checked(known)
    if problems:
        raise InvalidSettings(problems)
    return Settings(**values), tuple(_unknown(key) for key in data if key not in _BY_KEY)


def find_spec(key: str) -> Spec:
    """Return the setting of this key, in any case; raises InvalidSettings with the nearest."""
    for spec in SPECS:
        if key.lower() in (spec.key.lower(), spec.name):
            return spec
    raise NeedsUser(_unknown(key), need=Need.SETTINGS)


def changed(settings: Settings, key: str, raw: object) -> Settings:
    """Return settings with one raw value changed; raises InvalidSettings, leaves the old be."""
    spec = find_spec(key)
    values, problems = _checked({spec.key: raw})
    if problems:
        raise InvalidSettings(problems)
    return replace(settings, **values)


def _checked(data: Mapping[str, object]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for key, raw in data.items():
        spec = _BY_KEY[key]
        try:
            values[spec.name] = spec.check(raw)
        except Refused as exc:
            allowed = phrase("{why}; it takes {allowed}", why=exc.args[0], allowed=spec.allowed)
            problems.append(Problem(key, raw, allowed))
        except ValueError:
            problems.append(Problem(key, raw, phrase("it takes {allowed}", allowed=spec.allowed)))
    return values, problems


def _unknown(key: str) -> str:
    near = difflib.get_close_matches(key.lower(), [known.lower() for known in _BY_KEY], n=1)
    meant = next((known for known in _BY_KEY if near and known.lower() == near[0]), "")
    unknown = phrase("There is no setting {key}.", key=repr(key))
    return join(" ", (unknown, phrase("Did you mean {meant}?", meant=meant) if meant else ""))


def _shortened(value: object) -> str:
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= 80 else text[:77] + "..."
