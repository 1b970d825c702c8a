"""What packages say agrees with the code; the built ones are tried by the long tests beside."""

import ast
import configparser
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tray_app.adapters.locations import Locations
from tray_app.core.oauth import SCHEME
from tray_app.core.system_job import AT_LOGIN, JobCommand, program_words
from tray_app.desktop.autostart.entry import entry_text
from tray_app.desktop.autostart.run_key import RUN
from tray_app.desktop.system_job.units import service_text
from tray_app.ui.loop import PROGRAM

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
sys.path.insert(0, str(ROOT / "packaging" / "freeze"))
import trim  # noqa: E402  packaging is no package

ENTRY = LINUX / f"{PROGRAM}.desktop"
QT = "PySide6/Qt"
ANY = "/home/me/site-packages/"


def test_the_menu_entry_is_named_as_the_windows_are_and_takes_our_addresses():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(ENTRY)
    keys = entry["Desktop Entry"]
    assert keys["Exec"] == f"{PROGRAM} %u"
    assert keys["Icon"] == PROGRAM
    assert keys["MimeType"] == f"x-scheme-handler/{SCHEME.rstrip(':/')};"


def test_the_description_starts_that_entry():
    (file,) = LINUX.glob("*.metainfo.xml")
    tree = ET.parse(file)  # noqa: S314  our own file
    assert file.name == f"{tree.findtext('id')}.metainfo.xml"
    assert tree.findtext("launchable") == ENTRY.name
    spec = (ROOT / "packaging" / "freeze" / "immich-tray.spec").read_text()
    assert f'BUNDLE_ID = "{tree.findtext("id")}"' in spec


@pytest.mark.parametrize(
    "words",
    [
        ["sh", "-n", LINUX / "prerm"],
        ["shellcheck", LINUX / "prerm"],
        ["sh", "-n", LINUX / "postinst"],
        ["shellcheck", LINUX / "postinst"],
        ["desktop-file-validate", ENTRY],
    ],
)
def test_checkers_find_no_fault(words):
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not installed")
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_what_dpkg_reads_is_whole():
    text = (LINUX / "control").read_text().format(version="1", size=2, depends="libc6")
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.*)$", text, re.MULTILINE))
    assert fields["Package"] == PROGRAM
    assert {"Version", "Architecture", "Maintainer", "Depends", "Description"} <= fields.keys()


def test_the_package_ends_and_starts_the_program_that_it_installed():
    for script in ("prerm", "postinst"):
        assert f"program=/usr/lib/{PROGRAM}/{PROGRAM}\n" in (LINUX / script).read_text()


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqwayland.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/imageformats/libqjpeg.so",
        f"{QT}/plugins/imageformats/libqwebp.so",
        f"{QT}/plugins/iconengines/libqsvgicon.so",
        f"{QT}/plugins/platformthemes/libqxdgdesktopportal.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/lib/libQt6Widgets.so.6",
        "tray_app/adapters/sqlite/migrations/backup_0001.sql",
    ],
)
def test_what_the_program_uses_is_kept(name):
    assert trim.is_kept(name, ANY + name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/qmltooling/libqmldbg_tcp.so",
        f"{QT}/plugins/sqldrivers/libqsqlite.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/translations/qtbase_fr.qm",
        f"{QT}/lib/libQt6Qml.so.6",
    ],
)
def test_what_it_does_not_use_is_left_out(name):
    assert not trim.is_kept(name, ANY + name)


def test_of_the_system_only_what_python_and_few_desktops_have_is_brought():
    assert trim.is_kept("libssl.so.3", "/lib/x86_64-linux-gnu/libssl.so.3")
    assert trim.is_kept("libxcb-cursor.so.0", "/lib/x86_64-linux-gnu/libxcb-cursor.so.0")
    assert not trim.is_kept("libglib-2.0.so.0", "/lib/x86_64-linux-gnu/libglib-2.0.so.0")


def test_the_frozen_entry_gives_children_their_libraries_back(tmp_path):
    text = (ROOT / "packaging" / "freeze" / "entry.py").read_text()
    first = "\n".join(ast.unparse(one) for one in ast.parse(text).body[1:4])
    probe = f"{first}\nprint(os.environ.get('LD_LIBRARY_PATH'))"
    for before, after in (({"LD_LIBRARY_PATH_ORIG": "/x"}, "/x"), ({}, "None")):
        env = {"LD_LIBRARY_PATH": "/bundle", **before}
        said = subprocess.run(
            [sys.executable, "-c", probe], check=True, env=env, capture_output=True, text=True
        )
        assert said.stdout.strip() == after


ID = "io.github.immich_tray.ImmichTray"
SCRIPTS = sorted((ROOT / "packaging").glob("*/*.sh"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.parent.name + path.stem)
def test_scripts_of_other_packages_are_well_formed(script):
    subprocess.run(["sh", "-n", script], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", script], check=True)
    assert "Not yet run" in script.read_text()


def test_the_windows_installer_knows_the_run_key_the_task_and_the_program():
    text = (ROOT / "packaging" / "windows" / "immich-tray.iss").read_text()
    places = Locations(*[Path("/x")] * 4)
    program = program_words(r"C:\immich-tray.exe", "win32", frozen=True)[0].removeprefix("C:\\")
    assert f"AppId={ID}" in text
    assert f'Subkey: "{RUN}"' in text
    assert f'ValueName: "{places.autostart_name}"' in text
    assert f'ValueData: """{{app}}\\{program}"" {AT_LOGIN[0]}"' in text
    assert f"/TN {places.job_name} " in text
    assert 'Parameters: "logout"' in text


def test_the_mac_uninstaller_names_our_agents():
    text = (ROOT / "packaging" / "macos" / "uninstall.sh").read_text()
    places = Locations(*[Path("/x")] * 4)
    assert f"for label in {places.autostart_name} {places.job_name}; do" in text


def test_the_flatpak_asks_for_what_the_program_uses_and_no_more():
    (file,) = (ROOT / "packaging" / "flatpak").glob("*.json")
    manifest = json.loads(file.read_text())
    assert manifest["id"] == file.stem == ID
    asked = set(manifest["finish-args"])
    assert {f"--talk-name=org.freedesktop.{one}" for one in ("portal.Desktop", "secrets")} <= asked
    assert not {one for one in asked if one.startswith(("--filesystem=host", "--filesystem=home"))}
    assert all(one.endswith(":ro") for one in asked if one.startswith("--filesystem="))
    sources = [file.parent / one["path"] for one in manifest["modules"][0]["sources"]]
    assert all(one.exists() for one in sources if "dist" not in one.parts)


def test_actions_of_the_build_are_pinned():
    text = (ROOT / ".github" / "workflows" / "packages.yml").read_text()
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.search(r"@v\d+\.\d+\.\d+$", one) for one in used)
    assert "://" not in text


def test_once_the_program_is_gone_nothing_tries_to_start_it():
    command = JobCommand("n", ("/opt/My 100% ü/immich-tray", "--hidden"))
    assert "TryExec=/opt/My 100% ü/immich-tray\n" in entry_text(command)
    assert "ConditionFileIsExecutable=/opt/My 100%% ü/immich-tray\n" in service_text(command)
