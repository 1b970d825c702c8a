"""Writes docs/user/settings.md from the table of settings: `python packaging/settings_doc.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tray_app.adapters.settings_file import default_of  # noqa: E402  found by the line above
from tray_app.core.setting_specs import Group, Spec  # noqa: E402  likewise
from tray_app.core.settings import SPECS  # noqa: E402  likewise

PAGE = ROOT / "docs" / "user" / "settings.md"
HEAD = """\
# Settings

Every setting, by the page of the dialog it stands on. The key is its name in the file and for
`immich-tray settings get` and `set`. This page is written by `packaging/settings_doc.py`.

Secrets are in no file: the values of extra headers, the password of a proxy and that of a client
key are kept in the keychain (`immich-tray settings secret NAME`, or the dialog).
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_group(group) for group in Group)


def _group(group: Group) -> str:
    rows = [_row(spec) for spec in SPECS if spec.group is group]
    if not rows:
        return ""
    head = "\n| Key | What it does | Takes | Default |\n| --- | --- | --- | --- |\n"
    return f"\n## {group.value}\n{head}{''.join(rows)}"


def _row(spec: Spec) -> str:
    unit = f" ({spec.unit})" if spec.unit else ""
    cells = (f"`{spec.key}`", spec.sentence, f"{spec.allowed}{unit}", f"`{default_of(spec)}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
