"""What goes wrong, what the program says then, and what a person does next.

These rows are the page docs/user/when-something-is-wrong.md and its test at once. In the words,
{host} and the like stand for the names of the moment; `make` brings the situation about and
returns what was said.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.unprivileged import POWERLESS
from tests.fakes.site import HTML, immich, version
from tests.faults.disk import small_disk
from tests.rig.system_bus import StandIn, network_manager, upower
from tests.wrong.scene import HOST, Scene
from tray_app.demo.faults import (
    Maintenance,
    ProxyTooLarge,
    QuotaExceeded,
    RevokedToken,
    ServerError,
)

FAR = "192.0.2.10"  # a server elsewhere: of the addresses for examples, so never really there
CABLE = (
    "ip link add near0 type veth peer name far0",
    "ip address add 192.0.2.1/24 dev near0",
    "ip link set near0 up",
    "ip link set far0 up",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    situation: str
    words: str
    remedy: str
    make: Callable[[Scene], str]


def no_such_host(it: Scene) -> str:
    it.says["host"] = "photos.invalid"
    return it.login("http://photos.invalid")


def not_immich(it: Scene) -> str:
    return it.login(it.site({"/": HTML}, it.trusting().context()).url)


def login_page(it: Scene) -> str:
    return it.login(it.site({"/api/server/ping": HTML}).url)


def http_for_https(it: Scene) -> str:
    return it.login(f"http://{HOST}:{it.site(tls=it.authority.context()).port}")


def https_for_http(it: Scene) -> str:
    return it.login(f"https://{HOST}:{it.site().port}")


def expired(it: Scene) -> str:
    return it.login(it.site(tls=it.trusting().context(days=-1)).url)


def clock_behind(it: Scene) -> str:
    return it.login(it.site(tls=it.trusting().context(begins=5)).url)


def self_signed(it: Scene) -> str:
    return it.login(it.site(tls=it.authority.context(self_signed=True)).url)


def own_authority(it: Scene) -> str:
    return it.login(it.site(tls=it.authority.context()).url)


def other_name(it: Scene) -> str:
    return it.login(it.site(tls=it.trusting().context(ip="127.0.0.2")).url)


def server_down(it: Scene) -> str:
    return it.login(f"http://{HOST}:{it.closed_port()}")


def maintenance(it: Scene) -> str:
    it.server.faults.add(Maintenance())
    return it.login()


def too_old(it: Scene) -> str:
    return it.login(it.site({**immich(), "/api/server/version": version(1, 99)}).url)


def too_new(it: Scene) -> str:
    return it.login(it.site({**immich(), "/api/server/version": version(9)}).url)


def wrong_password(it: Scene) -> str:
    return it.login(password="a wrong one")


def wrong_key(it: Scene) -> str:
    return it.login(it.server.url, "--api-key", password="a wrong one")


def revoked(it: Scene) -> str:
    return it.meeting(RevokedToken())


def weak_key(it: Scene) -> str:
    it.by_key("user.read")
    return it.backup()


def quota(it: Scene) -> str:
    return it.meeting(QuotaExceeded())


def other_user(it: Scene) -> str:
    it.by_key()
    it.says["url"] = f"{it.server.url}/api"
    it.backup()
    it.server.add_user("eve@example.org")
    it.environ["IMMICH_API_KEY"] = it.server.add_api_key(email="eve@example.org")
    return it.backup()


def too_large(it: Scene) -> str:
    return it.meeting(ProxyTooLarge(limit=1000))


def server_fails(it: Scene) -> str:
    return it.meeting(ServerError(match="beach"))


def not_signed_in(it: Scene) -> str:
    return it.backup()


def no_keychain(it: Scene) -> str:
    it.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    return it.login()


def keychain_locked(it: Scene) -> str:
    it.login()
    it.locked_keychain()
    return it.backup(str(it.photos()), "--background")


def no_folder(it: Scene) -> str:
    it.by_key()
    return it.backup("--json")


def folder_gone(it: Scene) -> str:
    it.by_key()
    it.chosen()
    return it.backup("--json")


def drive_unplugged(it: Scene) -> str:
    it.by_key()
    it.chosen()
    it.photos()
    it.backup("--json")
    (it.folder / "beach.jpg").unlink()
    return it.backup("--json")


def unreadable(it: Scene) -> str:
    it.by_key()
    it.says["file"] = it.photos() / "beach.jpg"
    (it.folder / "beach.jpg").chmod(0)
    it.before = tuple(POWERLESS) if os.geteuid() == 0 else ()
    return it.run("backup", str(it.folder), "--once")


def disk_full(it: Scene) -> str:
    it.by_key()
    disk = it.stack.enter_context(small_disk(it.home))
    it.photos()
    disk.fill()
    it.says["home"] = it.home
    return it.backup()


def database(it: Scene) -> Path:
    it.by_key()
    it.says["home"] = it.home
    (it.home / "data").mkdir(parents=True)
    return it.home / "data" / "backup.db"


def damaged(it: Scene) -> str:
    database(it).write_bytes(b"not a database" * 1000)
    said = it.backup()
    it.says["copy"] = next((it.home / "data").glob("backup.db.damaged-*")).name
    return said


def newer_database(it: Scene) -> str:
    with sqlite3.connect(database(it)) as connection:
        connection.execute("PRAGMA user_version = 999")
    return it.backup()


def settings_value(it: Scene) -> str:
    it.by_key()
    it.says["settings"] = it.settings(syncInterval="often")
    return it.backup()


def settings_broken(it: Scene) -> str:
    it.by_key()
    it.says["settings"] = it.settings()
    it.settings().write_text("syncInterval = = 5\n")
    return it.backup()


def far_away(it: Scene, *network: str) -> None:
    """Have the server elsewhere: nothing but what `network` makes leads there."""
    it.by_key()
    it.environ["IMMICH_INSTANCE_URL"] = f"http://{FAR}:2283"
    it.in_a_network_of_its_own(*network)


def offline(it: Scene) -> str:
    far_away(it)
    return it.backup()


def told_by(it: Scene, stand_in: StandIn) -> str:
    """Back up while a service of the system says something."""

    async def backup() -> str:
        async with stand_in:
            return await asyncio.to_thread(it.backup)

    return asyncio.run(backup())


def metered(it: Scene) -> str:
    far_away(it, *CABLE)
    phone = {"type": "802-11-wireless", "id": "Hotspot", "default": True, "metered": 1}
    return told_by(it, network_manager(it.system_bus(), phone, metered=1))


def low_battery(it: Scene) -> str:
    it.by_key()
    return told_by(it, upower(it.system_bus(), on_battery=True, percent=9.0))


def no_display(it: Scene) -> str:
    return it.run()


def started_twice(it: Scene) -> str:
    it.on_a_desktop()
    it.running_program()
    return it.run()


ROWS = (
    Row(
        "The address has a typing error",
        "The name {host} could not be found.",
        "Check the address for typing errors and your network connection.",
        no_such_host,
    ),
    Row(
        "Something else than Immich is at the address",
        "{host} answers, but it is not an Immich server.",
        "Check the address, the port and the path.",
        not_immich,
    ),
    Row(
        "The network (a hotel, a train) wants a login first",
        "A web page answered instead of {host}: the login page of this network or of a proxy.",
        "Open a web page to sign in to the network, or check the address.",
        login_page,
    ),
    Row(
        "http:// typed, but the server has https",
        "{host} closed the connection without an answer: it may speak only https on this port.",
        "Use https:// in the address, or the port that has http.",
        http_for_https,
    ),
    Row(
        "https:// typed, but the server has http",
        "{host} does not speak https on this port.",
        "Use http:// in the address, or the port that has https.",
        https_for_http,
    ),
    Row(
        "The certificate has expired",
        "The secure connection to {host} failed: the certificate has expired.",
        "Renew the server's certificate; check the clock here.",
        expired,
    ),
    Row(
        "The clock of this computer is behind",
        "The secure connection to {host} failed: the certificate is not valid yet.",
        "Check the clocks of this computer and of the server.",
        clock_behind,
    ),
    Row(
        "The certificate is self-signed",
        "The secure connection to {host} failed: the certificate is self-signed, signed by nobody"
        " this computer trusts.",
        "Compare its fingerprint and trust it: immich-tray login URL; or name its authority in the"
        " settings.",
        self_signed,
    ),
    Row(
        "The certificate comes from an authority of one's own",
        "The secure connection to {host} failed: the certificate is signed by an authority that"
        " this computer does not trust.",
        "Compare its fingerprint and trust it: immich-tray login URL; or name its authority in the"
        " settings.",
        own_authority,
    ),
    Row(
        "The certificate is for another name",
        "The secure connection to {host} failed: the certificate is for another name than {host}.",
        "Use the name in the certificate.",
        other_name,
    ),
    Row(
        "The server is down",
        "{host} refused the connection on port {port}: no server listens there.",
        "Check the port and that the Immich server is running.",
        server_down,
    ),
    Row(
        "The server is in maintenance",
        "{host} is in maintenance.",
        "Try again when it is over.",
        maintenance,
    ),
    Row(
        "The server is too old",
        "{host} runs Immich 1.99.0; this program needs 2.0.0 or newer.",
        "Update the server.",
        too_old,
    ),
    Row(
        "The server is newer than this program",
        "{host} runs Immich 9.0.0, newer than this program knows; look for an update.",
        "",
        too_new,
    ),
    Row(
        "Wrong e-mail or password",
        "{host} does not accept this e-mail and password (“Incorrect email or password”).",
        "Check for typing errors, or ask the server's administrator.",
        wrong_password,
    ),
    Row(
        "Wrong API key",
        "{host} does not accept this API key (“Invalid API key”).",
        "Check for typing errors, or ask the server's administrator.",
        wrong_key,
    ),
    Row(
        "The API key or the session was revoked",
        "{host} no longer accepts our sign-in “Invalid API key”.",
        "Sign in again.",
        revoked,
    ),
    Row(
        "The API key may not upload",
        "The API key lacks the permission asset.upload.",
        "Add to the key in Immich under Account Settings, API Keys, or sign in with your password.",
        weak_key,
    ),
    Row(
        "The quota is used up",
        "Your storage quota on the server is used up.",
        "Free space on the server or ask its administrator for more.",
        quota,
    ),
    Row(
        "Somebody else's account answers at the address",
        "Another account (eve@example.org) answers at {url}, where demo@example.org is known."
        " Nothing is sent until you confirm it.",
        "If this is right, sign in again; with variables: immich-tray logout.",
        other_user,
    ),
    Row(
        "A proxy before the server refuses a large file",
        "{folder}/beach.jpg: A proxy before the server refuses files of this size (413).",
        "Raise its body size limit, or use an address without the proxy.",
        too_large,
    ),
    Row(
        "The server fails over a file",
        "{folder}/beach.jpg: {host} answered 500 “Internal server error”.",
        "It is tried again later; if it goes on, the server's log says why.",
        server_fails,
    ),
    Row(
        "Nobody is signed in",
        "You are not signed in to a server.",
        "Sign in: immich-tray login URL.",
        not_signed_in,
    ),
    Row(
        "There is no keychain",
        "There is no keychain to keep your sign-in safe (found: keyring.backends.fail).",
        "Install and unlock a keychain (on Debian: sudo apt install gnome-keyring), or set"
        " IMMICH_INSTANCE_URL with IMMICH_API_KEY, or with IMMICH_EMAIL and IMMICH_PASSWORD.",
        no_keychain,
    ),
    Row(
        "The keychain is locked",
        "The keychain is locked.",
        "Unlock it, usually by signing in to your desktop, and try again.",
        keychain_locked,
    ),
    Row(
        "No folder is chosen",
        "No folder is chosen to be backed up.",
        "Name one: immich-tray backup FOLDER --once, or add it to the settings.",
        no_folder,
    ),
    Row(
        "A folder is gone",
        "{folder}: The folder is not available now; nothing in it counts as deleted.",
        "Connect its drive, or take the folder out of the settings.",
        folder_gone,
    ),
    Row(
        "A folder is suddenly empty: its drive is not connected",
        "{folder} is empty: The folder is not available now; nothing in it counts as deleted.",
        "Connect its drive, or take the folder out of the settings.",
        drive_unplugged,
    ),
    Row(
        "A file must not be read",
        "{file}: beach.jpg may not be read by this user.",
        "Change its permissions.",
        unreadable,
    ),
    Row(
        "The disk with our own data is full",
        "The database {home}/data/backup.db cannot be used: database or disk is full.",
        "Free disk space and check the folder's permissions; nothing was lost.",
        disk_full,
    ),
    Row(
        "Our database is damaged",
        "backup.db was damaged; it was set aside as {copy} and built anew.",
        "",
        damaged,
    ),
    Row(
        "Our database is of a newer version",
        "{home}/data/backup.db was written by a newer Immich Tray.",
        "Install the newer version again, or use another IMMICH_TRAY_HOME.",
        newer_database,
    ),
    Row(
        "A value in the settings file is wrong",
        "In {settings}: syncInterval = 'often' is not allowed: it takes 1 to 1440.",
        "Correct it and try again.",
        settings_value,
    ),
    Row(
        "The settings file cannot be read as TOML",
        "The settings file {settings} cannot be understood: Invalid value (at line 1, column 16).",
        "Correct that line, or move the file away to begin with the defaults.",
        settings_broken,
    ),
    Row(
        "This computer is offline",
        "This computer is offline: no network leads to the server.",
        "Connect to a network; it goes on by itself.",
        offline,
    ),
    Row(
        "The network is metered",
        "“Hotspot” is metered.",
        "Use another network, or choose “Upload anyway on this network”.",
        metered,
    ),
    Row(
        "The battery is low",
        "The battery is at 9 %, below 20 %.",
        "Plug in the charger, or lower backupMinBatteryPercent.",
        low_battery,
    ),
    Row(
        "There is no display",
        "There is no display here.",
        "Without one: immich-tray backup --once",
        no_display,
    ),
    Row(
        "It is started a second time",
        "Immich Tray is running already; its window comes to the front.",
        "",
        started_twice,
    ),
)
