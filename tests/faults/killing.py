"""SIGKILL at random moments of whatever the real program does; everything follows from a seed."""

import os
import random
import signal
import socket
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress

from tests.faults.older import make_older, newest
from tests.faults.trial import EMAIL, Trial
from tests.rig.processes import wait_until
from tests.sync.world import DAY, NEW_ALBUM, ident
from tray_app.adapters.channel.place import socket_path
from tray_app.adapters.locations import find_locations

OLDEST = {"backup": 1, "library": 2}  # the first one had no library yet
STAGES = ("backup", "sync", "migration", "settings", "quit")


class Killer:
    """Brings a running program to a stage, kills it there and starts it again."""

    def __init__(self, it: Trial, seed: object) -> None:
        self.it = it
        self.dice = random.Random(repr(("kill", seed)))
        self.count = 0
        self.hit: Counter[str] = Counter()

    def kill(self) -> None:
        """Kill once: the stages take turns, so that each has its share."""
        stage = STAGES[self.count % len(STAGES)]
        self.count += 1
        getattr(self, stage)()
        self.hit[stage] += 1
        self.it.start()

    def _soon(self, seconds: float) -> None:
        time.sleep(self.dice.random() * seconds)
        self.it.end(signal.SIGKILL)

    def _up(self) -> None:
        """Wait until its socket takes calls: a command that asks costs a second."""
        wait_until("running program", self._answers, 60)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as call, suppress(OSError):
            call.connect(os.fspath(socket_path(find_locations(self.it.env), self.it.env)))
            return True
        return False

    def backup(self) -> None:
        """Up to the second in which nine new files are found, hashed, sent and confirmed."""
        self._up()
        self.it.on_add(self.count * 9 + 8)
        self._soon(1.2)

    def sync(self) -> None:
        """An album of everything, and each second time a library that is not there yet."""
        self._album()
        if self.dice.random() < 0.5:
            self.it.on_lost_library(0)
        self._up()
        self.it.on_sync_now(0)
        self._soon(1.5)

    def _album(self) -> None:
        server, album = self.it.server, ident("album", repr(self.dice.random()))
        server.state.db.run(NEW_ALBUM, (album, server.user(EMAIL).id, "All", DAY, DAY))
        for asset in server.assets(EMAIL):
            server.state.db.run(
                "INSERT INTO album_asset (album_id, asset_id) VALUES (?, ?)", (album, asset.id)
            )

    def migration(self) -> None:
        """An update of the program: its databases are of an older one, and it starts."""
        self._up()
        self.it.end(signal.SIGKILL)
        for name in ("backup", "library"):
            self._older(name)
        self.it.start()
        with suppress(AssertionError):
            self._until_a_database_is_open()
        self._soon(self.dice.choice([0.01, 0.05, 0.2]))

    def _older(self, name: str) -> None:
        path = self.it.place / "home" / "data" / f"{name}.db"
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        make_older(path, name, self.dice.randrange(OLDEST[name], newest(name)))

    def _until_a_database_is_open(self) -> None:
        data = self.it.place / "home" / "data"
        wait_until("open database", lambda: list(data.glob("*.db-wal")), 30)

    def settings(self) -> None:
        """A command writes them, and the program reads them again."""
        self._up()
        key, value = self.dice.choice(
            [("syncInterval", str(self.count + 15)), ("staleBackupDays", str(self.count + 5))]
        )
        self.it.ask("settings", "set", key, value)
        time.sleep(self.dice.random() * 0.6)
        self.it.asked[-1].kill()
        self._soon(0.3)

    def quit(self) -> None:
        """A person quits while there is work, and the power goes before it has ended."""
        self._up()
        self.it.on_add(self.count * 9 + 4)
        time.sleep(self.dice.random() * 0.8)
        self.it.app.send_signal(signal.SIGTERM)
        self._soon(0.5)
