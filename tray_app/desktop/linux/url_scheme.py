"""Registers `app.immich:` addresses for this program (Desktop Entry and MIME Applications specs).

On Windows (the classes of HKCU) and macOS (CFBundleURLTypes) that is an installer's work.
"""

import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tray_app.desktop.exec_line import exec_line
from tray_app.desktop.system_job.commands import Run, run_tool
from tray_app.desktop.xdg import data_home

log = logging.getLogger(__name__)
Write = Callable[[Path, bytes], None]

ENTRY = "immich-tray-sign-in.desktop"
_TYPE = "x-scheme-handler/app.immich"


def register(
    words: Sequence[str], environ: Mapping[str, str], write: Write, run: Run = run_tool
) -> bool:
    """Have the system start `words` with such an address; False where it will not.

    A program that has them already keeps them. Blocks; `write` may raise NeedsUser(DISK).
    """
    if shutil.which("xdg-mime", path=environ.get("PATH")) is None:
        return False
    owner = run(["xdg-mime", "query", "default", _TYPE]).out.decode(errors="replace").strip()
    if owner not in ("", ENTRY):
        log.info("%s has the addresses of the phone app; it keeps them.", owner)
        return False
    write(_entry(environ), entry_text(words).encode())
    return run(["xdg-mime", "default", ENTRY, _TYPE]).ok


def unregister(environ: Mapping[str, str]) -> None:
    """Take the entry away; what names it elsewhere is then without meaning."""
    with suppress(OSError):
        _entry(environ).unlink(missing_ok=True)


def entry_text(words: Sequence[str]) -> str:
    """Write the desktop entry; it stands in no menu."""
    return (
        "# Written by Immich Tray, which also corrects and removes it: changes here are lost.\n"
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=Immich Tray (sign-in)\n"
        f"Exec={exec_line(words)} %u\n"
        "NoDisplay=true\n"
        "Terminal=false\n"
        f"MimeType={_TYPE};\n"
    )


def _entry(environ: Mapping[str, str]) -> Path:
    return data_home(environ) / "applications" / ENTRY
