"""Draws every page of the settings: `python tests/ui/settings_shots.py FOLDER [dark] [german]`.

`QT_SCALE_FACTOR=2` draws them for a screen of 200 %.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.ui.settings_rig import Rig
from tests.ui.window_examples import use
from tray_app.core.account import AccountView, ShownCertificate
from tray_app.core.setting_specs import Group, Language
from tray_app.ui.add_folders import AddFolders
from tray_app.ui.list_editors import PinsEditor
from tray_app.ui.translators import speak


def photos(folder):
    for number in range(240):
        place = folder / ("Screenshots" if number % 10 == 0 else f"20{number % 25:02}")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"IMG_{number:04}.jpg").write_bytes(b"x" * 40_000)
    (folder / "export.tmp.jpg").touch()


def settle(app, seconds=0.6):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        app.processEvents()


class Shots:
    def __init__(self, app, out, look, home):
        self.app, self.out, self.look, self.home = app, out, look, home
        self.rig = Rig(home, change_account=lambda: None)
        self.window = self.rig.window
        self.change = self.rig.preferences.change

    def shot(self, name, widget=None):
        settle(self.app)
        scale = os.environ.get("QT_SCALE_FACTOR", "1")
        (widget or self.window).grab().save(str(self.out / f"{name}-{self.look}-{scale}x.png"))

    def down(self, group):
        self.window.show_page(group)
        settle(self.app)
        bar = self.window.pages[group].verticalScrollBar()
        bar.setValue(bar.maximum())

    def normal(self):
        home = self.home
        folders = [
            {"path": str(home / "Pictures"), "exclude": ["Screenshots/", "2001/"]},
            {"path": str(home / "Camera"), "enabled": False},
            {"path": "/media/maria/USB-Stick/DCIM"},
        ]
        for key, raw in {
            "folders": folders,
            "excludePatterns": ["2011/"],
            "trustedCertificates": ["photos.lan:443 " + "a7" * 32],
            "extraHeaders": ["CF-Access-Client-Id", "CF-Access-Client-Secret"],
            "backgroundBackup": True,
        }.items():
            self.change(key, raw)
        self.rig.desk.secrets["header:cf-access-client-id"] = "x"
        self.window.show()
        for group in Group:
            self.window.show_page(group)
            self.shot(group.value.lower().replace(" ", "-"))
        for group in (Group.ACCOUNT, Group.FOLDERS):
            self.down(group)
            self.shot(f"{group.value.lower()}-below")
        self.window.search.setText("album")
        self.shot("search")
        self.window.search.setText("xyz")
        self.shot("search-nothing")

    def errors(self):
        self.rig.desk.view = AccountView(
            server="https://photos.example.org",
            user="maria@example.org",
            method="an API key",
            version="2.7.5",
            missing=("album.create", "albumAsset.create"),
        )
        self.change("proxy", "socks5://proxy")
        self.change("albumMode", "single")
        self.window.show_page(Group.ACCOUNT)
        self.window.account.look()
        self.window.pages[Group.ACCOUNT].verticalScrollBar().setValue(0)
        self.shot("errors")
        self.down(Group.FOLDERS)
        self.shot("errors-album")
        self.rig.edit("syncInterval = 15", "syncInterval = = 15")
        self.shot("broken-file")
        self.window._folders.editor.take([str(self.home)])
        settle(self.app)
        self.shot("add-folder", self.window.findChild(AddFolders))
        editor = self.window.findChild(PinsEditor)
        editor._confirm(ShownCertificate("photos.lan:443", "b3" * 32), "")
        self.shot("trust", editor.findChild(QMessageBox))
        self.window.account._ask()
        self.shot("sign-out", self.window.findChild(QMessageBox))


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    app.setStyle("Fusion")
    speak(app, Language.DE if "german" in sys.argv else Language.EN)
    look = "dark" if "dark" in sys.argv else "light"
    if look == "dark":
        use(app, Qt.ColorScheme.Dark)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("Pictures", "Camera"):
            photos(home / name)
        shots = Shots(app, out, look, home)
        shots.normal()
        shots.errors()
    os._exit(0)


main()
