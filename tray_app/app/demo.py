"""The demo: a server on loopback, photos, and a sign-in that needs no keychain."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tray_app.adapters.locations import APP_NAME, HOME_VARIABLE, Locations, find_locations
from tray_app.app.backup import Request
from tray_app.core.account import Identity, Method
from tray_app.core.asset import shown
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.server import SignIn

VERSION = "3.0.3"


def demo_locations(environ: Mapping[str, str]) -> Locations:
    """Use IMMICH_TRAY_HOME where it is set, else a folder that only the demo uses."""
    own = platformdirs.user_data_path(APP_NAME, appauthor=False) / "demo"
    return find_locations({HOME_VARIABLE: environ.get(HOME_VARIABLE, "").strip() or str(own)})


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo; `stored` is the folder where the server keeps what arrives."""

    locations: Locations
    url: str
    version: str
    photos: str
    stored: Path
    request: Request
    identity: Identity

    @classmethod
    @contextmanager
    def started(cls, locations: Locations, path: str | None) -> "Iterator[Demo]":
        """Start the server, prepare photos and sign in; ends the server afterwards.

        Raises NeedsUser when the extra `demo` is not installed.
        """
        try:
            from tray_app.demo.samples import write_samples  # noqa: PLC0415  an optional extra
            from tray_app.demo.server import DemoServer  # noqa: PLC0415
        except ModuleNotFoundError as exc:
            raise NeedsUser(
                f"The demo server is not installed ({exc.name} is missing).",
                need=Need.SETTINGS,
                remedy="Install it: pip install 'immich-tray[demo]'",
            ) from exc
        locations.create()
        home = locations.data.parent
        photos = os.path.abspath(path) if path else str(home / "sample photos")  # noqa: PTH100
        if not path:
            Path(photos).mkdir(mode=0o700, exist_ok=True)
            write_samples(Path(photos))
        (home / "server").mkdir(mode=0o700, exist_ok=True)
        with DemoServer(home / "server", version=VERSION) as server:
            user, token = server.user(), server.add_session()
            site = f"{server.url}/api"
            yield cls(
                locations=locations,
                url=server.url,
                version=VERSION,
                photos=shown(photos),
                stored=home / "server" / "library" / user.email,
                request=Request(paths=(photos,), sign_in=SignIn(url=site, access_token=token)),
                identity=Identity(site, user.id, user.email, user.name, Method.PASSWORD),
            )
