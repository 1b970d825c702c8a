"""Everything the demo server remembers, opened from a folder; a restart continues."""

from pathlib import Path

from tray_app.demo.accounts import Accounts
from tray_app.demo.album_store import Albums
from tray_app.demo.database import Database
from tray_app.demo.library import Library
from tray_app.demo.nightly import clean_up
from tray_app.demo.options import ADMIN_EMAIL, ADMIN_PASSWORD, DEMO_EMAIL, DEMO_PASSWORD
from tray_app.demo.partner_store import Partners
from tray_app.demo.stack_store import Stacks
from tray_app.demo.sync.checkpoints import Checkpoints


class State:
    """The open database of one demo folder. Nothing is cached: another process may write too."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.db = Database(folder / "demo.db")
        self.accounts = Accounts(self.db)
        self.library = Library(self.db)
        self.albums = Albums(self.db)
        self.partners = Partners(self.db)
        self.stacks = Stacks(self.db)
        self.checkpoints = Checkpoints(self.db)
        clean_up(self.db)
        self.accounts.add_user(ADMIN_EMAIL, ADMIN_PASSWORD, name="Admin", admin=True)
        self.accounts.add_user(DEMO_EMAIL, DEMO_PASSWORD, name="Demo")

    def close(self) -> None:
        """Close the database."""
        self.db.close()
