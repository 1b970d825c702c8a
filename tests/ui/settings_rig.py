"""The settings dialog over a real file and real folders, with a made-up account and keychain."""

from dataclasses import dataclass, field
from pathlib import Path

from tray_app.adapters.files.inspect import FolderInspector
from tray_app.adapters.settings_file import SettingsFile
from tray_app.app.settings_window import _kinds
from tray_app.core.account import AccountView, ShownCertificate
from tray_app.engine.preferences import Preferences
from tray_app.ui.settings_window import SettingsWindow, Surroundings

VIEW = AccountView(
    server="https://photos.example.org",
    version="3.0.3",
    user="Maria Beispiel (maria@example.org)",
    method="e-mail and password",
    used=41_200_000_000,
    quota=100_000_000_000,
)


@dataclass
class FakeDesk:
    """Port `AccountDesk` in memory; answers at once."""

    view: AccountView = VIEW
    secrets: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    shown: ShownCertificate | None = None
    asked: list[str] = field(default_factory=list)

    def look(self, told):
        self.asked.append("look")
        told(self.view)

    def sign_out(self, told, *, erase):
        self.asked.append(f"sign out, erase {erase}")
        self.view = AccountView()
        told(self.trouble)

    def kept(self, names, told):
        told(frozenset(names) & frozenset(self.secrets))

    def keep(self, name, value, told):
        if not self.trouble:
            self.secrets[name] = value
            if value is None:
                del self.secrets[name]
        told(self.trouble)

    def certificate(self, address, told):
        self.asked.append(f"certificate of {address}")
        told(self.shown, self.trouble)


class Rig:
    def __init__(self, folder: Path, desk: FakeDesk | None = None, **more):
        self.file = SettingsFile(folder / "settings.toml")
        self.file.create()
        self.desk = desk or FakeDesk()
        self.preferences = Preferences(self.file)
        self.opened = []
        self.window = SettingsWindow(
            Surroundings(
                preferences=self.preferences,
                desk=self.desk,
                inspector=FolderInspector(_kinds),
                file=str(self.file.path),
                open_file=lambda: self.opened.append(self.file.path),
                **more,
            )
        )

    @property
    def settings(self):
        """What is in the file, read anew."""
        return self.file.load().settings

    def edit(self, old, new):
        """Edit the file by hand, and let the dialog notice."""
        text = self.file.path.read_text()
        assert old in text
        self.file.path.write_text(text.replace(old, new))
        self.preferences.reload()
