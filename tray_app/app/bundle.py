"""The support bundle: what helps to find a fault, in one zip that a person can hand on."""

import io
import os
import platform
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from tray_app import __version__
from tray_app.adapters.account_file import AccountFile
from tray_app.adapters.export_file import write_export
from tray_app.adapters.keyring_secrets import KeyringSecrets
from tray_app.adapters.locations import Locations
from tray_app.adapters.logs import hidden_values, log_files
from tray_app.core.errors import TrayError
from tray_app.core.redact import redacted

Report = Callable[[Locations], str]

_SECRETS = ("IMMICH_API_KEY", "IMMICH_PASSWORD")
_PARTS = ("PySide6-Essentials", "qasync", "httpx", "msgspec", "keyring", "python-socketio")
_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
_README = """\
Support bundle of Immich Tray. It holds the log, the settings, what "immich-tray doctor" says and
the versions of the parts. Passwords, keys and tokens are left out, your home folder shows as "~".
Addresses of servers, e-mail addresses and names of files are in it: look through it before you
hand it on.
"""


def no_report(_locations: Locations) -> str:
    """Stand in where nobody can check."""
    return "Run: immich-tray doctor\n"


def write_bundle(
    locations: Locations, target: Path, doctor: Report, environ: Mapping[str, str]
) -> None:
    """Write the zip; takes seconds, so not in the window's thread. Raises NeedsUser(DISK).

    `doctor` returns the report of all checks. Nothing in the bundle holds a secret.
    """
    _learn_secret(locations)
    given = tuple(environ.get(name, "") for name in _SECRETS)
    home = os.path.expanduser("~")  # noqa: PTH111  compared as text
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in _contents(locations, doctor):
            clean = redacted(text, (*hidden_values(), *given))  # the checks may teach it some
            bundle.writestr(name, clean.replace(home, "~") if len(home) > 1 else clean)
    write_export(target, packed.getvalue())


def _learn_secret(locations: Locations) -> None:
    """Let the log's filter know the saved secret, which it learns when the keychain is read."""
    with suppress(TrayError):
        if known := AccountFile(locations.account_file).load():
            KeyringSecrets(locations.keychain_service, allow_prompt=False).get(known.secret_name)


def _contents(locations: Locations, doctor: Report) -> Iterator[tuple[str, str]]:
    yield "README.txt", _README
    yield "versions.txt", _versions()
    yield "doctor.txt", _report(locations, doctor)
    for path in (*log_files(locations.logs), locations.settings_file):
        if path.exists():
            yield path.name, path.read_bytes().decode("utf-8", "backslashreplace")


def _report(locations: Locations, doctor: Report) -> str:
    try:
        return doctor(locations)
    except Exception as exc:  # noqa: BLE001  a broken check must not cost the rest
        return f"The checks could not be made: {type(exc).__name__}: {exc}\n"


def _versions() -> str:
    lines = [
        f"Immich Tray {__version__}",
        f"Python {sys.version}",
        f"System {platform.platform()}",
        f"Desktop {' '.join(os.environ.get(name, '-') for name in _DESKTOP)}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{part} {_version(part)}" for part in _PARTS),
    ]
    return "\n".join(lines) + "\n"


def _version(part: str) -> str:
    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return "-"
